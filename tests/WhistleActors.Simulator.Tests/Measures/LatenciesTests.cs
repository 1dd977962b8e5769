using Shouldly;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Reports;
using Xunit;

namespace WhistleActors.Simulator.Tests.Measures;

public sealed class LatenciesTests
{
    [Fact]
    public void Percentiles_are_right_to_three_digits()
    {
        var latencies = new Latencies();
        for (var milliseconds = 1; milliseconds <= 1_000; milliseconds++)
            latencies.Record(TimeSpan.FromMilliseconds(milliseconds));

        var row = LatencyRow.Of("sign", latencies);

        row.Count.ShouldBe(1_000);
        row.P50!.Value.ShouldBe(500, tolerance: 1);
        row.P95!.Value.ShouldBe(950, tolerance: 1);
        row.P99!.Value.ShouldBe(990, tolerance: 1);
        row.Max!.Value.ShouldBe(1_000, tolerance: 1);
    }

    [Fact]
    public void Where_nothing_was_measured_nothing_is_claimed() => LatencyRow.Of("sign", new Latencies()).ShouldBe(new LatencyRow("sign", 0, null, null, null, null));

    [Fact]
    public void Times_beyond_the_scale_count_as_its_end()
    {
        var latencies = new Latencies();
        latencies.Record(TimeSpan.FromHours(2));
        latencies.Record(TimeSpan.FromMilliseconds(-5));

        latencies.Count.ShouldBe(2);
        latencies.Percentile(100)!.Value.TotalMinutes.ShouldBe(10, tolerance: 0.1);
    }
}
