using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Consistency.Histories;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Consistency.Verification;
using WhistleActors.Contract;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Consistency.Tests;

/// <summary>What is found in a journal that is not as it was told: a sound one is made by the rules, and then spoilt.</summary>
public sealed class VerificationTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    private static readonly GridCode Grid = GridCode.Parse("99010100100101");
    private static readonly DepartmentCode Water = DepartmentCode.Parse("waterworks");
    private static readonly Officer Street = new(PersonId.Parse("street"), "street", OrganisationCode.Parse("990101001"), Role.SubdistrictOfficer);
    private static readonly Officer Dispatcher = new(PersonId.Parse("at-waterworks"), "waterworks", OrganisationCode.Parse("waterworks"), Role.Dispatcher);

    private readonly Town town = Town.Build();
    private readonly History history = new();
    private readonly List<JournalRow> rows = [];
    private GridState state = GridState.Empty(Grid);
    private WhistleId whistle;

    public VerificationTests()
    {
        Give("blow-1", "blow", Grid.Text, null, new BlowWhistle(MatterCode.Parse("burst-main"), WhistleOccasion.Emergency, WhistleLevel.Emergency, WhistleChain.Service, "主街水管爆裂", null, null, null), Street, 0);
        Give("sign-2", "sign", whistle.Text, Water.Text, new SignSummons(whistle, Water), Dispatcher, 5);
        Give("check-in-3", "check-in", whistle.Text, Water.Text, new CheckInCrew(whistle, Water, null, new Witness("网格员", OrganisationCode.Parse("990101001")), null, null), Dispatcher, 10);
        Pass(13);
        Give("outcome-4", "outcome", whistle.Text, Water.Text, new ReportOutcome(whistle, Water, OutcomeKind.Resolved, "已处置", null), Dispatcher, 20);
    }

    public void Dispose() => town.Dispose();

    [Fact]
    public void Nothing_is_found_in_a_sound_journal() => Found().ShouldBeEmpty();

    [Fact]
    public void A_command_that_was_acknowledged_and_is_not_there_is_lost()
    {
        rows.RemoveAt(rows.Count - 1);
        Found().ShouldBe(["lost"]);
    }

    [Fact]
    public void A_command_that_took_effect_twice_is_found()
    {
        var again = rows[^1];
        rows.Add(again with { Ordering = again.Ordering + 1, Number = again.Number + 1 });
        Found().ShouldContain("doubled");
    }

    [Fact]
    public void What_nobody_asked_for_is_found()
    {
        Store(Decide(new Order(new CloseWhistle(whistle, null), Street, new CommandKey("close-9", "f")), 30, mustBeAccepted: false)
            ?? [new WhistleClosed(whistle, Start.AddSeconds(30), Street, new CommandKey("close-9", "f"), null)]);
        Found().ShouldBe(["invented", "order"], ignoreOrder: true);
    }

    [Fact]
    public void What_the_rules_would_not_have_decided_is_found()
    {
        rows.RemoveAll(row => row.Event is CrewCheckedIn);
        Found().ShouldContain("order");
    }

    [Fact]
    public void A_number_that_is_missing_is_found()
    {
        rows[^1] = rows[^1] with { Number = rows[^1].Number + 1 };
        Found().ShouldBe(["numbering"]);
    }

    [Fact]
    public void An_owner_that_stores_after_another_took_over_is_found()
    {
        rows[^2] = rows[^2] with { Writer = "second" };
        Found().ShouldBe(["double-owner"]);
    }

    [Fact]
    public void A_deadline_that_fires_twice_is_found()
    {
        var passed = rows.First(row => row.Event is GridEvent { By: null });
        rows.Insert(rows.Count - 1, passed with { Ordering = 98, Number = rows[^1].Number });
        rows[^1] = rows[^1] with { Ordering = 99, Number = rows[^1].Number + 1 };
        Found().ShouldContain("time");
    }

    [Fact]
    public void A_deadline_that_is_late_is_found_unless_the_cluster_was_disturbed()
    {
        Pass(40);
        Found().ShouldBe(["deadline-late"]);
        history.Disturbed(new Disturbance("kill-one", Start.AddSeconds(25), Start.AddSeconds(45)));
        Found().ShouldBeEmpty();
    }

    [Fact]
    public void A_late_deadline_is_listed_once_for_each_department_that_had_it()
    {
        Give("blow-5", "blow", Grid.Text, null, new BlowWhistle(MatterCode.Parse("burst-main"), WhistleOccasion.Emergency, WhistleLevel.Emergency, WhistleChain.Service, "主街水管又爆裂", null, null, null), Street, 30);
        Pass(100);
        string[] late = [.. Read().Violations(history).Where(violation => violation.Rule == "deadline-late").Select(violation => violation.What)];
        late.Where(what => what.StartsWith($"{whistle}: deadline-passed.1", StringComparison.Ordinal)).ShouldBe(
        [
            $"{whistle}: deadline-passed.1 of waterworks's Sign was due at 10:01:30.000 and came 10.000 s late",
            $"{whistle}: deadline-passed.1 of 990101-roads's Sign was due at 10:01:30.000 and came 10.000 s late",
        ]);
        late.ShouldBeUnique();
    }

    [Fact]
    public void A_deadline_that_never_fires_is_found()
    {
        Read().Outstanding(Start.AddSeconds(25)).Select(violation => violation.Rule).ShouldNotContain("deadline-missed");
        Read().Outstanding(Start.AddSeconds(90)).Select(violation => violation.Rule).ShouldContain("deadline-missed");
    }

    [Fact]
    public void A_summons_that_its_department_never_heard_of_is_found() =>
        Read().Outstanding(Start.AddSeconds(25)).Select(violation => violation.Rule).ShouldContain("summons-not-delivered");

    [Fact]
    public void News_that_were_never_so_are_found()
    {
        var told = HeldSummons.Of(state.Whistles[whistle], state.Whistles[whistle].SummonsOf(Water)!);
        rows.Add(JournalRow.Of(50, "department-waterworks", 1, new SummonsHeld(whistle, Start.AddSeconds(21), told), "w"));
        Found().ShouldBeEmpty();
        rows[^1] = JournalRow.Of(50, "department-waterworks", 1, new SummonsHeld(whistle, Start.AddSeconds(21), told with { State = SummonsState.Signed }), "w");
        Found().ShouldBe(["news"]);
    }

    [Fact]
    public void An_answer_that_was_not_so_is_found()
    {
        var command = history.Commands["sign-2"];
        command.Told(command.Answers[0] with { Whistle = command.Answers[0].Whistle! with { Description = "另一件事" } });
        Found().ShouldBe(["answer"]);
    }

    [Theory]
    [InlineData(-180)]
    [InlineData(180)]
    public void An_event_of_a_wrong_clock_is_found(int seconds)
    {
        var last = (GridEvent)rows[^1].Event;
        rows[^1] = rows[^1] with { Committed = last.At.AddMilliseconds(20) };
        Found().ShouldBeEmpty();
        rows[^1] = rows[^1] with { Committed = last.At.AddSeconds(seconds) };
        Found().ShouldBe(["clock"]);
    }

    [Fact]
    public void A_refusal_of_what_took_effect_is_found()
    {
        history.Commands["sign-2"].Told(new Answer(Start, null, "already-signed", 1));
        Found().ShouldBe(["refused", "refused-and-done"], ignoreOrder: true);
    }

    private Truth Read() => new(rows, town.Pack, history, new MachineStalls());

    private List<string> Found() => [.. FaultsTests.Rules(Read().Violations(history))];

    private void Give(string key, string kind, string about, string? department, GridCommand order, Officer by, double seconds)
    {
        var events = Decide(new Order(order, by, new CommandKey(key, "fingerprint")), seconds, mustBeAccepted: true)!;
        whistle = events[^1].Whistle;
        Store(events);
        var command = new Command(key, by.Person.Text, kind, about, department, Start.AddSeconds(seconds));
        history.Asked(command);
        var view = System.Text.Json.JsonSerializer.Deserialize(new PublishedWhistle(state.Whistles[whistle]).Json, ContractJson.Types.WhistleView);
        command.Told(new Answer(Start.AddSeconds(seconds), view, null, 1));
    }

    private void Pass(double seconds) => Store([.. GridRules.PassTime(state, Start.AddSeconds(seconds))]);

    private IReadOnlyList<GridEvent>? Decide(Order order, double seconds, bool mustBeAccepted) =>
        GridRules.Decide(state, order, new GridContext(town.Pack, town.Pack.Territory.Grids[Grid], Start.AddSeconds(seconds))) switch
        {
            Decision.Accepted accepted => accepted.Events,
            Decision.Refused refused when mustBeAccepted => throw new InvalidOperationException(refused.Refusal.Code),
            _ => null,
        };

    private void Store(IReadOnlyList<GridEvent> events)
    {
        foreach (var happened in events)
        {
            state = GridFold.Apply(state, happened);
            rows.Add(JournalRow.Of(rows.Count + 1, $"grid-{Grid}", rows.Count + 1, happened, "first"));
        }
    }
}
