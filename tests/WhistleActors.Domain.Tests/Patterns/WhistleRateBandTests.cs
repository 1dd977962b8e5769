using Shouldly;
using WhistleActors.Domain.Patterns;
using Xunit;

namespace WhistleActors.Domain.Tests.Patterns;

public sealed class WhistleRateBandTests
{
    private static readonly WhistleRateBand Band = new(Weeks: 4, Low: 2, High: 10);

    [Theory]
    [InlineData(1, 28, WhistleRateStanding.TooLow)]
    [InlineData(2, 28, WhistleRateStanding.Within)]
    [InlineData(10, 28, WhistleRateStanding.Within)]
    [InlineData(11, 28, WhistleRateStanding.TooHigh)]
    [InlineData(0, 27, WhistleRateStanding.TooEarly)]
    [InlineData(11, 1, WhistleRateStanding.TooHigh)]
    public void Too_few_and_too_many_both_show(int whistles, int recordedDays, WhistleRateStanding standing) =>
        Band.Of(whistles, TimeSpan.FromDays(recordedDays)).ShouldBe(standing);
}
