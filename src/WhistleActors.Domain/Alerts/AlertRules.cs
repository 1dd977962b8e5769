using System.Collections.Immutable;
using System.Globalization;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>
/// What time does to a department's alerts: they climb the chain of command until someone signs, and each person on it is told of all that
/// waits in one notice. Pure.
/// </summary>
public static class AlertRules
{
    /// <summary>How often a notice is tried before it becomes a dead letter.</summary>
    public const int MostAttempts = 8;

    // Consoles show a summons at once. Whoever is told elsewhere is told a quarter of a second later, of all that came meanwhile; and what is
    // signed by then, as in a drill or by a machine, need not ring anybody.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    // The real thing first: nobody is to read of both in one notice, or to hear of the real later because of an exercise.
    private static readonly ImmutableArray<bool> RealAndExercise = [false, true];

    /// <summary>What is due by now: steps up the chain, notices to people, and notices that are tried again.</summary>
    public static ImmutableArray<AlertEvent> PassTime(DepartmentAlerts alerts, AlertContext context, DateTimeOffset now) =>
        PassTime(alerts, alerts.Open.Keys, context, now);

    /// <summary>The same, for whoever knows which alerts may have a step due, so that it need not look at all.</summary>
    public static ImmutableArray<AlertEvent> PassTime(DepartmentAlerts alerts, IEnumerable<WhistleId> climbing, AlertContext context, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<AlertEvent>();
        var steps = StepsDue(alerts, climbing, context, now).ToImmutableArray();
        if (!steps.IsEmpty)
            Note(new AlertStepsTaken(now, steps));
        foreach (var (person, told) in alerts.People.OrderBy(entry => entry.Key.Text, StringComparer.Ordinal))
        {
            foreach (var exercise in RealAndExercise)
            {
                if (NoticeDue(alerts, person, told, exercise, context, now) is { } due && due <= now)
                    NoteAll(NoticesTo(alerts, person, told, exercise, context, now));
            }
        }

        foreach (var pending in alerts.Pending.Values.Where(pending => pending.RetryAt <= now).OrderBy(pending => pending.Notice.Id, StringComparer.Ordinal))
        {
            Note(pending.Revived || pending.Notice.Alerts.Any(alerts.IsOpen)
                ? new NoticeSent(now, pending.Notice, pending.Attempt + 1)
                : new NoticeAnswered(now, pending.Notice.Id, pending.Attempt, NoticeResult.Overtaken, "", null));
        }

        return events.ToImmutable();

        void Note(AlertEvent happened)
        {
            events.Add(happened);
            alerts = AlertFold.Apply(alerts, happened);
        }

        void NoteAll(IEnumerable<AlertEvent> all)
        {
            foreach (var happened in all.ToList())
                Note(happened);
        }
    }

    /// <summary>What an answer to an attempt changes; nothing when it was known, or is about an earlier attempt.</summary>
    public static ImmutableArray<AlertEvent> Answer(DepartmentAlerts alerts, string notice, int attempt, NoticeResult result, string detail, DateTimeOffset now)
    {
        if (!alerts.Pending.TryGetValue(notice, out var pending) || pending.Attempt != attempt || pending.RetryAt is not null)
            return [];
        if (result == NoticeResult.Failed && attempt % MostAttempts == 0)
            result = NoticeResult.GivenUp;
        var answered = new NoticeAnswered(now, notice, attempt, result, detail, result == NoticeResult.Failed ? now + PauseAfter(notice, attempt) : null);
        return result == NoticeResult.Gone && pending.Notice.Contact.Channel == AlertChannel.WebPush
            ? [answered, new PushUnsubscribed(now, null, pending.Notice.Person, pending.Notice.Contact.Address)]
            : [answered];
    }

    /// <summary>When time next does something; null when it does not.</summary>
    public static DateTimeOffset? NextDue(DepartmentAlerts alerts, AlertContext context, DateTimeOffset now) =>
        alerts.Open.Values.Select(alert => StepDue(alert, alert.StepsTaken, context)).Append(NextNoticeDue(alerts, context, now)).Min();

    /// <summary>When somebody is to be told next, or told again; null when nobody is.</summary>
    public static DateTimeOffset? NextNoticeDue(DepartmentAlerts alerts, AlertContext context, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var (person, told) in alerts.People)
        {
            foreach (var exercise in RealAndExercise)
                Take(NoticeDue(alerts, person, told, exercise, context, now));
        }

        foreach (var pending in alerts.Pending.Values)
            Take(pending.RetryAt);
        return next;

