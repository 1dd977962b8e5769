using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed partial class RefusalTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);

    private static Dictionary<string, Func<Refusal>> OfClocks => new()
    {
        ["already-contacted"] = () => On(Blown().Contact(TestCity.Water),
            s => s.Refused(new ContactInitiator(s.Id, TestCity.Water, null), TestCity.CrewOf(TestCity.Water))),
        ["too-many-measures"] = () => On(Blown().CheckIn(TestCity.Water), s =>
        {
            for (var i = 0; i < 20; i++)
                s.Measure(TestCity.Water);
            return s.Refused(new RecordMeasure(s.Id, TestCity.Water, "x", null), TestCity.CrewOf(TestCity.Water));
        }),
        ["report-already-filed"] = () => On(Blown().CheckIn(TestCity.Water).FileReport(TestCity.Water),
            s => s.Refused(new FileReport(s.Id, TestCity.Water, "x"), TestCity.Dispatcher(TestCity.Water))),
        ["reports-missing"] = () => On(Story.OfSixClocks().Blow(WhistleLevel.Campaign).FinishAll(), s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Street)),
        ["clock-not-running"] = () => On(Blown(), s => s.Refused(AskFor(s, Clock.Disposal, s.Now.AddDays(1)), TestCity.Dispatcher(TestCity.Water))),
        ["extension-already-requested"] = () => On(Blown().AskExtension(TestCity.Water, Clock.CheckIn, TestCity.Morning.AddHours(5)),
            s => s.Refused(AskFor(s, Clock.Sign, s.Now.AddHours(5)), TestCity.Dispatcher(TestCity.Water))),
        ["no-extension-requested"] = () => On(Blown(), s => s.Refused(new ApproveExtension(s.Id, TestCity.Water), TestCity.Street)),
        ["extension-not-later"] = () => On(Blown(), s => s.Refused(AskFor(s, Clock.CheckIn, s.Now.AddHours(2)), TestCity.Dispatcher(TestCity.Water))),
        ["too-many-delays"] = () => On(Blown(), s =>
        {
            for (var i = 1; i <= 6; i++)
                s.AskExtension(TestCity.Water, Clock.CheckIn, s.Now.AddHours(2 + i)).Extend(TestCity.Water);
            return s.Refused(AskFor(s, Clock.CheckIn, s.Now.AddDays(1)), TestCity.Dispatcher(TestCity.Water));
        }),
        ["date-too-far"] = () => On(Blown(), s => s.Refused(AskFor(s, Clock.CheckIn, DateTimeOffset.MaxValue.AddDays(-1)), TestCity.Dispatcher(TestCity.Water))),
        ["suspension-already-requested"] = () => On(Blown().AskSuspension(TestCity.Water, Today),
            s => s.Refused(new RequestSuspension(s.Id, TestCity.Water, Today, "x"), TestCity.Dispatcher(TestCity.Water))),
        ["no-suspension-requested"] = () => On(Blown(), s => s.Refused(new RefuseSuspension(s.Id, TestCity.Water, "x"), TestCity.Street)),
        ["summons-suspended"] = () => On(Blown().Suspend(TestCity.Water, Today),
            s => s.Refused(new RequestSuspension(s.Id, TestCity.Water, Today, "x"), TestCity.Dispatcher(TestCity.Water))),
        ["not-suspended"] = () => On(Blown(), s => s.Refused(new EndSuspension(s.Id, TestCity.Water, null), TestCity.Street)),
        ["suspension-date-past"] = () => On(Blown(),
            s => s.Refused(new RequestSuspension(s.Id, TestCity.Water, Today.AddDays(-1), "x"), TestCity.Dispatcher(TestCity.Water))),
    };

    private static Dictionary<string, Func<Refusal>> OfLedger => new()
    {
        ["no-ledger-entry"] = () => On(Blown(), s => s.Refused(new CompleteLedger(s.Id, TestCity.Water, "x"), TestCity.Dispatcher(TestCity.Water))),
        ["ledger-not-done"] = () => On(Ledgered().After(TimeSpan.FromDays(2)).Alarm(), s => s.Refused(s.AResult(TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
        ["unknown-milestone"] = () => On(Ledgered(), s => s.Refused(new ReportMilestone(s.Id, TestCity.Water, 2, "x"), TestCity.Dispatcher(TestCity.Water))),
        ["milestone-already-reached"] = () => On(Ledgered().Do(Reach(Ledgered()), TestCity.Dispatcher(TestCity.Water)),
            s => s.Refused(Reach(s), TestCity.Dispatcher(TestCity.Water))),
        ["completion-already-reported"] = () => On(Ledgered().Complete(TestCity.Water),
            s => s.Refused(new CompleteLedger(s.Id, TestCity.Water, "x"), TestCity.Dispatcher(TestCity.Water))),
        ["no-completion"] = () => On(Ledgered(), s => s.Refused(new ConfirmLedger(s.Id, TestCity.Water), TestCity.Street)),
        ["ledger-day-not-later"] = () => On(Ledgered(),
            s => s.Refused(new RequestLedgerExtension(s.Id, TestCity.Water, Today.AddDays(1), "x"), TestCity.Dispatcher(TestCity.Water))),
    };

    private static RequestExtension AskFor(Story story, Clock clock, DateTimeOffset until) => new(story.Id, TestCity.Water, clock, until, "x");

    private static ReportMilestone Reach(Story story) => new(story.Id, TestCity.Water, 1, "x");

    // Due tomorrow, with one milestone on that day.
    private static Story Ledgered() => Blown().LedgerWater(Today.AddDays(1), new Milestone(Today.AddDays(1), "进场"));
}
