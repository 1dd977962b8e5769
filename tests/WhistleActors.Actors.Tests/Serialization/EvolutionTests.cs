using System.Globalization;
using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Storage;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>What was stored otherwise is read by all who read: the grid that recovers, the board that follows the journal, and whoever asks for the history.</summary>
public sealed class EvolutionTests(EvolvedNode fixture) : IClassFixture<EvolvedNode>
{
    private readonly NodeBox node = fixture.Node;

    private static WhistleId Id => EvolvedNode.Id;

    [Fact]
    public async Task A_grid_recovers_from_them_to_what_happened_and_counts_what_is_stored()
    {
        var whistle = (await node.City.FindWhistleAsync(Id, CancellationToken.None)).ShouldNotBeNull().Whistle;
        var summons = whistle.Summonses.Single();

        whistle.Version.ShouldBe(3, "three events are stored, though one of them is two today");
        (whistle.Schedules, whistle.Blowing).ShouldBe((null, null), "what a form has gained is empty in what was stored before");
        (summons.State, summons.Signature?.At, summons.Departure?.At, summons.CheckIn?.At).ShouldBe((SummonsState.CheckedIn, At("09:58:30"), At("09:58:40"), At("09:59:30")));
    }

    [Fact]
    public async Task The_board_that_follows_the_journal_shows_the_same_under_the_same_version()
    {
        await Eventually.TrueAsync(() => Task.FromResult(Shown() is not null));

        Shown()!.Json.ShouldBe((await node.City.FindWhistleAsync(Id, CancellationToken.None))!.Json);
    }

    [Fact]
    public async Task The_history_tells_both_parts_under_the_number_of_the_one_that_was_stored_and_finds_each_version()
    {
        var history = await node.City.TraceAsync(Id, CancellationToken.None);
        history.Select(entry => entry.Sequence).ShouldBe([1, 2, 3, 3]);
        history.Select(entry => StoredForm.ManifestOf(entry.Event)).ShouldBe(["whistle-blown.1", "summons-signed.1", "crew-departed.1", "crew-checked-in.1"]);

        (await node.City.WhistleAtAsync(Id, 2, CancellationToken.None))!.Whistle.Summonses.Single().State.ShouldBe(SummonsState.Signed);
        var last = (await node.City.WhistleAtAsync(Id, 3, CancellationToken.None))!.Whistle;
        (last.Version, last.Summonses.Single().State).ShouldBe((3, SummonsState.CheckedIn));
    }

    [Fact]
    public void An_event_that_only_has_another_name_today_is_read_as_it_is()
    {
        using var system = ActorSystem.Create(
            "renamed", BootstrapSetup.Create().WithConfig(WhistleActorsHosting.Configuration(StorageSettings.Sqlite("unused.db"), "akka.stdout-loglevel = OFF")).And(EvolvedNode.Forms));
        var serializer = (WhistleSerializer)system.Serialization.FindSerializerForType(typeof(IWhistleMessage));
        var released = (CrewReleased)Samples.All["crew-released.1"];

        serializer.FromBinary(serializer.ToBinary(released), "crew-let-go.1").ShouldBe(released);
        serializer.Manifest(released).ShouldBe("crew-released.1", "nothing is written under the old name");
    }

    private PublishedWhistle? Shown() => node.Board.OpenWhistles(BoardScope.City).FirstOrDefault(published => published.Whistle.Id == Id);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-03-10T{time}+08:00", CultureInfo.InvariantCulture);
}
