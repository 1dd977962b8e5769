using System.Collections.Immutable;
using System.Text.Json;
using Shouldly;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>A grid that things happen to, told step by step. Steps in the past tense of a story must succeed; <see cref="Refused"/> must not.</summary>
internal sealed partial class Story
{
    private readonly GridCode grid;

    public Story(GridCode? grid = null, CityPack? pack = null)
    {
        this.grid = grid ?? TestCity.Home;
        Pack = pack ?? TestCity.Pack;
        State = GridState.Empty(this.grid);
    }

    public CityPack Pack { get; private set; }

    public GridState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = TestCity.Morning;

    /// <summary>Everything that has happened.</summary>
    public List<GridEvent> Events { get; } = [];

    /// <summary>What the last step caused.</summary>
    public ImmutableArray<GridEvent> Caused { get; private set; } = [];

    /// <summary>The whistle blown last.</summary>
    public Whistle Whistle => State.Whistles.Values.MaxBy(whistle => whistle.Id.Number)!;

    public WhistleId Id => Whistle.Id;

    public Summons this[DepartmentCode department] => Whistle.SummonsOf(department)!;

    public Story At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    public Story After(TimeSpan time) => At(Now + time);

    public Story Under(CityPack pack)
    {
        Pack = pack;
        return this;
    }

    public Decision Try(GridCommand command, Officer by, CommandKey? key = null, long? ifVersion = null)
    {
        var order = new Order(command, by, key, ifVersion);
        var context = new GridContext(Pack, Pack.Territory.Grids.GetValueOrDefault(grid), Now)
        {
            Precedents = Precedents,
            Recalled = GridRules.MustRecall(State, order) ? Recall(command) : null,
        };
        var decision = GridRules.Decide(State, order, context);
        Caused = decision is Decision.Accepted accepted ? accepted.Events : [];
        Store(Caused);
        return decision;
    }

    public Story Do(GridCommand command, Officer by, CommandKey? key = null, long? ifVersion = null)
    {
        var decision = Try(command, by, key, ifVersion);
        decision.ShouldBeOfType<Decision.Accepted>((decision as Decision.Refused)?.Refusal.ToString());
        return this;
    }

    public Refusal Refused(GridCommand command, Officer by, CommandKey? key = null, long? ifVersion = null)
    {
        var before = State;
        var refusal = Try(command, by, key, ifVersion).ShouldBeOfType<Decision.Refused>().Refusal;
        State.ShouldBeSameAs(before);
        return refusal;
    }

    /// <summary>The alarm that rings when a clock may have run out.</summary>
    public Story Alarm()
    {
        Caused = GridRules.PassTime(State, Now);
        Store(Caused);
        return this;
    }

    public Story Blow(WhistleLevel level = WhistleLevel.Daily, CommandKey? key = null) => Do(ABlow(level), TestCity.Street, key);

    public Story Sign(DepartmentCode department) => Do(new SignSummons(Id, department), TestCity.Dispatcher(department));

    public Story Recall(DepartmentCode department, WhistleId? wanted = null) => Do(new RecallCrew(Id, department, "另有急情", wanted), TestCity.Dispatcher(department));

    public Story Depart(DepartmentCode department, CrewCode? crew = null) => Do(new Depart(Id, department, crew, null), TestCity.CrewOf(department));

    public Story CheckIn(DepartmentCode department) => Do(ACheckIn(department), TestCity.CrewOf(department));

    public Story Resolve(DepartmentCode department) => Do(AResult(department), TestCity.Dispatcher(department));

    public Story Ledger(DepartmentCode department) => Do(ALedger(department), TestCity.Dispatcher(department));

    public Story Accept(DepartmentCode department) => Do(new AcceptOutcome(Id, department), TestCity.Street);

    public Story Veto(DepartmentCode department) => Do(new VetoOutcome(Id, department, "没有修好"), TestCity.Street);

    public Story Release(DepartmentCode department, string? reason = null) => Do(new ReleaseDepartment(Id, department, reason), TestCity.Street);

    public Story Close() => Do(new CloseWhistle(Id, null), TestCity.Street);

    public Story Withdraw() => Do(new WithdrawWhistle(Id, "误报"), TestCity.Street);

    /// <summary>The department came, worked, was accepted and let go.</summary>
    public Story Finish(DepartmentCode department) => CheckIn(department).Resolve(department).Accept(department).Release(department);

    /// <summary>All who were summoned came, worked, were accepted and let go.</summary>
    public Story FinishAll() => Finish(TestCity.Water).Finish(TestCity.Urban).Finish(TestCity.Police);

    public static BlowWhistle ABlow(WhistleLevel level = WhistleLevel.Daily) => new(
        TestCity.BurstMain, WhistleOccasion.PublicDemand, level, WhistleChain.Service, "井盖处冒水", Place: null, Summon: null, ChangedProposal: null);

    public CheckInCrew ACheckIn(DepartmentCode department) => ACheckInAt(department, TestCity.Inside);

    public CheckInCrew ACheckInAt(DepartmentCode department, LonLat place, double accuracy = 5, Datum datum = Datum.Wgs84, Witness? witness = null) =>
        new(Id, department, new PositionFix(new Position(place.Lon, place.Lat, datum), accuracy, Now), witness, Crew: null, Headcount: null);

    public CheckInCrew AWitnessedCheckIn(DepartmentCode department, string organisation) =>
        new(Id, department, Fix: null, WitnessOf(organisation), Crew: null, Headcount: null);

    public static Witness WitnessOf(string organisation) => new("王芳", OrganisationCode.Parse(organisation));

    public ReportOutcome AResult(DepartmentCode department) => new(Id, department, OutcomeKind.Resolved, "已修复", Ledger: null);

    public ReportOutcome ALedger(DepartmentCode department, DateOnly? dueOn = null, params Milestone[] milestones) => new(
        Id, department, OutcomeKind.Ledgered, "须更换管线", new LedgerEntry("管线老化", dueOn ?? new DateOnly(2026, 6, 1), "李强", [.. milestones]));

    /// <summary>A state as text: equal texts are equal states, however they came about.</summary>
    public static string Written(GridState state) => JsonSerializer.Serialize(new
    {
        state.Grid,
        state.Sequence,
        state.LastAt,
        Whistles = state.Whistles.Values.OrderBy(whistle => whistle.Id.Number).Select(Written),
        Ended = state.Ended.OrderBy(ended => ended.Key.Number),
        Commands = state.Commands.OrderBy(command => command.Key, StringComparer.Ordinal),
        state.Past,
        Returns = state.Returns?.OrderBy(returned => returned.Key.Number),
    });

    public static string Written(Whistle whistle) => JsonSerializer.Serialize(whistle);

    private void Store(ImmutableArray<GridEvent> events)
    {
        foreach (var happened in events)
            State = GridFold.Apply(State, happened);
        Events.AddRange(events);
    }
}
