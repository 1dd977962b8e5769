using System.Reflection;
using Shouldly;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Reports;

public sealed class ReportDeskTests
{
    private static readonly DeskCode Street = DeskCode.Parse(TestCity.Donghuamen.Text);
    private static readonly DeskCode District = DeskCode.Parse(TestCity.Dongcheng.Text);
    private static readonly WhistleId Whistle = new(TestCity.Home, 1);
    private static readonly Officer Patrol = TestCity.Dispatcher(TestCity.Urban);

    [Fact]
    public void A_report_comes_once_by_its_source_and_number()
    {
        var desk = new Desk(Street);
        var first = desk.Receive("7");

        desk.Try(new ReceiveReport(Content("7") with { Title = "again" }), Patrol).ShouldBe(new ReportDecision.Unchanged(first));
        desk.Receive("8").ShouldNotBe(first);
        desk.Receive("7", ReportSource.Police).ShouldNotBe(first);
        desk.State.Open.Count.ShouldBe(3);
    }

    [Fact]
    public void A_report_that_was_decided_is_still_known_by_its_number()
    {
        var desk = new Desk(Street);
        var report = desk.Receive("7");
        desk.Do(new DismissReport(report, "重复"), TestCity.Street);

        desk.State.Open.ShouldBeEmpty();
        desk.Try(new ReceiveReport(Content("7")), Patrol).ShouldBe(new ReportDecision.Unchanged(report));
        desk.Refused(new DismissReport(report, "x"), TestCity.Street).ShouldBe("report-not-open");
    }

    [Fact]
    public void One_report_becomes_one_whistle_whoever_presses_the_button()
    {
        var desk = new Desk(Street);
        var report = desk.Receive("7");
        var colleague = TestCity.Street with { Person = PersonId.Parse("colleague") };
        desk.Do(new WhistleReport(report, Story.ABlow()), TestCity.Street);

        desk.Try(new WhistleReport(report, Story.ABlow()), TestCity.Street).ShouldBe(new ReportDecision.Unchanged(report));
        desk.Refused(new WhistleReport(report, Story.ABlow()), colleague).ShouldBe("report-being-whistled");
        desk.Refused(new MergeReport(report, Whistle), colleague).ShouldBe("report-being-whistled");
        desk.Refused(new DismissReport(report, "x"), colleague).ShouldBe("report-being-whistled");
        desk.Refused(new PlaceReport(report, TestCity.Next, null), colleague).ShouldBe("report-being-whistled");

        desk.Apply(ReportDesk.Answered(desk.State, desk[report], Whistle, null, desk.Now));
        desk.State.Open.ShouldBeEmpty();
        desk.Last.Ending.ShouldBe(new ReportEnding(ReportStage.Whistled, desk.Now, TestCity.Street, Whistle, null));
    }

    [Fact]
    public void A_whistle_that_the_grid_refuses_leaves_the_report_open()
    {
        var desk = new Desk(Street);
        var report = desk.Receive("7");
        desk.Do(new WhistleReport(report, Story.ABlow()), TestCity.Street);

        desk.Apply(ReportDesk.Answered(desk.State, desk[report], null, "grid-full", desk.Now));

        desk[report].Whistling.ShouldBeNull();
        desk.Do(new MergeReport(report, Whistle), TestCity.Street).Last.Stage.ShouldBe(ReportStage.Merged);
    }

