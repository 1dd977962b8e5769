using System.Text.Json;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Serialization;

/// <summary>Reads stored events where there are no actors, such as in a copy of the journal.</summary>
public static class StoredEvents
{
    /// <summary>The events of a sort in a row of the journal, as they are today; none when it is another one, or of a version not known here.</summary>
    /// <remarks>What a row of today's forms is, is known without reading it. One of a former form is read, and may be several events today.</remarks>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static IEnumerable<T> Read<T>(string manifest, byte[] message)
        where T : GridEvent => Read<T>(manifest, message, Manifests.Former);

    internal static IEnumerable<T> Read<T>(string manifest, byte[] message, IReadOnlyList<FormerForm> former)
        where T : GridEvent
    {
        if (former.FirstOrDefault(form => form.Manifest == manifest) is { } older)
        {
            return older.Read(message) switch
            {
                EventsAtOnce together => together.Parts.OfType<T>(),
                T happened => [happened],
                _ => [],
            };
        }

        var form = Manifests.Find(manifest);
        return form?.Type == typeof(T) && JsonSerializer.Deserialize(message, form) is T stored ? [stored] : [];
    }
}
