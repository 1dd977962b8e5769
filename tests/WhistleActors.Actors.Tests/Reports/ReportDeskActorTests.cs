using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Reports;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Reports;

public sealed class ReportDeskActorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly DeskCode Desk = DeskCode.Parse(ExampleCity.OldTown.Text);
    private static readonly WhistleId Whistle = new(ExampleCity.Belfry, 7);
    private static readonly Pace Quick = Pace.Normal with { RepeatNewsAfter = TimeSpan.FromMilliseconds(150), GridIdleAfter = TimeSpan.FromMilliseconds(200) };

    /// <summary>An answer that comes later than an order is repeated is heard by nobody: where a test plays the grid it has this long.</summary>
    private static readonly Pace WithTimeToAnswer = Quick with { RepeatNewsAfter = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task A_report_is_answered_when_it_is_stored_and_is_there_after_a_restart()
    {
        await using var box = new ActorBox();
        var received = await ReceiveAsync(box.Desk(Desk));
        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(1);
        await box.RestartAsync();

        var desk = box.Desk(Desk);

        (await ReceiveAsync(desk)).ShouldBe(new ReportAccepted(received.Report, received.Id, Changed: false));
        (await desk.Ask<DeskAnswer>(new AskDesk(Desk), Patience)).Open.ShouldBe([received.Report!]);
        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(1);
    }

    [Fact]
    public async Task The_grid_is_ordered_to_blow_the_whistle_in_the_name_of_the_officer_and_the_case_is_told_of_the_report()
    {
        await using var box = new ActorBox();
        var desk = box.Desk(Desk);
        var report = (await ReceiveAsync(desk)).Id;

        var answer = WhistleAsync(desk, report);
        var order = await OrderAsync(box);
        order.Order.Command.ShouldBeOfType<BlowWhistle>();
        order.Order.By.ShouldBe(ExampleCity.Street);
        order.Order.Key!.Key.ShouldBe($"report-{report}");
        box.Grids.Reply(new OrderAccepted(Whistle, 1, []));

        (await answer).ShouldBeOfType<ReportAccepted>().Report!.Ending!.Whistle.ShouldBe(Whistle);
        (await OrderAsync(box)).Order.Command.ShouldBe(new RecordMatter(Whistle, new RecordedMatter("井盖冒水", "Hotline 7", report.Text)));
    }

    [Fact]
    public async Task An_order_that_was_under_way_when_everything_died_is_given_again_under_the_same_key()
    {
        await using var box = new ActorBox(pace: WithTimeToAnswer);
        var desk = box.Desk(Desk);
        var report = (await ReceiveAsync(desk)).Id;
        _ = WhistleAsync(desk, report);
        var before = await OrderAsync(box);
        await box.RestartAsync();

        desk = box.Desk(Desk);
        var again = await OrderAsync(box);
        box.Grids.Reply(new OrderRepeated(Whistle, 1));

        again.Order.Key.ShouldBe(before.Order.Key);
        await Eventually.TrueAsync(async () => (await desk.Ask<DeskAnswer>(new AskDesk(Desk), Patience)).Open.Count == 0);
        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(3);
    }

    [Fact]
    public async Task A_grid_that_does_not_answer_is_asked_again_and_a_refusal_reaches_whoever_waits()
    {
        await using var box = new ActorBox(pace: WithTimeToAnswer);
        var desk = box.Desk(Desk);
        var report = (await ReceiveAsync(desk)).Id;
        var answer = WhistleAsync(desk, report);
        await OrderAsync(box);
        box.Grids.Reply(new OrderNotStored("disk full"));
        await OrderAsync(box);

        box.Grids.Reply(new OrderRefused(Domain.Refusals.Refuse.GridFull(200)));

        (await answer).ShouldBeOfType<ReportRefused>().Refusal.Code.ShouldBe("grid-full");
        (await desk.Ask<DeskAnswer>(new AskDesk(Desk), Patience)).Open.ShouldHaveSingleItem().Whistling.ShouldBeNull();
    }

    [Fact]
    public async Task A_desk_leaves_memory_when_nothing_is_under_way()
    {
        await using var box = new ActorBox(pace: Quick);
        await ReceiveAsync(box.Desk(Desk));

        (await box.Parents.ReceiveAsync(Patience)).ShouldNotBeNull();
    }

    private static async Task<ReportAccepted> ReceiveAsync(IActorRef desk)
    {
        var content = new ReportContent(ReportSource.Hotline, "7", "井盖冒水", "主街", null, ExampleCity.BurstMain, ExampleCity.Belfry, null, null, null);
        return (await desk.Ask<IReportAnswer>(new GiveReportOrder(Desk, new ReportOrder(new ReceiveReport(content), ExampleCity.Street)), Patience)).ShouldBeOfType<ReportAccepted>();
    }

    private static Task<IReportAnswer> WhistleAsync(IActorRef desk, ReportId report) => desk.Ask<IReportAnswer>(
        new GiveReportOrder(Desk, new ReportOrder(new WhistleReport(report, (BlowWhistle)Orders.Blow().Command), ExampleCity.Street)), Patience);

    private static async Task<GiveOrder> OrderAsync(ActorBox box) => (await box.Grids.ReceiveAsync(Patience)).ShouldBeOfType<GiveOrder>();
}