        void Take(DateTimeOffset? due) => next = due < next || next is null ? due ?? next : next;
    }

    /// <summary>When an alert takes a step; null when its chain has no such step.</summary>
    public static DateTimeOffset? StepDue(OpenAlert alert, int step, AlertContext context) => context.Plan.DueAt(alert, step) + Gather;

    private static IEnumerable<StepTaken> StepsDue(DepartmentAlerts alerts, IEnumerable<WhistleId> climbing, AlertContext context, DateTimeOffset now)
    {
        var onDuty = new Dictionary<ChainRank, Shift?>();
        var due = climbing.Select(whistle => (Whistle: whistle, Alert: alerts.Open[whistle])).Where(open => StepDue(open.Alert, open.Alert.StepsTaken, context) <= now);
        foreach (var (whistle, alert) in due.OrderBy(open => open.Alert.Since).ThenBy(open => open.Whistle.Text, StringComparer.Ordinal))
        {
            for (var step = alert.StepsTaken; StepDue(alert, step, context) is { } at && at <= now; step++)
            {
                var rank = context.Plan.StepsFor(alert.Level)[step].Rank;
                if (!onDuty.TryGetValue(rank, out var shift))
                    onDuty[rank] = shift = alerts.Roster.At(rank, now, context.Calendar);
                yield return new StepTaken(
                    whistle,
                    alert.Cause,
                    step,
                    rank,
                    shift?.Person,
                    shift?.Name,
                    shift is not null && Ways(alerts, shift.Person, alert.Level == WhistleLevel.Emergency, now).Any(),
                    alert.Round);
            }
        }
    }

    // At once the first time, and then calmly; an emergency waits for no other notice, and for no quiet hours.
    private static DateTimeOffset? NoticeDue(DepartmentAlerts alerts, PersonId person, ToldPerson told, bool exercise, AlertContext context, DateTimeOffset now)
    {
        var waiting = false;
        foreach (var alert in alerts.StillWaiting(told, exercise))
        {
            waiting = true;
            if (alerts.Open[alert.Whistle].Level == WhistleLevel.Emergency)
                return Ways(alerts, person, true, now).Any() ? Later((exercise ? told.LastExerciseAt : told.LastEmergencyAt) + context.Plan.CalmFor, now) : null;
        }

        return waiting && Ways(alerts, person, false, now).Any()
            ? RulesOf(alerts, person).NotBefore(Later((exercise ? told.LastExerciseAt : told.LastAt) + context.Plan.CalmFor, now), context.Calendar)
            : null;
    }

    private static NotificationRules RulesOf(DepartmentAlerts alerts, PersonId person) => alerts.Rules.GetValueOrDefault(person, NotificationRules.None);

    private static IEnumerable<AlertContact> Ways(DepartmentAlerts alerts, PersonId person, bool emergency, DateTimeOffset now) =>
        alerts.ContactsOf(person, now).Where(contact => emergency || RulesOf(alerts, person).Allows(contact.Channel));

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static IEnumerable<AlertEvent> NoticesTo(DepartmentAlerts alerts, PersonId person, ToldPerson told, bool exercise, AlertContext context, DateTimeOffset now)
    {
        ImmutableArray<NoticedAlert> about = [.. alerts.StillWaiting(told, exercise)];
        var emergency = about.Any(alert => alerts.Open[alert.Whistle].Level == WhistleLevel.Emergency);
        var unsigned = alerts.Open.Values.Count(alert => alert.Cause == AlertCause.Unsigned && (alert.Exercise == true) == exercise);
        var number = alerts.Notices;
        foreach (var contact in Ways(alerts, person, emergency, now))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{context.Department}-{++number}");
            yield return new NoticeSent(now, new AlertNotice(id, context.Department, person, told.Name, contact, about, unsigned, emergency, exercise ? true : null), 1);
        }
    }

    // The share of chance keeps many notices that failed together from coming back together; it follows from the id, so that rules stay pure.
    private static TimeSpan PauseAfter(string notice, int attempt)
    {
        var grown = FirstPause * Math.Pow(2, (attempt - 1) % MostAttempts);
        var share = notice.Aggregate(17u, (hash, c) => (hash * 31) + c) % 1_000 / 2_000d;
        return (grown < LongestPause ? grown : LongestPause) * (0.5 + share);
    }
}

/// <summary>What the rules of alerts need to know besides a department's state.</summary>
public sealed record AlertContext(DepartmentCode Department, CityPack Pack)
{
    internal AlertPlan Plan => Pack.Alerts;

    internal WorkingCalendar Calendar => Pack.Calendar;

    /// <summary>The district that a whistle was blown in; null when the city has no such grid.</summary>
    internal DistrictCode? DistrictOf(WhistleId whistle) =>
        Pack.Territory.Grids.GetValueOrDefault(whistle.Grid) is { } grid ? Pack.Territory.Subdistricts.GetValueOrDefault(grid.Subdistrict)?.District : null;
}
