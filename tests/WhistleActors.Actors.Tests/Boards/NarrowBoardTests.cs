using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Boards;

/// <summary>The board of one organisation is kept apart from the city's, and is the same as what one finds by looking through the whole.</summary>
public sealed class NarrowBoardTests
{
    private static readonly string[] Subdistricts = ["990101001", "990101002", "990102001"];
    private static readonly string[] Parties = ["waterworks", "990101-roads", "990102-roads", "command", "990101001", "990101002"];

    private static readonly BoardScope[] Scopes =
    [
        BoardScope.City,
        .. new[] { "990101", "990102" }.Select(district => BoardScope.Parse($"district:{district}")!),
        .. Subdistricts.Select(subdistrict => BoardScope.Parse($"subdistrict:{subdistrict}")!),
        .. Parties.Select(department => BoardScope.Parse($"department:{department}")!),
        BoardScope.Parse("whistle:99010100100101-2")!,
        BoardScope.Parse("whistle:99010100100101-2")!.For(BoardScope.Parse("department:waterworks")!, ExampleCity.Pack)!,
    ];

    [Fact]
    public void It_shows_what_a_look_through_all_the_city_has_would_find() => Gen.UInt.Array[1, 60].Sample(steps =>
    {
        var board = new LiveBoard(ExampleCity.Pack, new FakeTimeProvider(ExampleCity.Morning));
        var (whistles, loads) = (new Dictionary<WhistleId, Whistle>(), new Dictionary<string, LoadView>());
        var version = 0;
        foreach (var step in steps)
        {
            var middle = board.Head;
            if (step % 5 == 0)
            {
                var load = new LoadView(Parties[(step / 5) % Parties.Length], ++version, 1, 1, 0, 0, 0, 0, 0, 1, 0);
                board.Merge(loads[load.Department] = load);
            }
            else
            {
                var whistle = Random(new Random(unchecked((int)step)), ++version);
                board.Merge(new PublishedWhistle(whistles[whistle.Id] = whistle));
            }

            foreach (var scope in Scopes)
            {
                var seen = whistles.Values.Where(scope.Shows).ToList();
                board.OpenWhistles(scope).Select(published => published.Whistle).ShouldBe(
                    seen.Where(whistle => whistle.Ending is null).OrderBy(whistle => whistle.Id.Text, StringComparer.Ordinal), scope.Name);
                board.WhistlesChangedAfter(0, scope, out _).ShouldNotBeNull().Select(published => published.Whistle.Version)
                    .ShouldBe(seen.Select(whistle => whistle.Version).Order(), scope.Name);
                board.WhistlesChangedAfter(middle, scope, out _).ShouldNotBeNull().Select(published => published.Whistle.Version)
                    .ShouldBe(seen.Select(whistle => whistle.Version).Where(shown => step % 5 != 0 && shown == version), scope.Name);
                var frame = JsonSerializer.Deserialize(board.Write(scope, 0, board.Tidy(), sure: true).Utf8.Span, ContractJson.Types.BoardFrame)!;
                frame.Departments.Select(load => load.Version).ShouldBe(loads.Values.Where(load => Shows(scope, load)).Select(load => load.Version).Order(), scope.Name);
            }
        }
    });

    // What the scope says of a department, by the rule that is written for it.
    private static bool Shows(BoardScope scope, LoadView load)
    {
        var code = Domain.Departments.DepartmentCode.Parse(load.Department);
        return scope.Shows(code, ExampleCity.Pack.PartyOf(code)?.District);
    }

    private static Whistle Random(Random chance, long version)
    {
        var subdistrict = Pick(Subdistricts);
        var place = ExampleCity.Pack.Territory.Subdistricts[SubdistrictCode.Parse(subdistrict)];
        var parties = Parties.Where(_ => chance.Next(3) == 0).ToList();
        var blowing = chance.Next(3) == 0 ? null : Blowing();
        return SomeWhistle.Of(new WhistleId(ExampleCity.Belfry, chance.Next(1, 6)), version) with
        {
            Subdistrict = place.Code,
            District = place.District,
            Summonses = [.. parties.Select(Summoned)],
            Ending = chance.Next(4) == 0 ? SomeWhistle.Ended(WhistleStage.Closed) : null,
            Blowing = blowing,
        };

        string Pick(string[] of) => of[chance.Next(of.Length)];

        Blowing Blowing()
        {
            var joint = ExampleCity.Pack.Territory.Subdistricts[SubdistrictCode.Parse(Pick(Subdistricts))];
            return new Blowing(
                chance.Next(2) == 0 ? OrganisationCode.Parse(Pick(Parties)) : null,
                Backstop: false,
                Exercise: false,
                [.. parties.Where(party => char.IsDigit(party[^1])).Select(Domain.Departments.DepartmentCode.Parse)],
                null,
                chance.Next(4) == 0 ? new Approval(Role.Commander, ExampleCity.Morning, ImmutableArray<Domain.Whistles.Events.StampedSummons>.Empty, null, null, null, null) : null,
                chance.Next(2) == 0 ? [new CoInitiator(ExampleCity.Station, joint.Code, joint.District, null, null)] : [],
                0,
                [],
                [],
                null);
        }

        Summons Summoned(string party) => new(
            Domain.Departments.DepartmentCode.Parse(party), DutyRole.Lead, null, null, null, null, chance.Next(3) == 0 ? CameFrom() : null, null, ImmutableArray<Veto>.Empty, null, null, null,
            chance.Next(3) == 0 ? new Attendance([CameFrom()]) : null);

        CheckIn CameFrom() => new(
            ExampleCity.Morning, ExampleCity.Dispatcher(ExampleCity.Waterworks), Late: false, null, null, new Presence(new LonLat(120, 30), 10, 0, null),
            PostedTo: chance.Next(2) == 0 ? SubdistrictCode.Parse(Pick(Subdistricts)) : null);
    }
}
