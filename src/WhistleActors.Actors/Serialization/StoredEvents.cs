using System.Text.Json;

namespace WhistleActors.Actors.Serialization;

/// <summary>Reads stored events where there are no actors, such as in a copy of the journal.</summary>
public static class StoredEvents
{
    /// <summary>The event in a row of the journal; null when it is another one, or of a version not known here. What it is, is known without reading it.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static T? Read<T>(string manifest, byte[] message)
        where T : class
    {
        var form = Manifests.Find(manifest);
        return form?.Type == typeof(T) ? (T?)JsonSerializer.Deserialize(message, form) : null;
    }
}