    [Fact]
    public void What_nobody_could_place_is_placed_by_the_command_centre_and_then_decided_by_the_subdistrict()
    {
        var desk = new Desk(District);
        var report = desk.Receive("7", grid: null);
        desk.Refused(new WhistleReport(report, Story.ABlow()), TestCity.Street).ShouldBe("not-your-report");
        desk.Refused(new PlaceReport(report, TestCity.Home, null), TestCity.Street).ShouldBe("not-your-report");
        desk.Refused(new PlaceReport(report, TestCity.Home, null), TestCity.FarCommand).ShouldBe("not-your-report");
        desk.Refused(new PlaceReport(report, TestCity.Far, null), TestCity.Command).ShouldBe("grid-of-another-district");
        desk.Refused(new PlaceReport(report, GridCode.Parse("1"), null), TestCity.Command).ShouldBe("unknown-grid");
        desk.Refused(new PlaceReport(report, TestCity.Home, new Position(116.415, 39.905, Datum.Wgs84)), TestCity.Command).ShouldBe("place-outside-grid");

        desk.Do(new PlaceReport(report, TestCity.Home, new Position(116.405, 39.905, Datum.Wgs84)), TestCity.Command);

        desk[report].Stage.ShouldBe(ReportStage.Placed);
        desk[report].Place.ShouldBe(TestCity.Inside);
        desk.Refused(new DismissReport(report, "x"), TestCity.OtherStreet).ShouldBe("not-your-report");
        desk.Refused(new WhistleReport(report, Story.ABlow()), TestCity.Command).ShouldBe("not-your-report");
        desk.Do(new WhistleReport(report, Story.ABlow()), TestCity.Street);
    }

    [Fact]
    public void What_has_no_district_yet_may_be_placed_by_any_command_centre_in_its_own_district()
    {
        var desk = new Desk(DeskCode.City);
        var report = desk.Receive("7", grid: null);

        desk.Refused(new PlaceReport(report, TestCity.Home, null), TestCity.FarCommand).ShouldBe("grid-of-another-district");
        desk.Do(new PlaceReport(report, TestCity.Far, null), TestCity.FarCommand);
        ReportDesk.DeciderOf(report, desk[report].Grid, TestCity.Pack).ShouldBe(TestCity.Jianwai);
        desk.Refused(new PlaceReport(report, TestCity.Home, null), TestCity.Command).ShouldBe("not-your-report");
    }

    [Fact]
    public void A_subdistrict_places_in_its_own_grids_and_pushes_nothing_to_its_neighbours()
    {
        var desk = new Desk(Street);
        var report = desk.Receive("7", grid: null);
        desk.Refused(new WhistleReport(report, Story.ABlow()), TestCity.Street).ShouldBe("report-not-placed");
        desk.Refused(new PlaceReport(report, TestCity.Other, null), TestCity.Street).ShouldBe("not-your-grid");

        desk.Do(new PlaceReport(report, TestCity.Next, null), TestCity.Street);
        desk.Try(new PlaceReport(report, TestCity.Next, null), TestCity.Street).ShouldBe(new ReportDecision.Unchanged(report));
        desk.Do(new PlaceReport(report, TestCity.Other, null), TestCity.Command);
        desk.Refused(new DismissReport(report, "x"), TestCity.Street).ShouldBe("not-your-report");
        desk.Do(new DismissReport(report, "不属实"), TestCity.OtherStreet);
    }

    [Fact]
    public void Who_only_looks_on_sends_nothing_and_what_never_came_is_unknown()
    {
        var desk = new Desk(Street);

        desk.Refused(new ReceiveReport(Content("7")), TestCity.Wall).ShouldBe("observer-reports-nothing");
        desk.Refused(new DismissReport(new ReportId(Street, 99), "x"), TestCity.Street).ShouldBe("unknown-report");
    }

    [Fact]
    public void A_desk_that_is_full_takes_no_more_until_something_is_decided()
    {
        var desk = new Desk(Street);
        var first = desk.Receive("0");
        for (var i = 1; i < ReportDeskState.MostOpen; i++)
            desk.Receive(i.ToString("0", null));
        desk.Refused(new ReceiveReport(Content("more")), Patrol).ShouldBe("report-desk-full");

        desk.Do(new DismissReport(first, "x"), TestCity.Street);
        desk.Receive("more");
    }

