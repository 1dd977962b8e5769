using System.Collections.Frozen;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;
using WhistleActors.Actors.Boards;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Serialization;

/// <summary>Writes everything that is stored or sent between nodes, under explicit, versioned manifests. Nothing depends on CLR type names.</summary>
public sealed class WhistleSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly FrozenDictionary<string, FormerForm> former = Manifests.Former
        .Concat(system.Settings.Setup.Get<FurtherForms>() is { HasValue: true, Value: var further } ? further.Forms : [])
        .ToFrozenDictionary(form => form.Manifest);

    /// <summary>Stored beside every event; never changes.</summary>
    public override int Identifier => 1401;

    /// <inheritdoc/>
    public override string Manifest(object o) => Manifests.Of(Content(o)).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var content = Content(obj);
        return JsonSerializer.SerializeToUtf8Bytes(content, Manifests.Of(content).Json);
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (former.TryGetValue(manifest, out var older))
            return older.Read(bytes);
        var value = JsonSerializer.Deserialize(bytes, Manifests.Of(manifest))
            ?? throw new JsonException($"A stored {manifest} is null.");
        return value is Whistle whistle ? new PublishedWhistle(whistle) : value;
    }

    // A published whistle carries its JSON for screens; other nodes make that themselves.
    private static object Content(object o) => o is PublishedWhistle published ? published.Whistle : o;
}
