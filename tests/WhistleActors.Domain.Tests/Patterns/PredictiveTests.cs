using CsCheck;
using Shouldly;
using WhistleActors.Domain.Patterns;
using Xunit;

namespace WhistleActors.Domain.Tests.Patterns;

public sealed class PredictiveTests
{
    private static readonly Gen<Predictive> Any = Gen.Select(Gen.Long[0, 500], Gen.Double[0.5, 400], Gen.Double[0.1, 60], (past, exposure, ahead) =>
        new Predictive(past, exposure, ahead));

    [Fact]
    public void The_probabilities_of_all_counts_add_up_to_one_and_their_mean_is_what_is_expected() =>
        Gen.Select(Gen.Long[0, 40], Gen.Double[1, 60], Gen.Double[0.1, 20]).Sample((past, exposure, ahead) =>
        {
            var predicted = new Predictive(past, exposure, ahead);
            var tails = Enumerable.Range(1, 20_000).Select(predicted.AtLeast).TakeWhile(tail => tail > 1e-14).ToList();

            // The mean of a count is the sum of its tails.
            tails.Sum().ShouldBe(predicted.Expected, Math.Max(1e-6, predicted.Expected * 1e-6));
            predicted.AtLeast(0).ShouldBe(1, 1e-12);
        }, iter: 200);

    [Fact]
    public void A_higher_count_is_never_more_likely() =>
        Any.Sample(predicted =>
        {
            var tails = Enumerable.Range(0, 200).Select(predicted.AtLeast).ToList();
            tails.Zip(tails.Skip(1)).All(pair => pair.First >= pair.Second - 1e-12).ShouldBeTrue();
            tails.ShouldAllBe(tail => tail >= 0 && tail <= 1 + 1e-12);
        });

    [Fact]
    public void With_a_long_past_it_is_a_Poisson_count()
    {
        var predicted = new Predictive(2_000_000, 1_000_000, 1);

        predicted.Expected.ShouldBe(2, 1e-5);
        predicted.AtLeast(5).ShouldBe(0.052653, 1e-5);
    }

    [Fact]
    public void Far_out_it_is_small_and_not_noise()
    {
        var chance = new Predictive(2, 52, 4).AtLeast(12);

        chance.ShouldBeGreaterThan(0);
        chance.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void A_short_past_makes_the_same_repetition_less_strange() =>
        new Predictive(1, 4, 4).AtLeast(4).ShouldBeGreaterThan(new Predictive(13, 52, 4).AtLeast(4));

    [Theory]
    [InlineData(0, 5, 0.3, 1)]
    [InlineData(5, 5, 0.5, 0.03125)]
    [InlineData(3, 5, 0.5, 0.5)]
    [InlineData(1, 10, 0.1, 0.651322)]
    public void Binomial_tails_are_those_of_the_tables(int successes, int trials, double share, double chance) =>
        Binomial.AtLeast(successes, trials, share).ShouldBe(chance, 1e-6);
}
