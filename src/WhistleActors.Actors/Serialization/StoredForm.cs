using System.Text.Json;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Serialization;

/// <summary>An event in the form in which it is stored.</summary>
public static class StoredForm
{
    /// <summary>The name and version of the form.</summary>
    public static string ManifestOf(GridEvent happened) => Manifests.Of(happened).Manifest;

    /// <summary>The stored JSON.</summary>
    public static JsonElement ToJson(GridEvent happened) => JsonSerializer.SerializeToElement(happened, Manifests.Of(happened).Json);
}
