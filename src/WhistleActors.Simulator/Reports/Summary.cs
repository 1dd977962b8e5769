using WhistleActors.Domain.Codes;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Scenarios;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Reports;

/// <summary>What came of a run: the same for people and for machines. Times in milliseconds.</summary>
internal sealed record Summary(
    string Scenario,
    string City,
    string Run,
    int Seed,
    DateTimeOffset StartedAt,
    double Seconds,
    WhistleCounts Whistles,
    CheckInCounts CheckIns,
    CommandCounts Commands,
    IReadOnlyList<LatencyRow> Latencies,
    LatencyRow Push,
    IReadOnlyList<RefusalRow> Refusals,
    IReadOnlyList<RemarkRow> PassedOver,
    int Verified,
    IReadOnlyList<FindingRow> Findings,
    bool Ok)
{
    public static Summary Of(
        string scenario, string city, string run, int seed, DateTimeOffset startedAt, TimeSpan took, Tally tally, PushMeter push, IReadOnlyList<Remark> remarks, int verified, IReadOnlyList<Finding> findings)
    {
        var commands = tally.Commands.Sum(command => command.Latencies.Count);
        return new Summary(
            scenario,
            city,
            run,
            seed,
            startedAt,
            Math.Round(took.TotalSeconds, 3),
            new WhistleCounts(tally.Blown, tally.Closed, tally.Withdrawn, tally.Blown - tally.Closed - tally.Withdrawn),
            new CheckInCounts(tally.CheckInsOnTime, tally.CheckInsLate, tally.NeverCame),
            new CommandCounts(commands, Math.Round(commands / took.TotalSeconds, 1), tally.Repeated, tally.Replayed, tally.Unreachable),
            [.. tally.Commands.Select(command => LatencyRow.Of(WireName<CommandKind>.Of(command.Kind), command.Latencies))],
            LatencyRow.Of("push", push.Latencies),
            [.. tally.Refusals.Select(refusal => new RefusalRow(refusal.Code, refusal.Count, refusal.Expected))],
            [.. remarks.Where(remark => remark.Count > 0).Select(remark => new RemarkRow(remark.En, remark.Zh, remark.Count))],
            verified,
            [.. findings.Select(FindingRow.Of)],
            findings.Count == 0 && tally.UnexpectedRefusals == 0 && tally.Unreachable == 0);
    }
}

internal sealed record WhistleCounts(int Blown, int Closed, int Withdrawn, int StillOpen);

internal sealed record CheckInCounts(int OnTime, int Late, int Never);

internal sealed record CommandCounts(long Accepted, double PerSecond, int Repeated, int Replayed, int Unanswered);

internal sealed record RefusalRow(string Code, int Count, bool Expected);

internal sealed record RemarkRow(string What, string WhatZh, int Count);

internal sealed record FindingRow(string Kind, string Whistle, string Detail)
{
    public static FindingRow Of(Finding finding) => new(WireName<FindingKind>.Of(finding.Kind), finding.Whistle, finding.Detail);
}
