using MathNet.Numerics;
using Shouldly;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Results;
using Xunit;

namespace WhistleActors.Planning.Tests.Runs;

/// <summary>
/// A single department with Poisson arrivals and no travel is a queue whose answers are known. The intervals are of 99.9 %, because there are dozens of them; that
/// they are narrow is asserted too, or any engine would pass.
/// </summary>
public sealed class QueueTheoryTests
{
    private const double Confidence = 0.999;
    private static readonly TimeSpan Mean = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(1, 0.6)]
    [InlineData(1, 0.85)]
    [InlineData(2, 0.5)]
    [InlineData(2, 0.8)]
    [InlineData(5, 0.5)]
    [InlineData(5, 0.7)]
    [InlineData(5, 0.9)]
    [InlineData(20, 0.8)]
    [InlineData(20, 0.95)]
    public void The_share_that_waits_and_the_mean_wait_agree_with_Erlang_C(int crews, double load)
    {
        var perMinute = load * crews / Mean.TotalMinutes;
        var result = SampleCity.Run(SampleCity.Queue(perMinute * 60, crews, new TimeLaw(TimeShape.Exponential, Mean), Days(load, crews), 12));
        var tallies = result.Runs.Select(run => run.Departments[result.PlaceOf("command")]).ToList();

        var waits = ErlangC(crews, load * crews);
        Agrees(Interval.Of([.. tallies.Select(tally => (double)tally.Queued / tally.Summonses)], Confidence), waits);
        Agrees(MeanWait(tallies), waits * Mean.TotalMinutes / (crews * (1 - load)));
        result.Broken.ShouldBeEmpty();
        result.City.Utilisation!.Mean.ShouldBe(load, 0.02);
    }

    [Theory]
    [InlineData(TimeShape.Constant, 0, 0.5)]
    [InlineData(TimeShape.Constant, 0, 0.8)]
    [InlineData(TimeShape.Uniform, 0.5, 0.7)]
    [InlineData(TimeShape.Exponential, 1, 0.7)]
    [InlineData(TimeShape.Lognormal, 0.8, 0.5)]
    [InlineData(TimeShape.Lognormal, 0.8, 0.85)]
    [InlineData(TimeShape.Lognormal, 1.5, 0.7)]
    [InlineData(TimeShape.Hyperexponential, 2, 0.5)]
    [InlineData(TimeShape.Hyperexponential, 2, 0.7)]
    [InlineData(TimeShape.Hyperexponential, 3, 0.6)]
    public void The_mean_wait_for_a_single_crew_agrees_with_Pollaczek_and_Khinchine(TimeShape shape, double variation, double load)
    {
        var perMinute = load / Mean.TotalMinutes;
        var result = SampleCity.Run(SampleCity.Queue(perMinute * 60, 1, new TimeLaw(shape, Mean, variation), 360, shape == TimeShape.Hyperexponential ? 40 : 16));
        var tallies = result.Runs.Select(run => run.Departments[result.PlaceOf("command")]).ToList();

        var expected = load / (1 - load) * Mean.TotalMinutes * (1 + (variation * variation)) / 2;
        Agrees(MeanWait(tallies), expected);
        Agrees(Interval.Of([.. tallies.Select(tally => (double)tally.Queued / tally.Summonses)], Confidence), load);
        result.Broken.ShouldBeEmpty();
    }

    private static void Agrees(Interval? interval, double expected)
    {
        interval.ShouldNotBeNull();
        expected.ShouldBeInRange(interval.Low, interval.High);
        interval.Half.ShouldBeLessThan(0.15 * expected);
    }

    private static Interval? MeanWait(IEnumerable<DepartmentTally> tallies) =>
        Interval.Of([.. tallies.Select(tally => (double)tally.QueueTime / TimeSpan.TicksPerMinute / tally.Sent)], Confidence);

    // A fuller queue takes longer to forget itself.
    private static int Days(double load, int crews) => Math.Min((int)(12 / ((1 - load) * (1 - load) * crews)) + 60, 300);

    // The share of arrivals that find all servers busy, for an offered load in Erlang.
    private static double ErlangC(int servers, double offered)
    {
        var last = Math.Pow(offered, servers) / SpecialFunctions.Factorial(servers) * servers / (servers - offered);
        return last / (Enumerable.Range(0, servers).Sum(k => Math.Pow(offered, k) / SpecialFunctions.Factorial(k)) + last);
    }
}
