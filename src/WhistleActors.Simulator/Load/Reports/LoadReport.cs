using WhistleActors.Contract.Whistles;
using WhistleActors.Domain;
using WhistleActors.Domain.Codes;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Reports;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Load.Reports;

/// <summary>What came of a load: the same for people and for machines. Latencies in milliseconds, from when a command was meant to be sent.</summary>
/// <param name="Partial">True when it was stopped before its end.</param>
/// <param name="Seconds">How long it took, of our time, without the verification.</param>
/// <param name="Ledger">The file in which everything that was sent is written down.</param>
internal sealed record LoadReport(
    LocalizedText Scenario,
    LocalizedText City,
    string Run,
    int Seed,
    double Compress,
    bool Partial,
    DateTimeOffset StartedAt,
    double Seconds,
    WhistleCounts Whistles,
    SendingCounts Sending,
    CheckInCounts CheckIns,
    CommandCounts Commands,
    IReadOnlyList<LatencyRow> Latencies,
    LatencyRow Push,
    ScreenCounts? Screens,
    IReadOnlyList<LoadRefusalRow> Refusals,
    IReadOnlyList<DepartmentRow> Departments,
    double SliceSeconds,
    IReadOnlyList<TimelineRow> Timeline,
    string Ledger,
    int Verified,
    IReadOnlyList<FindingRow> Findings,
    bool Ok)
{
    public static LoadReport Of(LoadOutcome of, Tally tally, LoadMeter meter, PushMeter push, ScreenCrowd crowd, CityMap city)
    {
        var commands = tally.Commands.Sum(command => command.Latencies.Count);
        return new LoadReport(
            of.Scenario.Name,
            new LocalizedText(city.City.Name.Zh, city.City.Name.En),
            of.Run,
            of.Seed,
            of.Scenario.Compress,
            of.Partial,
            of.StartedAt,
            Math.Round(of.Took.TotalSeconds, 3),
            new WhistleCounts(tally.Blown, tally.Closed, tally.Withdrawn, tally.Blown - tally.Closed - tally.Withdrawn),
            new SendingCounts(
                of.Expected, meter.Due, meter.NotSentInAll, [.. meter.NotSentByLevel.Select(entry => new LevelCount(WireName<Level>.Of(entry.Level), entry.Count))],
                meter.Behind, Math.Round(meter.LongestBehind.TotalMilliseconds)),
            new CheckInCounts(tally.CheckInsOnTime, tally.CheckInsLate, tally.NeverCame),
            new CommandCounts(commands, Math.Round(commands / of.Took.TotalSeconds, 1), tally.Repeated, tally.Replayed, tally.Unreachable),
            [.. tally.Commands.Select(command => LatencyRow.Of(WireName<CommandKind>.Of(command.Kind), command.Latencies))],
            LatencyRow.Of("push", push.Latencies),
            of.Scenario.Screens.Connected + of.Scenario.Screens.Flapping == 0 ? null : new ScreenCounts(crowd.Connects, crowd.Blank, LatencyRow.Of("first-picture", crowd.FirstPicture)),
            [.. meter.Refusals.Select(refusal => new LoadRefusalRow(refusal.Code, WireName<Level>.Of(refusal.Level), refusal.Count, Repeated: !refusal.IsFinal))],
            [.. meter.Departments.Select(times => Row(times, city, of.Scenario.Compress)).OrderByDescending(row => row.Summonses).ThenBy(row => row.Code, StringComparer.Ordinal)],
            meter.Timeline.Width.TotalSeconds,
            meter.Timeline.Rows(),
            of.Ledger,
            of.Verified,
            [.. of.Findings.Select(FindingRow.Of)],
            of.Findings.Count == 0 && tally.UnexpectedRefusals == 0 && tally.Unreachable == 0);
    }

    private static DepartmentRow Row(DepartmentTimes times, CityMap city, double compress) =>
        city.Department(times.Code)?.Name is { } name ? times.Row(name.En, name.Zh, compress) : times.Row(times.Code, times.Code, compress);
}

/// <summary>What a run knows at its end.</summary>
internal sealed record LoadOutcome(
    LoadScenario Scenario, string Run, int Seed, DateTimeOffset StartedAt, TimeSpan Took, bool Partial, int Expected, string Ledger, int Verified, IReadOnlyList<Finding> Findings);

/// <summary>How well this machine kept up with its own plan.</summary>
/// <param name="Expected">Whistles of the scenario.</param>
/// <param name="Due">Of those, the ones whose time came.</param>
/// <param name="NotSent">Of those, the ones that were never sent, because as many lives went on as were to be held.</param>
/// <param name="Behind">Commands that were sent more than 100 ms after they were meant to be.</param>
/// <param name="LongestBehindMs">The longest of those delays.</param>
internal sealed record SendingCounts(int Expected, int Due, int NotSent, IReadOnlyList<LevelCount> NotSentByLevel, int Behind, double LongestBehindMs);

internal sealed record LevelCount(string Level, int Count);

/// <param name="Pictures">First pictures of boards that came.</param>
/// <param name="Blank">Boards that had none in time.</param>
internal sealed record ScreenCounts(int Pictures, int Blank, LatencyRow FirstPicture);

/// <param name="Repeated">True when the command was given again later, as the server had asked.</param>
internal sealed record LoadRefusalRow(string Code, string Level, int Count, bool Repeated);
