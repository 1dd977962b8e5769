using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Shouldly;
using WhistleActors.Domain;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Runs;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Plans;

/// <summary>
/// The plan against the live server on a fast clock. The whistles of one replication are blown on the server at their instants, a dispatcher does what the server's allocation
/// advises, work takes as long as the plan drew it. One department with three crews, no travel, 89 % of its time in use: who is there when, and whether in time, must come out the same.
/// </summary>
public sealed class PlanAndLiveTests
{
    private const int Crews = 3;
    private const double PerHour = 4;
    private static readonly TimeSpan Work = TimeSpan.FromMinutes(40);
    private static readonly CityPack Pack = WithCrews(ExampleCity.Pack);

    [Fact]
    public async Task The_live_server_on_a_fast_clock_agrees_with_the_plan_whistle_by_whistle()
    {
        var plan = TheQueue();
        var city = new CityModel(Pack, plan);
        var seen = new List<SeenCheckIn>();
        new Replication(city, plan.Seed, 0, seen: seen.Add).Run(TestContext.Current.CancellationToken).ShouldNotBeNull();
        var planned = seen.OrderBy(checkIn => checkIn.Number).ToList();

        // The sample is worth it: several hundred whistles, many that wait, some too late, and emergencies that overtake.
        planned.Count.ShouldBeGreaterThan(300);
        planned.Count(checkIn => checkIn.CheckIn > checkIn.Blown).ShouldBeGreaterThan(100);
        planned.Select(checkIn => checkIn.OnTime).Distinct().Count().ShouldBe(2);
        seen.Zip(seen.Skip(1), (one, next) => next.Number < one.Number).Any(overtakes => overtakes).ShouldBeTrue();

        await using var server = await TestServer.StartAsync(fakeClock: true, Pack);
        var live = await new LiveRun(server, city).RunAsync(planned);

        live.Select(checkIn => (checkIn.At, checkIn.Late)).ShouldBe(planned.Select(checkIn => (city.Clock.Epoch.AddTicks(checkIn.CheckIn), !checkIn.OnTime)));

        // The replication itself is one of many that give the plan's interval.
        var department = Planner.Run(Pack, plan with { Replications = 1 }, stop: TestContext.Current.CancellationToken).Departments.Single();
        ((double)live.Count(checkIn => !checkIn.Late) / live.Count).ShouldBe(department.OnTime!.Mean, 1e-12);
        live.Zip(planned, (came, checkIn) => (came.At - city.Clock.Epoch.AddTicks(checkIn.Blown)).TotalMinutes).Average().ShouldBe(department.CheckInMinutes!.Mean, 1e-6);
    }

    private static Plan TheQueue() => new(
        new LocalizedText("对照", "Plan and live"),
        Pack.Id,
        new DateOnly(2026, 3, 11),
        Days: 4,
        WarmUp: TimeSpan.Zero,
        Replications: 1,
        Seed: 5,
        Target: 0.95,
        SetOut: TimeLaw.None,
        new TimeLaw(TimeShape.Exponential, Work),
        new TravelAssumption(1, 0, 0),
        [new Arrivals.Steady(1, [(MatterCode.Parse("other"), 1)], [(ExampleCity.Belfry, 1)], [0.85, 0, 0.15], [.. Enumerable.Repeat(PerHour, 7 * 24)])],
        [],
        [],
        []);

    private static CityPack WithCrews(CityPack pack)
    {
        var first = pack.CrewsOf(ExampleCity.Command).Single();
        return pack with
        {
            Crews = pack.Crews.Values
                .Concat(Enumerable.Range(2, Crews - 1).Select(number => first with { Code = CrewCode.Parse($"command-{number}") }))
                .ToFrozenDictionary(crew => crew.Code),
        };
    }

    /// <summary>Blows, sends, checks in and releases on the server, at the instants of the plan.</summary>
    private sealed class LiveRun(TestServer server, CityModel city)
    {
        private readonly LonLat spot = Pack.Territory.Grids[ExampleCity.Belfry].Area.InnerPoint();
        private readonly Dictionary<string, int> waiting = [];
        private readonly PriorityQueue<string, long> busy = new();
        private DateTimeOffset signedInAt = DateTimeOffset.MinValue;
        private Person street = null!;
        private Person command = null!;

