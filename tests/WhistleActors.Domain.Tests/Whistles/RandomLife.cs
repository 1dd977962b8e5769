using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>
/// A grid that many officers, right and wrong ones, give orders to by chance, on a clock that jumps and sometimes runs backwards, with alarms
/// that come when they come. Each step is one number; the same numbers live the same life.
/// </summary>
internal sealed partial class RandomLife
{
    private static readonly ImmutableArray<DepartmentCode> Departments =
        [TestCity.Water, TestCity.Urban, TestCity.Police, TestCity.Weather, TestCity.FarUrban, TestCity.DonghuamenAsParty];

    private static readonly ImmutableArray<Officer> Officers =
    [
        TestCity.Street,
        TestCity.OtherStreet,
        TestCity.Command,
        TestCity.FarCommand,
        TestCity.Leader,
        TestCity.BorderStreet,
        TestCity.Wall,
        TestCity.Street with { Powers = Powers.Veto },
        TestCity.Street with { Powers = Powers.Convene },
        TestCity.Wall with { Powers = (Powers)511 },
        .. Departments.SelectMany(department => new[]
        {
            TestCity.Dispatcher(department),
            TestCity.CrewOf(department),
            TestCity.Dispatcher(department) with { Powers = (Powers)511 },
            TestCity.Person("intruder", TestCity.Donghuamen.Text, Role.Dispatcher) with { Powers = (Powers)511 },
            TestCity.Person("insider", department.Text, Role.SubdistrictOfficer) with { Powers = (Powers)511 },
        }),
    ];

    private readonly Auditor auditor = new();
    private readonly StringBuilder log = new();
    private readonly Dictionary<(PersonId, string), RememberedCommand> keys = [];
    private readonly Dictionary<PositionFix, LonLat> spots = [];
    private readonly Action<GridCommand, Decision> census;
    private Random chance = new(0);
    private Order? previous;
    private DateTimeOffset now = TestCity.Morning;

    private RandomLife(Action<GridCommand, Decision> census) => this.census = census;

    public GridState State { get; private set; } = GridState.Empty(TestCity.Home);

    public List<GridEvent> Events { get; } = [];

    /// <summary>Lives through the steps, audited event by event.</summary>
    /// <exception cref="InvalidOperationException">A rule was broken; the message tells the life up to there.</exception>
    public static RandomLife Live(uint[] steps, Action<GridCommand, Decision>? census = null)
    {
        var life = new RandomLife(census ?? ((_, _) => { }));
        try
        {
            foreach (var step in steps)
                life.Step(step);
            life.End();
            return life;
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{broken.Message}\n\nThe life up to there:\n{life.log}", broken);
        }
    }

    private void Step(uint step)
    {
        chance = new Random(unchecked((int)step));
        switch (chance.Next(100))
        {
            case < 9:
                Wait();
                break;
            case < 12:
                now -= TimeSpan.FromSeconds(chance.Next(1, 600));
                break;
            case < 20:
                Alarm();
                break;
            default:
                Ask();
                break;
        }
    }

    private void Wait() => now = chance.Next(9) switch
    {
        0 => now.AddTicks(1),
        1 => now.AddMinutes(1),
        2 => now.AddMinutes(5),
        3 => now.AddMinutes(29),
        4 => Later(State.NextDeadline),
        5 => Later(State.NextDeadline).AddTicks(1),
        6 => State.Whistles.Values.Any(HasLedger) ? now.AddDays(chance.Next(1, 12)) : now.AddHours(3),
        7 => now.AddSeconds(chance.Next(3600)),
        _ => chance.Next(4) == 0 ? now.AddHours(25) : now.AddMinutes(10),
    };

    private DateTimeOffset Later(DateTimeOffset? instant) => instant > now ? instant.Value : now;

    private void Alarm()
    {
        var instant = GridRules.NotBefore(State, now);
        var passed = GridRules.PassTime(State, State.Whistles.Values.Where(whistle => whistle.NextDeadline < instant).Select(whistle => whistle.Id), now);
        passed.ShouldBe(GridRules.PassTime(State, now), "to look only where a deadline passed misses something");
        log.AppendLine(CultureInfo.InvariantCulture, $"{now:O} alarm: {passed.Length} events");
        foreach (var happened in passed)
            Store(happened);
        var at = now > State.LastAt ? now : State.LastAt;
        (State.NextDeadline is { } next && next < at).ShouldBeFalse("something of the past was left over");
        State.NextDeadline.ShouldBe(State.Whistles.Values.Min(whistle => whistle.NextDeadline));
    }

