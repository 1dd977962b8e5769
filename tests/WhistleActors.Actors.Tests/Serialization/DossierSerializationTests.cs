using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Tests.Serialization;

public sealed class DossierSerializationTests
{
    [Fact]
    public async Task A_whistle_keeps_its_dossier_on_the_way_to_another_node()
    {
        var system = ActorSystem.Create("dossier", WhistleActorsHosting.Configuration(StorageSettings.Sqlite("unused.db"), "akka.stdout-loglevel = OFF"));
        var serializer = system.Serialization.FindSerializerForType(typeof(IWhistleMessage)).ShouldBeOfType<WhistleSerializer>();
        var plain = ((PublishedWhistle)Samples.All["whistle.1"]).Whistle;
        var dossier = new Dossier(1, 2, [ComponentId.Parse("0101010101000001")], 3, 4, new NoteMark(3, plain.BlownAt, plain.BlownBy));

        var read = (PublishedWhistle)serializer.FromBinary(serializer.ToBinary(new PublishedWhistle(plain with { Dossier = dossier })), "whistle.1");

        read.Whistle.Dossier.ShouldBeEquivalentTo(dossier);
        await system.Terminate();
    }
}
