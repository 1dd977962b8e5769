using System.Text.Json;
using Shouldly;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Live;

/// <summary>演练: it goes through everything, and nobody can take it for the real thing.</summary>
public sealed class ExerciseTests(LiveServer fixture) : IClassFixture<LiveServer>
{
    private const string Real = """{"matter":"burst-main","occasion":"public-demand","level":"daily","description":"井盖处冒水"}""";
    private const string Exercise = """{"matter":"burst-main","occasion":"public-demand","level":"daily","description":"井盖处冒水","exercise":true}""";

    [Fact]
    public async Task An_exercise_is_marked_on_every_screen_and_counts_in_no_total()
    {
        var street = await fixture.Server.StreetAsync();
        await using var screen = new Screen(await Screen.ConnectAsync(fixture.Server), "city", null, owns: true);
        await screen.NextAsync();

        var exercise = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Exercise)).ShouldSucceed(201);
        exercise.Json.GetProperty("exercise").GetBoolean().ShouldBeTrue();
        exercise.Json.GetProperty("blowing").TryGetProperty("repeat", out _).ShouldBeFalse();
        var shown = await screen.UntilAsync(frame => Of(frame, exercise.Id).Any());
        Of(shown, exercise.Id).Single().GetProperty("exercise").GetBoolean().ShouldBeTrue();
        (await street.PostAsync($"whistles/{exercise.Id}/withdraw", """{"reason":"演练结束"}""")).ShouldSucceed();

        // The totals of the real one come after all that the exercise did.
        var real = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Real)).ShouldSucceed(201);
        real.Json.GetProperty("exercise").GetBoolean().ShouldBeFalse();
        while (screen.Totals is not { } totals || totals.GetProperty("blown").GetInt32() == 0)
            await screen.NextAsync();
        (screen.Totals.Value.GetProperty("blown").GetInt32(), screen.Totals.Value.GetProperty("withdrawn").GetInt32()).ShouldBe((1, 0));
    }

    private static IEnumerable<JsonElement> Of(JsonElement frame, string id) =>
        frame.GetProperty("whistles").EnumerateArray().Where(whistle => whistle.GetProperty("id").GetString() == id);
}