    private void Ask()
    {
        var order = chance.Next(12) == 0 && previous is not null ? previous : NewOrder();
        previous = order;
        var pack = chance.Next(30) == 0 ? TestCity.PackWithoutHome : Pick([TestCity.StrictPack, TestCity.Pack, TestCity.PackWithSixClocks]);
        var recalled = GridRules.MustRecall(State, order) ? Recall(((WhistleCommand)order.Command).Whistle) : null;
        var context = new GridContext(pack, pack.Territory.Grids.GetValueOrDefault(TestCity.Home), now) { Recalled = recalled };
        var decision = GridRules.Decide(State, order, context);
        log.AppendLine(CultureInfo.InvariantCulture, $"{now:O} {order.By.Person} ({order.By.Role}): {order.Command} → {Short(decision)}");
        census(order.Command, decision);
        Expect(order, decision);
        if (decision is not Decision.Accepted { Events: var events })
            return;
        foreach (var happened in events)
            Store(happened);
        if (order.Key is { } key)
            keys[(order.By.Person, key.Key)] = new(key.Fingerprint, events[^1].Whistle, State.Whistles[events[^1].Whistle].Version, events[^1].At);
    }

    // What the caller may rely on whatever the command is: once per key, only at the version meant, and all events of one order belong together.
    private void Expect(Order order, Decision decision)
    {
        var remembered = order.Key is { } key ? keys.GetValueOrDefault((order.By.Person, key.Key)) : null;
        if (remembered is not null)
        {
            if (remembered.Fingerprint == order.Key!.Fingerprint)
                decision.ShouldBe(new Decision.Repeated(remembered));
            else
                decision.ShouldBeOfType<Decision.Refused>().Refusal.Code.ShouldBe("idempotency-key-reused");
            return;
        }

        decision.ShouldNotBeOfType<Decision.Repeated>("a key was remembered that nobody used");
        if (order is { IfVersion: { } version, Command: WhistleCommand { Whistle: var id } }
            && State.Whistles.GetValueOrDefault(id) is { } whistle && whistle.Version != version)
            decision.ShouldBeOfType<Decision.Refused>().Refusal.Code.ShouldBe("version-outdated");
        if (order.Command is CheckInCrew { Fix: { } fix })
            ExpectWhereItStands(fix, decision);
        if (decision is not Decision.Accepted { Events: var events })
            return;

        events.ShouldNotBeEmpty();
        events.Select(happened => happened.Whistle).Distinct().Count().ShouldBe(order.Command is MergeWhistle ? 2 : 1);
        events.All(happened => happened.By is null
            ? happened.Key == null
            : happened.By == order.By && happened.Key == order.Key).ShouldBeTrue("an event does not say who caused it");
        events[^1].By.ShouldNotBeNull("an order was accepted and did nothing");
        events.SkipWhile(happened => happened.By is null).Any(happened => happened.By is null).ShouldBeFalse("what time did comes before the act");
    }

    // The spot is known here without any datum: it must be the one that is kept, and nobody who stands well inside is sent away.
    private void ExpectWhereItStands(PositionFix fix, Decision decision)
    {
        var spot = spots[fix];
        if (decision is Decision.Accepted { Events: [.., var arrived] }
            && (arrived is CrewJoined joined ? joined.Presence : ((CrewCheckedIn)arrived).Presence).Place is { } place)
        {
            place.Lon.ShouldBe(spot.Lon, 1e-7);
            place.Lat.ShouldBe(spot.Lat, 1e-7);
        }

        if (decision is Decision.Refused { Refusal.Code: "outside-grid" })
            Auditor.MetresOutside(TestCity.Home, spot).ShouldBeGreaterThan(Math.Min(fix.AccuracyMetres, 100) - 0.1, "sent away from inside the grid");
    }

    private void Store(GridEvent happened)
    {
        var before = State;
        State = GridFold.Apply(before, happened);
        Events.Add(happened);
        auditor.See(before, happened, State);
        if (happened is not (WhistleBlown or WhistleProposed))
            return;
        foreach (var (name, _) in keys.Where(entry => entry.Value.At < happened.At - TimeSpan.FromHours(24)).ToList())
            keys.Remove(name);
    }

    private void End()
    {
        Alarm();
        auditor.Close(now > State.LastAt ? now : State.LastAt);
        Story.Written(Events.Aggregate(GridState.Empty(TestCity.Home), GridFold.Apply)).ShouldBe(Story.Written(State), "replay gives another state");
        foreach (var events in Events.GroupBy(happened => happened.Whistle).Where(events => State.Whistles.ContainsKey(events.Key)))
        {
            var alone = events.Aggregate((Whistle?)null, GridFold.Apply);
            Story.Written(alone!).ShouldBe(Story.Written(State.Whistles[events.Key]), "a whistle's own events do not tell its state");
        }
    }

