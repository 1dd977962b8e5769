using System.Collections.Immutable;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Access;

/// <summary>Whose tokens are not believed.</summary>
/// <param name="Version">Counts the events.</param>
/// <param name="Withdrawn">The last withdrawal of each person.</param>
public sealed record AccessState(long Version, ImmutableDictionary<PersonId, AccessWithdrawn> Withdrawn)
{
    /// <summary>Everybody's are.</summary>
    public static AccessState Empty { get; } = new(0, ImmutableDictionary<PersonId, AccessWithdrawn>.Empty);

    /// <summary>Whether a token is not believed any more. Tokens are issued in whole seconds: one of the second in which access is withdrawn is not believed either.</summary>
    public bool Refuses(PersonId person, DateTimeOffset issued) => Withdrawn.TryGetValue(person, out var withdrawn) && issued < withdrawn.TokensBefore;
}
