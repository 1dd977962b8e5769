using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Actors.Gates;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Tests.Gates;

public sealed class GateTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 7, 21, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task So_many_are_inside_at_once_and_the_next_goes_in_when_one_leaves()
    {
        var box = new Box(new GateSettings(AtOnce: 2, Waiting: 4), clock);
        var (first, second, third) = (box.Come("a"), box.Come("b"), box.Come("c"));
        (first.IsInside, second.IsInside, third.IsInside).ShouldBe((true, true, false));
        box.Gate.Figures.ShouldBe(new GateFigures(GateState.Busy, Inside: 2, Waiting: 1, TurnedAway: 0));

        await first.GoAsync();
        await third.InsideAsync();
        await second.GoAsync();
        await third.GoAsync();
        box.Gate.Figures.ShouldBe(new GateFigures(GateState.Free, 0, 0, 0));
    }

    [Fact]
    public async Task An_emergency_goes_before_all_who_wait_and_a_campaign_before_daily_business()
    {
        var box = new Box(new GateSettings(AtOnce: 1, Waiting: 4), clock);
        var inside = box.Come("a");
        var daily = box.Come("b");
        var campaign = box.Come("c", WhistleLevel.Campaign);
        var emergency = box.Come("d", WhistleLevel.Emergency);

        await inside.GoAsync();
        await emergency.InsideAsync();
        (daily.IsInside, campaign.IsInside).ShouldBe((false, false));
        await emergency.GoAsync();
        await campaign.InsideAsync();
        daily.IsInside.ShouldBeFalse();
        await campaign.GoAsync();
        await daily.InsideAsync();
        await daily.GoAsync();
    }

    [Fact]
    public async Task Daily_business_is_turned_away_first_and_emergencies_last()
    {
        var box = new Box(new GateSettings(AtOnce: 1, Waiting: 4), clock);
        var all = new List<Visit> { box.Come("a") };
        all.AddRange([box.Come("b"), box.Come("c")]);
        await ShouldBeTurnedAwayAsync(box.Come("d"));
        all.AddRange([box.Come("e", WhistleLevel.Campaign), box.Come("f", WhistleLevel.Campaign)]);
        await ShouldBeTurnedAwayAsync(box.Come("g", WhistleLevel.Campaign));
        for (var i = 0; i < 8; i++)
            all.Add(box.Come($"e{i}", WhistleLevel.Emergency));
        await ShouldBeTurnedAwayAsync(box.Come("h", WhistleLevel.Emergency));
        box.Gate.Figures.ShouldBe(new GateFigures(GateState.Saturated, Inside: 1, Waiting: 12, TurnedAway: 3));
        (1 + 12).ShouldBe(Gate.MostInAll(new GateSettings(AtOnce: 1, Waiting: 4)));

        // All who were let wait get their turn, and then everything is as before.
        while (all.Count > 0)
        {
            var inside = all.Single(visit => visit.IsInside);
            all.Remove(inside);
            await inside.GoAsync();
            if (all.Count > 0)
                await Eventually(() => all.Exists(visit => visit.IsInside));
        }

        box.Gate.Figures.ShouldBe(new GateFigures(GateState.Saturated, 0, 0, 3));
        clock.Advance(Gate.SaturatedFor);
        box.Gate.Figures.State.ShouldBe(GateState.Free);
        await box.Come("a").GoAsync();
    }

    [Fact]
    public async Task One_actor_has_at_most_its_share_of_the_places_so_that_the_others_are_not_kept_out_and_emergencies_know_no_share()
    {
        var box = new Box(new GateSettings(AtOnce: 8, Waiting: 40), clock);
        var hot = Enumerable.Range(0, 6).Select(_ => box.Come("hot")).ToList();
        hot.Count(visit => visit.IsInside).ShouldBe(2);
        var other = box.Come("other");
        other.IsInside.ShouldBeTrue();
        var urgent = box.Come("hot", WhistleLevel.Emergency);
        urgent.IsInside.ShouldBeTrue();

        await urgent.GoAsync();
        await other.GoAsync();
        hot.Count(visit => visit.IsInside).ShouldBe(2);
        foreach (var visit in hot)
        {
            await visit.InsideAsync();
            await visit.GoAsync();
        }

        box.Gate.Figures.ShouldBe(new GateFigures(GateState.Free, 0, 0, 0));
    }

    [Fact]
    public async Task Who_is_turned_away_hears_when_to_come_back_by_how_fast_it_goes_and_how_urgent_it_is()
    {
        var box = new Box(new GateSettings(AtOnce: 1, Waiting: 20), clock);
        var queue = new Queue<Visit>([box.Come("a")]);
        for (var i = 0; i < 10; i++)
            queue.Enqueue(box.Come($"{i}"));

        // Nothing moves: come back when it may have ended.
        (await ShouldBeTurnedAwayAsync(box.Come("late"))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));

        for (var i = 0; i < 2; i++)
        {
            await queue.Peek().InsideAsync();
            await queue.Dequeue().GoAsync();
            queue.Enqueue(box.Come($"again{i}"));
        }

        // Two in this second, ten wait: five seconds, and daily business twice that.
        (await ShouldBeTurnedAwayAsync(box.Come("late"))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        foreach (var visit in queue)
        {
            await visit.InsideAsync();
            await visit.GoAsync();
        }
    }

    [Fact]
    public async Task Who_gives_up_waiting_makes_room_and_nothing_was_done_for_it()
    {
        var box = new Box(new GateSettings(AtOnce: 4, Waiting: 2), clock);
        using var impatience = new CancellationTokenSource();
        var inside = box.Come("hot");
        var aside = box.Come("hot", cancel: impatience.Token);
        box.Gate.Figures.Waiting.ShouldBe(1);
        await ShouldBeTurnedAwayAsync(box.Come("hot"));

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(aside.Over);
        (aside.IsInside, box.Gate.Figures.Waiting).ShouldBe((false, 0));
        var next = box.Come("hot");
        await inside.GoAsync();
        await next.InsideAsync();
        await next.GoAsync();
        box.Gate.Figures.Inside.ShouldBe(0);
    }

    [Fact]
    public async Task A_place_is_free_again_also_when_what_was_done_inside_failed()
    {
        var gate = new Gate(new GateSettings(AtOnce: 1, Waiting: 1), clock);
        await Should.ThrowAsync<InvalidOperationException>(() =>
            gate.PassAsync<int>("a", WhistleLevel.Daily, () => throw new InvalidOperationException(), CancellationToken.None));
        (await gate.PassAsync("a", WhistleLevel.Daily, () => Task.FromResult(7), CancellationToken.None)).ShouldBe(7);
    }

    /// <summary>Numbers are steps: somebody comes, somebody inside goes, somebody who waits gives up.</summary>
    [Fact]
    public void Whoever_comes_and_goes_the_gate_is_never_too_full_never_idle_while_somebody_could_go_in_and_empty_in_the_end() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 12], Gen.UInt.Array[10, 80]).Sample((atOnce, waiting, steps) =>
        {
            var settings = new GateSettings(atOnce, waiting);
            var box = new Box(settings, clock);
            var visits = new List<(Visit Visit, CancellationTokenSource Patience)>();
            foreach (var step in steps)
            {
                var there = visits.Where(visit => visit.Visit.IsInside).ToList();
                var waits = visits.Where(visit => visit.Visit.IsWaiting).ToList();
                switch (step % 5)
                {
                    case 0 when there.Count > 0:
                        there[(int)(step / 5 % there.Count)].Visit.GoAsync().GetAwaiter().GetResult();
                        break;
                    case 1 when waits.Count > 0:
                        waits[(int)(step / 5 % waits.Count)].Patience.Cancel();
                        break;
                    default:
                        var patience = new CancellationTokenSource();
                        visits.Add((box.Come($"{step / 5 % 3}", (WhistleLevel)(step / 15 % 3), patience.Token), patience));
                        break;
                }

                Settle(box, visits);
                var figures = box.Gate.Figures;
                figures.Inside.ShouldBeLessThanOrEqualTo(atOnce);
                (figures.Inside + figures.Waiting).ShouldBeLessThanOrEqualTo(Gate.MostInAll(settings));
                if (figures.Inside < atOnce && figures.Waiting > 0)
                    visits.ShouldNotContain(visit => visit.Visit.IsWaiting && visit.Visit.Level == WhistleLevel.Emergency, "an emergency waits before a free place");
            }

            while (visits.Find(visit => visit.Visit.IsInside) is ({ } visit, _))
            {
                visit.GoAsync().GetAwaiter().GetResult();
                Settle(box, visits);
            }

            visits.ShouldAllBe(visit => visit.Visit.Over.IsCompleted);
            var end = box.Gate.Figures;
            (end.Inside, end.Waiting).ShouldBe((0, 0));
        }, iter: 300, threads: 1);

    // Whoever is let in, or gives up, hears of it a moment later.
    private static void Settle(Box box, List<(Visit Visit, CancellationTokenSource Patience)> visits) =>
        SpinWait.SpinUntil(
            () => visits.Count(visit => visit.Visit.IsInside) == box.Gate.Figures.Inside && visits.Count(visit => visit.Visit.IsWaiting) == box.Gate.Figures.Waiting,
            TimeSpan.FromSeconds(10)).ShouldBeTrue("somebody was forgotten");

    private static async Task<SaturatedException> ShouldBeTurnedAwayAsync(Visit visit) => await Should.ThrowAsync<SaturatedException>(visit.Over);

    private static async Task Eventually(Func<bool> holds)
    {
        while (!holds())
            await Task.Yield();
    }

    private sealed class Box(GateSettings settings, TimeProvider clock)
    {
        public Gate Gate { get; } = new(settings, clock);

        public Visit Come(string target, WhistleLevel level = WhistleLevel.Daily, CancellationToken cancel = default) => new(Gate, target, level, cancel);
    }

    /// <summary>Somebody who comes to the gate, stays inside until told to go, and is then over.</summary>
    private sealed class Visit
    {
        private readonly TaskCompletionSource<bool> inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> stay = new();

        public Visit(Gate gate, string target, WhistleLevel level, CancellationToken cancel)
        {
            Level = level;
            Over = gate.PassAsync(target, level, () =>
            {
                inside.SetResult(true);
                return stay.Task;
            }, cancel);
        }

        public WhistleLevel Level { get; }

        public Task<bool> Over { get; }

        public bool IsInside => inside.Task.IsCompleted && !Over.IsCompleted;

        public bool IsWaiting => !inside.Task.IsCompleted && !Over.IsCompleted;

        public Task<bool> InsideAsync() => inside.Task;

        public async Task GoAsync()
        {
            await inside.Task;
            stay.SetResult(true);
            await Over;
        }
    }
}
