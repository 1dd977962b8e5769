using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Deadlines;

public sealed class DeadlineTableTests
{
    private static readonly MatterCode BurstMain = MatterCode.Parse("20402");
    private static readonly MatterCode Pothole = MatterCode.Parse("20110");

    private static readonly DeadlineTable Table = new(
    [
        Rule(Clock.Sign, 60),
        Rule(Clock.CheckIn, 240),
        Rule(Clock.CheckIn, 200, kind: DepartmentKind.Enterprise),
        Rule(Clock.CheckIn, 120, WhistleLevel.Campaign),
        Rule(Clock.CheckIn, 45, matter: BurstMain),
        Rule(Clock.CheckIn, 30, WhistleLevel.Emergency, kind: DepartmentKind.Enterprise),
        Rule(Clock.CheckIn, 15, WhistleLevel.Emergency, BurstMain, DepartmentKind.Enterprise),
    ]);

    private static DeadlineRule Rule(Clock clock, int minutes, WhistleLevel? level = null, MatterCode? matter = null, DepartmentKind? kind = null) =>
        new(clock, level, matter, kind, new TimeLimit(minutes, TimeUnit.Minutes));

    [Theory]
    [InlineData(WhistleLevel.Daily, "20110", DepartmentKind.Bureau, 240)]
    [InlineData(WhistleLevel.Daily, "20110", DepartmentKind.Enterprise, 200)]
    [InlineData(WhistleLevel.Campaign, "20110", DepartmentKind.Enterprise, 120)]
    [InlineData(WhistleLevel.Campaign, "20402", DepartmentKind.Enterprise, 45)]
    [InlineData(WhistleLevel.Emergency, "20110", DepartmentKind.Enterprise, 30)]
    [InlineData(WhistleLevel.Emergency, "20402", DepartmentKind.Enterprise, 15)]
    [InlineData(WhistleLevel.Emergency, "20402", DepartmentKind.Bureau, 45)]
    public void The_line_with_the_most_conditions_wins_then_matter_over_level_over_kind(WhistleLevel level, string matter, DepartmentKind kind, int minutes) =>
        Table.LimitFor(Clock.CheckIn, level, MatterCode.Parse(matter), kind).ShouldBe(new TimeLimit(minutes, TimeUnit.Minutes));

    [Fact]
    public void The_clocks_do_not_mix() => Table.LimitFor(Clock.Sign, WhistleLevel.Emergency, BurstMain, DepartmentKind.Enterprise).Amount.ShouldBe(60);

    [Fact]
    public void Of_equal_lines_the_earlier_wins()
    {
        var table = new DeadlineTable([Rule(Clock.Sign, 10), Rule(Clock.Sign, 20)]);
        table.LimitFor(Clock.Sign, WhistleLevel.Daily, Pothole, DepartmentKind.Bureau).Amount.ShouldBe(10);
    }

    [Fact]
    public void Two_conditions_beat_the_weightiest_single_one()
    {
        var table = new DeadlineTable([Rule(Clock.Sign, 10, matter: Pothole), Rule(Clock.Sign, 20, WhistleLevel.Daily, kind: DepartmentKind.Bureau)]);
        table.LimitFor(Clock.Sign, WhistleLevel.Daily, Pothole, DepartmentKind.Bureau).Amount.ShouldBe(20);
    }
}
