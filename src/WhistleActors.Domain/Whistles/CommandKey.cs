using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>The caller's name for one command (Idempotency-Key), with a fingerprint of what it asked for.</summary>
public sealed record CommandKey(string Key, string Fingerprint)
{
    /// <summary>Keys of different persons never meet.</summary>
    internal string For(Officer officer) => $"{officer.Person.Text} {Key}";
}
