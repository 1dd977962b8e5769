using System.Collections.Concurrent;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Ledgers;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Load;

/// <summary>Writes each command down and counts what becomes of it. Thread-safe.</summary>
internal sealed class LoadMeter(LedgerFile ledger, Timeline timeline) : ICommandWatch
{
    /// <summary>A command that is sent later than this after it was meant to be counts as behind.</summary>
    public static readonly TimeSpan InTime = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(string Code, Level Level, bool IsFinal), int> refusals = new();
    private readonly ConcurrentDictionary<string, DepartmentTimes> departments = new();
    private readonly ConcurrentDictionary<Level, int> notSent = new();
    private int due;
    private int behind;
    private long longestBehind;

    /// <summary>Whistles that were meant to be blown so far.</summary>
    public int Due => Volatile.Read(ref due);

    /// <summary>Commands that this machine sent late.</summary>
    public int Behind => Volatile.Read(ref behind);

    public TimeSpan LongestBehind => new(Interlocked.Read(ref longestBehind));

    public int NotSentInAll => notSent.Values.Sum();

    public IReadOnlyList<(Level Level, int Count)> NotSentByLevel => [.. notSent.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))];

    public IReadOnlyList<(string Code, Level Level, bool IsFinal, int Count)> Refusals =>
        [.. refusals.OrderByDescending(entry => entry.Value).Select(entry => (entry.Key.Code, entry.Key.Level, entry.Key.IsFinal, entry.Value))];

    public IReadOnlyCollection<DepartmentTimes> Departments => [.. departments.Values];

    public Timeline Timeline => timeline;

    /// <summary>A whistle's time has come, or came a while ago.</summary>
    public void WhistleDue(TimeSpan ago)
    {
        Interlocked.Increment(ref due);
        timeline.Due(ago);
    }

    /// <summary>It is not sent: as many lives go on as this machine is to hold.</summary>
    public void NotSent(Level level)
    {
        notSent.AddOrUpdate(level, 1, (_, count) => count + 1);
        timeline.NotSent();
    }

    public void Sending(Errand errand, TimeSpan late)
    {
        ledger.Sent(errand);
        if (late <= InTime)
            return;
        Interlocked.Increment(ref behind);
        for (var longest = Interlocked.Read(ref longestBehind); late.Ticks > longest;)
            longest = Interlocked.CompareExchange(ref longestBehind, late.Ticks, longest) is var seen && seen == longest ? late.Ticks : seen;
    }

    public void Accepted(Errand errand, WhistleView answer, TimeSpan took)
    {
        ledger.Accepted(errand, answer);
        timeline.Accepted(took, errand.Kind == CommandKind.Blow);
        if (errand.Kind == CommandKind.Blow)
        {
            foreach (var summons in answer.Summonses.Where(summons => summons.Role != DutyRole.Notified))
                Of(summons.Department).Summoned();
        }
        else if (errand.Kind == CommandKind.CheckIn && answer.Summonses.FirstOrDefault(summons => summons.Department == errand.Department)?.CheckedIn is { } checkIn)
        {
            Of(errand.Department!).CheckedIn(checkIn.At - answer.BlownAt, checkIn.Late);
        }
    }

    public void Refused(Errand errand, string code, bool isFinal)
    {
        if (isFinal)
            ledger.Refused(errand, code);
        refusals.AddOrUpdate((code, errand.Level, isFinal), 1, (_, count) => count + 1);
        timeline.Refused(code);
    }

    private DepartmentTimes Of(string department) => departments.GetOrAdd(department, code => new DepartmentTimes(code));
}
