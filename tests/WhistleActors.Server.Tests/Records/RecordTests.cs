using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Records;

public sealed class RecordTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_place_that_whistles_again_and_again_is_pointed_out_with_its_whistles_and_counted_against_the_band()
    {
        var street = await Server.StreetAsync();
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
            ids.Add((await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id);

        await Eventually.TrueAsync(async () => (await SpotsAsync()).Any(spot => Texts(spot, "whistles").SequenceEqual(ids)));
        var spot = (await SpotsAsync()).Single();
        (spot.GetProperty("grid").GetString(), spot.GetProperty("matter").GetString()).ShouldBe((ExampleCity.Belfry.Text, "burst-main"));
        spot.GetProperty("againstDistrict").GetProperty("byChance").GetDouble().ShouldBeLessThan(0.1);
        spot.TryGetProperty("againstOwnPast", out _).ShouldBeFalse("the record is younger than the window");
        (await street.GetAsync("records/patterns?district=990101&subdistrict=990101002")).ShouldSucceed().Json.GetProperty("hotSpots").GetArrayLength().ShouldBe(0);

        var rates = (await street.GetAsync("records/whistle-rates?district=990101")).ShouldSucceed().Json;
        var (first, other) = (rates.GetProperty("subdistricts")[0], rates.GetProperty("subdistricts")[1]);
        (first.GetProperty("subdistrict").GetString(), first.GetProperty("whistles").GetInt32(), first.GetProperty("standing").GetString()).ShouldBe(("990101001", 6, "within"));
        (other.GetProperty("whistles").GetInt32(), other.GetProperty("standing").GetString()).ShouldBe((0, "too-early"));

        var proposals = (await street.GetAsync("records/proposals?weeks=4")).ShouldSucceed().Json;
        (proposals.GetProperty("whistles").GetInt32(), proposals.GetProperty("unchanged").GetInt32()).ShouldBe((6, 6));

        async Task<List<JsonElement>> SpotsAsync() =>
            [.. (await street.GetAsync("records/patterns?district=990101")).ShouldSucceed().Json.GetProperty("hotSpots").EnumerateArray()];
    }

    [Theory]
    [InlineData("patterns", "?district", "missing")]
    [InlineData("patterns?district=110101", "?district", "unknown-district")]
    [InlineData("patterns?district=a%20b", "?district", "not-a-code")]
    [InlineData("patterns?district=990101&weeks=0", "?weeks", "out-of-range")]
    [InlineData("patterns?district=990101&weeks=27", "?weeks", "out-of-range")]
    [InlineData("whistle-rates?district=110101", "?district", "unknown-district")]
    [InlineData("proposals?weeks=-1", "?weeks", "out-of-range")]
    public async Task A_question_that_makes_no_sense_is_refused_by_name(string question, string field, string code) =>
        (await (await Server.StreetAsync()).GetAsync($"records/{question}")).ShouldBeRefused(422, "invalid-fields").ShouldName(field, code);

    private static IEnumerable<string?> Texts(JsonElement item, string name) => item.GetProperty(name).EnumerateArray().Select(text => text.GetString());
}
