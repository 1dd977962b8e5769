using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Reports;

/// <summary>One line of the table of latencies, in milliseconds; null where nothing was measured.</summary>
internal sealed record LatencyRow(string Command, long Count, double? P50, double? P95, double? P99, double? Max)
{
    public static LatencyRow Of(string command, Latencies latencies)
    {
        return new LatencyRow(command, latencies.Count, At(50), At(95), At(99), At(100));

        double? At(double percent) => latencies.Percentile(percent) is { } time ? Math.Round(time.TotalMilliseconds, 3) : null;
    }
}
