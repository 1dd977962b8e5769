using WhistleActors.Contract;
using WhistleActors.Domain;

namespace WhistleActors.Server;

/// <summary>Texts in two languages, from the pack to the wire.</summary>
internal static class Texts
{
    internal static Text ToText(this LocalizedText text) => new(text.Zh, text.En);
}