    private Order NewOrder()
    {
        var blow = chance.Next(12) == 0 || State.Whistles.IsEmpty || (!State.OpenWhistles.Any() && chance.Next(3) != 0);
        var (command, right) = blow ? Blow() : chance.Next(10) == 0 ? AboutTheDossier() : About();
        var by = chance.Next(8) == 0 ? Pick(Officers) : right;
        var key = chance.Next(3) == 0 ? new CommandKey($"k{chance.Next(25)}", $"f{chance.Next(1000)}") : null;
        var version = command is WhistleCommand about && chance.Next(8) == 0
            ? (State.Whistles.GetValueOrDefault(about.Whistle)?.Version ?? 1) + chance.Next(-1, 2)
            : (long?)null;
        return new Order(command, by, key, version);
    }

    private (GridCommand, Officer) Blow()
    {
        var blow = Story.ABlow(Pick([WhistleLevel.Daily, WhistleLevel.Campaign, WhistleLevel.Emergency]));
        blow = chance.Next(8) switch
        {
            0 => blow with { Matter = Pick([TestCity.Stalls, TestCity.Orphan, MatterCode.Parse("ufo")]) },
            1 => blow with { Place = PositionOf(Spot(), Pick([Datum.Wgs84, Datum.Gcj02])) },
            2 or 3 => blow with
            {
                Summon = [.. Enumerable.Range(0, chance.Next(5)).Select(_ => new SummonedDepartment(
                    Pick(Departments), Pick([DutyRole.Lead, DutyRole.Cooperating, DutyRole.Cooperating, DutyRole.Notified])))],
                ChangedProposal = chance.Next(5) == 0 ? null : "情况特殊",
            },
            4 when chance.Next(3) == 0 => blow with { ChangedProposal = "多余" },
            _ => blow,
        };
        return Specially(blow);
    }

    private (GridCommand, Officer) About()
    {
        var all = State.Whistles.Values.OrderBy(whistle => whistle.Id.Number).ToImmutableArray();
        var open = all.Where(whistle => !whistle.IsOver).ToImmutableArray();
        var whistle = open.Length > 0 && chance.Next(12) != 0 ? open[chance.Next(Math.Min(open.Length, 2))] : Pick(all);
        var id = chance.Next(30) == 0 ? new WhistleId(TestCity.Home, 9_999) : whistle.Id;
        if (chance.Next(3) != 0 && Finish(whistle, id) is { } last)
            return last;
        if (chance.Next(5) == 0)
            return chance.Next(5) < 2 ? Rounds(whistle, id) : Confer(whistle, id);

        if (AboutSounding(whistle, id, all) is { } sounding)
            return sounding;
        if (whistle.Ending is null && !whistle.Summonses.Any(summons => summons.Owes || summons.CrewPresent) && chance.Next(3) == 0)
            return (new CloseWhistle(id, "办结"), EnderOf(whistle));

        // Mostly what the whistle is ready for, so that lives get on; sometimes anything.
        for (var attempt = 0; ; attempt++)
        {
            var (fits, ask) = chance.Next(3) == 0 ? SomethingOfClocks(id) : chance.Next(HasLedger(whistle) ? 2 : 20) == 0 ? SomethingOfLedger(id) : Something();
            var fitting = whistle.Summonses.Where(summons => summons.Role != DutyRole.Notified && fits(summons)).ToImmutableArray();
            if (fitting.Length > 0 && chance.Next(6) != 0)
                return ask(Pick(fitting).Department);
            if (attempt == 2)
                return ask(chance.Next(8) == 0 ? Pick(Departments) : Pick(whistle.Summonses).Department);
        }

        (Func<Summons, bool> Fits, Func<DepartmentCode, (GridCommand, Officer)> Ask) Something() => chance.Next(100) switch
        {
            _ when chance.Next(100) < 14 => ComingAndGoing(id),
            _ when chance.Next(100) < 16 => Disputing(id),
            _ when chance.Next(100) < 6 => (s => s is { Owes: true, Departure: not null, CheckIn: null },
                d => (new RecallCrew(id, d, "另有急情", chance.Next(4) switch { 0 => null, 1 => id, _ => new WhistleId(id.Grid, id.Number + 1) }), SomeoneOf(d))),
            < 10 => (s => s is { Owes: true, Signature: null }, d => (new SignSummons(id, d), AnswererOf(d))),
            < 20 => (s => s is { Owes: true, Departure: null, CheckIn: null }, d => (new Depart(id, d, ACrew(d), AnArrival()), SomeoneOf(d))),
            < 38 => (s => s is { Owes: true, CheckIn: null }, d => (ACheckIn(id, d), SomeoneOf(d))),
            < 56 => (s => s is { Owes: true, CheckIn: not null, Outcome: null }, d => (AReport(id, d), AnswererOf(d))),
            < 72 => (s => s is { Owes: true, Outcome: not null }, d => (new AcceptOutcome(id, d), JudgeOf(whistle, d))),
            < 77 => (s => s is { Owes: true, Outcome: not null }, d => (new VetoOutcome(id, d, "返工"), JudgeOf(whistle, d))),
            < 90 => (s => s is { CrewPresent: true, Owes: false },
                d => (new ReleaseDepartment(id, d, chance.Next(3) == 0 ? "另有任务" : null), chance.Next(4) == 0 ? TestCity.Command : JudgeOf(whistle, d))),
            < 92 => (s => chance.Next(12) == 0, _ => (new WithdrawWhistle(id, "误报"), EnderOf(whistle))),
            _ => (s => !whistle.Summonses.Any(other => other.Owes), _ => (new CloseWhistle(id, "办结"), EnderOf(whistle))),
        };
    }