        internal async Task<IReadOnlyList<(DateTimeOffset At, bool Late)>> RunAsync(List<SeenCheckIn> planned)
        {
            var came = new (DateTimeOffset, bool)[planned.Count];
            for (var next = 0; next < planned.Count || busy.Count > 0;)
            {
                var arrives = next < planned.Count ? planned[next].Blown : long.MaxValue;
                if (busy.TryPeek(out var whistle, out var done) && done <= arrives)
                {
                    await AtAsync(done);
                    busy.Dequeue();
                    await FinishAsync(whistle);
                }
                else
                {
                    await AtAsync(arrives);
                    waiting.Add(await BlowAsync(planned[next]), next++);
                }

                while (waiting.Count > 0 && busy.Count < Crews)
                {
                    var (chosen, crew) = await AdvisedAsync();
                    waiting.Remove(chosen, out var number).ShouldBeTrue();
                    came[number] = await SendAsync(chosen, crew);
                    busy.Enqueue(chosen, (server.Now - city.Clock.Epoch).Ticks + planned[number].Work);
                }
            }

            return came;
        }

        private async Task AtAsync(long ticks)
        {
            server.Clock.SetUtcNow(city.Clock.Epoch.AddTicks(ticks));
            if (server.Now - signedInAt < TimeSpan.FromHours(8))
                return;
            (signedInAt, street, command) = (
                server.Now,
                await Person.SignInAsync(server, "street", ExampleCity.OldTown.Text, "subdistrict-officer"),
                await Person.SignInAsync(server, "command", ExampleCity.Command.Text, "dispatcher"));
        }

        private async Task<string> BlowAsync(SeenCheckIn planned) => (await street.PostAsync(
            $"grids/{ExampleCity.Belfry}/whistles",
            string.Create(CultureInfo.InvariantCulture, $$$"""{"matter":"other","occasion":"public-demand","level":"{{{WireName<WhistleLevel>.Of((WhistleLevel)planned.Level)}}}","chain":"service","description":"对照","place":{"lon":{{{spot.Lon}}},"lat":{{{spot.Lat}}},"datum":"wgs84"}}"""))).ShouldSucceed(201).Id;

        // The advice stands on the board, which is a moment behind the actors.
        private async Task<(string Whistle, string Crew)> AdvisedAsync()
        {
            JsonElement advice = default;
            await Eventually.TrueAsync(async () =>
            {
                advice = (await command.GetAsync("departments/command/allocation")).ShouldSucceed().Json;
                var (assigned, queued) = (advice.GetProperty("assignments").GetArrayLength(), advice.GetProperty("queue").GetArrayLength());
                return assigned == Math.Min(Crews - busy.Count, waiting.Count) && assigned + queued == waiting.Count;
            }, otherwise: () => Task.FromResult($"{busy.Count} busy, {waiting.Count} waiting: {advice}"));
            var first = advice.GetProperty("assignments").EnumerateArray().First();
            return (first.GetProperty("whistle").GetString()!, first.GetProperty("crew").GetString()!);
        }

        private async Task<(DateTimeOffset At, bool Late)> SendAsync(string whistle, string crew)
        {
            var summons = $"whistles/{whistle}/summonses/command";
            (await command.PostAsync($"{summons}/depart", $$"""{"crew":"{{crew}}"}""")).ShouldSucceed();
            var checkedIn = (await command.PostAsync(
                $"{summons}/check-in",
                string.Create(CultureInfo.InvariantCulture, $$$"""{"position":{"lon":{{{spot.Lon}}},"lat":{{{spot.Lat}}},"datum":"wgs84","accuracyMetres":8,"measuredAt":"{{{server.Now:O}}}"},"headcount":2,"crew":"{{{crew}}}"}"""))).ShouldSucceed();
            var checkIn = checkedIn.Summons("command").GetProperty("checkedIn");
            return (checkIn.GetProperty("at").GetDateTimeOffset(), checkIn.GetProperty("late").GetBoolean());
        }

        private async Task FinishAsync(string whistle)
        {
            (await command.PostAsync($"whistles/{whistle}/summonses/command/outcome", Bodies.Resolved)).ShouldSucceed();
            (await street.PostAsync($"whistles/{whistle}/accept", """{"department":"command"}""")).ShouldSucceed();
            (await street.PostAsync($"whistles/{whistle}/release", """{"department":"command"}""")).ShouldSucceed();
            (await street.PostAsync($"whistles/{whistle}/close", """{"note":"完成"}""")).ShouldSucceed();
        }
    }
}
