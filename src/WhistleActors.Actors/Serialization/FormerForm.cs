using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor.Setup;

namespace WhistleActors.Actors.Serialization;

/// <summary>A form that is not written any more: what was stored in it is read for ever, as what it is today.</summary>
/// <param name="Manifest">Under which it was stored.</param>
/// <param name="Read">Makes of the stored bytes an event of today, or <see cref="Domain.Whistles.Events.EventsAtOnce"/>.</param>
internal sealed record FormerForm(string Manifest, Func<byte[], object> Read)
{
    /// <summary>Only the name of the event is another one; its fields are those of today's.</summary>
    internal static FormerForm Renamed<TNow>(string manifest, JsonSerializerOptions options)
        where TNow : notnull => Lifted<TNow>(manifest, options, same => same);

    /// <summary>The fields were others: they are read as what they were, and lifted to today's.</summary>
    internal static FormerForm Lifted<TOld>(string manifest, JsonSerializerOptions options, Func<TOld, object> lift)
        where TOld : notnull
    {
        var form = (JsonTypeInfo<TOld>)options.GetTypeInfo(typeof(TOld));
        return new FormerForm(manifest, stored => lift(JsonSerializer.Deserialize(stored, form) ?? throw new JsonException($"A stored {manifest} is null.")));
    }
}

/// <summary>Further forms for the serializer of a system, where a test needs some that were never released.</summary>
internal sealed class FurtherForms(params IReadOnlyList<FormerForm> forms) : Setup
{
    internal IReadOnlyList<FormerForm> Forms => forms;
}