    private Officer SomeoneOf(DepartmentCode department) => chance.Next(3) == 0 || department == TestCity.DonghuamenAsParty ? AnswererOf(department) : TestCity.CrewOf(department);

    private CrewCode? ACrew(DepartmentCode department) =>
        chance.Next(10) == 0 ? TestCity.UrbanCrew : department == TestCity.Water && chance.Next(2) == 0 ? Pick([TestCity.WaterCrew, TestCity.PostedCrew]) : null;

    private DateTimeOffset? AnArrival() => chance.Next(2) == 0 ? null : now.AddMinutes(chance.Next(-2, 40));

    private CheckInCrew ACheckIn(WhistleId id, DepartmentCode department)
    {
        var spot = chance.Next(3) == 0 ? Spot() : TestCity.Inside;
        var accuracy = Pick([0.0, 5, 50, 100, 5_000]);
        var measured = chance.Next(10) == 0 ? now.AddSeconds(chance.Next(-400, 60)) : (now > State.LastAt ? now : State.LastAt);
        var fix = chance.Next(12) == 0 ? null : new PositionFix(PositionOf(spot, Pick([Datum.Wgs84, Datum.Gcj02])), accuracy, measured);
        if (fix is not null)
            spots[fix] = spot;
        var witness = chance.Next(4) == 0
            ? Story.WitnessOf(Pick([TestCity.Donghuamen.Text, TestCity.Police.Text, department.Text, "atlantis", TestCity.Dongcheng.Text]))
            : null;
        return new CheckInCrew(id, department, fix, witness, ACrew(department), chance.Next(2) == 0 ? null : chance.Next(1, 9), Persons());
    }

    private ReportOutcome AReport(WhistleId id, DepartmentCode department)
    {
        var today = DateOnly.FromDateTime(now.DateTime);
        var ledger = chance.Next(2) != 0 ? null : new LedgerEntry(
            "缺少材料",
            chance.Next(20) == 0 ? today.AddYears(6) : today.AddDays(chance.Next(-1, 30)),
            "李强",
            [.. Enumerable.Range(0, chance.Next(3)).Select(_ => new Milestone(today.AddDays(chance.Next(1, 15)), "进场"))]);
        var kind = (ledger is null) == (chance.Next(15) == 0) ? OutcomeKind.Ledgered : OutcomeKind.Resolved;
        return new ReportOutcome(id, department, kind, "已处理", ledger);
    }

    private LonLat Spot() => chance.Next(4) == 0
        ? new LonLat(116.39 + (chance.NextDouble() * 0.03), 39.89 + (chance.NextDouble() * 0.03))
        : TestCity.EastOfHome((chance.NextDouble() * 240) - 60);

    private static Position PositionOf(LonLat spot, Datum datum)
    {
        var stated = datum == Datum.Gcj02 ? Gcj02.FromWgs84(spot) : spot;
        return new Position(stated.Lon, stated.Lat, datum);
    }

    private T Pick<T>(ImmutableArray<T> of) => of[chance.Next(of.Length)];

    private static string Short(Decision decision) => decision switch
    {
        Decision.Accepted accepted => string.Join(", ", accepted.Events.Select(happened => happened.GetType().Name)),
        Decision.Refused refused => refused.Refusal.Code,
        _ => "repeated",
    };
}
