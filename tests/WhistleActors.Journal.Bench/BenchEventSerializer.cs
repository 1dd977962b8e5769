using Akka.Actor;
using Akka.Serialization;

namespace WhistleActors.Journal.Bench;

internal sealed class BenchEventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 9001;

    public override string Manifest(object o) => "b1";

    public override byte[] ToBinary(object obj) => ((BenchEvent)obj).Body;

    public override object FromBinary(byte[] bytes, string manifest) => new BenchEvent(bytes);
}
