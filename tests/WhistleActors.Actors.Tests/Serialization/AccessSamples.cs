using System.Collections.Immutable;
using WhistleActors.Actors.Access;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>The part of <see cref="Samples"/> about who may come in.</summary>
internal static class AccessSamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 10, 0, 0, 123, TimeSpan.FromHours(8));
    private static readonly PersonId Wang = PersonId.Parse("wang");
    private static readonly Officer Admin = new(PersonId.Parse("admin"), "管理员", OrganisationCode.Parse("city"), Role.Administrator);
    private static readonly AccessWithdrawn Withdrawn = new(At, Admin, Wang, At.AddHours(-1), "调离", "key-1");
    private static readonly AccessState State = new(7, ImmutableDictionary<PersonId, AccessWithdrawn>.Empty.Add(Wang, Withdrawn));

    /// <summary>By manifest.</summary>
    internal static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["access-withdrawn.1"] = Withdrawn,
        ["access-state.1"] = State,
        ["give-access-order.1"] = new GiveAccessOrder(new AccessOrder(new WithdrawAccess(Wang, "调离", At, "key-1"), Admin)),
        ["ask-access.1"] = new AskAccess(),
        ["access-answer.1"] = new AccessAnswer(State, RefuseAccessOrder.TokensBeforeInFuture()),
    };
}
