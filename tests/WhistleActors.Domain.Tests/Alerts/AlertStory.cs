using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Tests.Alerts;

/// <summary>The alerts of the water company, told from one moment to the next.</summary>
internal sealed class AlertStory
{
    public static readonly AlertContact Mail = new(AlertChannel.Email, "duty@example.org");
    public static readonly AlertContact Phone = new(AlertChannel.Sms, "+8613800000000");

    public static readonly AlertContext Context = new(TestCity.Water, TestCity.Pack);

    private DepartmentState state = DepartmentFold.Apply(
        DepartmentState.Empty(TestCity.Water), new SummonsOver(new WhistleId(TestCity.Home, 999), TestCity.Morning, 1));

    public DateTimeOffset Now { get; private set; } = TestCity.Morning;

    public DepartmentAlerts Alerts => state.Alerts!;

    public List<AlertEvent> Events { get; } = [];

    public IEnumerable<StepTaken> Steps => Events.OfType<AlertStepsTaken>().SelectMany(taken => taken.Steps);

    public IEnumerable<NoticeSent> Notices => Events.OfType<NoticeSent>();

    public static WhistleId Id(int number) => new(TestCity.Home, number);

    public static Shift Shift(string person, ChainRank rank, int fromHour = 0, int toHour = 24, ShiftKind kind = ShiftKind.Regular, params ImmutableArray<AlertContact> contacts)
    {
        var midnight = new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.FromHours(8));
        return new Shift(PersonId.Parse(person), person, rank, midnight.AddHours(fromHour), midnight.AddHours(toHour), kind, contacts);
    }

    /// <summary>Everybody of the chain is on the roster all day, each with one address.</summary>
    public AlertStory Staffed() => Roster(
        Shift("an", ChainRank.OnDuty, contacts: Phone),
        Shift("bo", ChainRank.Deputy, contacts: Phone),
        Shift("chen", ChainRank.Head, contacts: Phone),
        Shift("district", ChainRank.DistrictCommand, contacts: Mail));

    public AlertStory Roster(params ImmutableArray<Shift> shifts)
    {
        var midnight = new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.FromHours(8));
        return Order(new ReplaceRoster(midnight, midnight.AddDays(10), shifts));
    }

    public AlertStory Hear(int whistle, SummonsState news, WhistleLevel level = WhistleLevel.Daily, bool owes = true, int? round = null, bool? exercise = null)
    {
        var known = state.Heard(Id(whistle));
        var held = new HeldSummons(known + 1, DutyRole.Lead, level, news, null, null, null, null, owes, Committed: owes && news == SummonsState.Departed, Round: round, Exercise: exercise);
        if (DepartmentRules.Hear(state, Id(whistle), held, Now) is { } heard)
            state = DepartmentFold.Apply(state, heard);
        return this;
    }

    /// <summary>Lets time pass as an alarm does: it rings whenever something is due.</summary>
    public AlertStory After(TimeSpan time)
    {
        var until = Now + time;
        while (AlertRules.NextDue(Alerts, Context, Now) is { } due && due <= until)
        {
            Now = due > Now ? due : Now;
            var passed = AlertRules.PassTime(Alerts, Context, Now);
            passed.ShouldNotBeEmpty("the alarm rang and nothing was due: it would ring for ever");
            var climbing = Alerts.Open.Where(open => AlertRules.StepDue(open.Value, open.Value.StepsTaken, Context) <= Now).Select(open => open.Key);
            Told(AlertRules.PassTime(Alerts, climbing, Context, Now)).ShouldBe(Told(passed), "to look only where a step is due misses something");
            Note(passed);
        }

        Now = until;
        return this;
    }

    public AlertStory Minutes(double minutes) => After(TimeSpan.FromMinutes(minutes));

    public AlertStory Answer(NoticeResult result, string detail = "")
    {
        var (id, attempt) = Notices.Select(sent => (sent.Notice.Id, sent.Attempt)).Last();
        Note(AlertRules.Answer(Alerts, id, attempt, result, detail, Now));
        return this;
    }

    public AlertStory Order(AlertCommand command, Officer? by = null)
    {
        var (events, refusal) = AlertOrderRules.Decide(Alerts, Context, new AlertOrder(command, by ?? TestCity.Dispatcher(TestCity.Water)), Now);
        refusal.ShouldBeNull();
        Note(events);
        return this;
    }

    public Refusal Refused(AlertCommand command, Officer? by = null)
    {
        var (events, refusal) = AlertOrderRules.Decide(Alerts, Context, new AlertOrder(command, by ?? TestCity.Dispatcher(TestCity.Water)), Now);
        events.ShouldBeEmpty();
        return refusal.ShouldNotBeNull();
    }

    private static IEnumerable<string> Told(IEnumerable<AlertEvent> events) => events.Select(happened => happened switch
    {
        AlertStepsTaken taken => string.Join(", ", taken.Steps),
        NoticeSent sent => $"{sent.Notice.Id} {sent.Attempt}: {string.Join(", ", sent.Notice.Alerts)}",
        var other => other.ToString(),
    });

    private void Note(ImmutableArray<AlertEvent> happened)
    {
        foreach (var one in happened)
            state = DepartmentFold.Apply(state, one);
        Events.AddRange(happened);
    }
}