    [Theory]
    [InlineData("street", true)]
    [InlineData("command", true)]
    [InlineData("dispatcher-urban-110101", true)]
    [InlineData("other-street", false)]
    [InlineData("far-command", false)]
    [InlineData("dispatcher-water-110101", false)]
    [InlineData("wall", false)]
    public void It_is_read_by_who_decides_the_command_centre_and_the_source(string person, bool may)
    {
        var reader = new[] { TestCity.Street, TestCity.Command, Patrol, TestCity.OtherStreet, TestCity.FarCommand, TestCity.Dispatcher(TestCity.Water), TestCity.Wall }
            .Single(officer => officer.Person.Text == person);

        ReportDesk.MayRead(reader, new ReportId(Street, 1), TestCity.Home, Patrol.Organisation, TestCity.Pack).ShouldBe(may);
    }

    [Fact]
    public void The_desk_keeps_neither_callers_nor_long_texts_in_mind()
    {
        var desk = new Desk(Street);
        desk.Receive("7");

        System.Text.Json.JsonSerializer.Serialize(desk.State.Open.Values).ShouldNotContain("13800138000");
        System.Text.Json.JsonSerializer.Serialize(desk.State.Open.Values).ShouldNotContain("long");
    }

    [Fact]
    public void Every_refusal_says_in_both_languages_what_was_wrong_and_what_would_be_right()
    {
        var all = typeof(ReportRefusals).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(Refusal))
            .Select(method => (Refusal)method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(string) ? "x" : Activator.CreateInstance(parameter.ParameterType)!)])!)
            .ToList();
        all.Select(refusal => refusal.Code).ShouldBeUnique();
        foreach (var text in all.SelectMany(refusal => new[] { refusal.Detail, refusal.Remedy }))
        {
            text.Zh.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF);
            text.Zh.ShouldEndWith("。");
            text.En.ShouldAllBe(c => c < 128);
            text.En.ShouldEndWith(".");
        }
    }

    [Theory]
    [InlineData("110101001-1", true)]
    [InlineData("city-12", true)]
    [InlineData("110101001-01", false)]
    [InlineData("110101001", false)]
    [InlineData("-1", false)]
    [InlineData("a/b-1", false)]
    [InlineData(null, false)]
    public void An_id_is_a_desk_and_a_number(string? text, bool valid) => ReportId.TryParse(text, out _).ShouldBe(valid);

    private static ReportContent Content(string number, ReportSource source = ReportSource.Hotline, GridCode? grid = null) =>
        new(source, number, "井盖冒水", "a long text", null, TestCity.BurstMain, grid, null, null, new Caller("赵六", "13800138000"));

    private sealed class Desk(DeskCode code)
    {
        public ReportDeskState State { get; private set; } = ReportDeskState.Empty(code);

        public DateTimeOffset Now { get; } = TestCity.Morning;

        public Report Last { get; private set; } = null!;

        public Report this[ReportId id] => State.Open[id];

        public ReportId Receive(string number, ReportSource source = ReportSource.Hotline) => Receive(number, TestCity.Home, source);

        public ReportId Receive(string number, GridCode? grid) => Receive(number, grid, ReportSource.Hotline);

        public ReportDecision Try(ReportCommand command, Officer by) => ReportDesk.Decide(State, new ReportOrder(command, by), TestCity.Pack, Now);

        public Desk Do(ReportCommand command, Officer by)
        {
            var decision = Try(command, by);
            Apply(decision.ShouldBeOfType<ReportDecision.Accepted>((decision as ReportDecision.Refused)?.Refusal.ToString()).Event);
            return this;
        }

        public string Refused(ReportCommand command, Officer by) => Try(command, by).ShouldBeOfType<ReportDecision.Refused>().Refusal.Code;

        public void Apply(ReportEvent happened)
        {
            Last = ReportDesk.Apply(State.Open.GetValueOrDefault(happened.Report), happened);
            State = ReportDesk.Apply(State, happened);
        }

        private ReportId Receive(string number, GridCode? grid, ReportSource source) =>
            Do(new ReceiveReport(Content(number, source, grid)), Patrol).Last.Id;
    }
}
