using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;

namespace WhistleActors.Domain.Access;

/// <summary>Who may withdraw whose access, and what that does. Pure.</summary>
public static class AccessRules
{
    /// <summary>Persons whose withdrawal is remembered.</summary>
    public const int MostPersons = 10_000;

    /// <summary>What an order comes to: an event, or a refusal, or neither when it is so already.</summary>
    public static (AccessWithdrawn? Event, Refusal? Refusal) Decide(AccessState state, AccessOrder order, DateTimeOffset now)
    {
        var command = order.Command;
        if (order.By.Role != Role.Administrator)
            return (null, RefuseAlertOrder.NotAdministrator());
        if (command.TokensBefore > now)
            return (null, RefuseAccessOrder.TokensBeforeInFuture());
        var known = state.Withdrawn.GetValueOrDefault(command.Person);
        if (known is not null && ((command.Key is { } key && key == known.Key) || command.TokensBefore <= known.TokensBefore))
            return (null, null);
        return known is null && state.Withdrawn.Count >= MostPersons
            ? (null, RefuseAccessOrder.AccessListFull(MostPersons))
            : (new AccessWithdrawn(now, order.By, command.Person, command.TokensBefore ?? now, command.Reason, command.Key), null);
    }

    /// <summary>Who may come in after one more event.</summary>
    public static AccessState Apply(AccessState state, AccessEvent happened) => happened switch
    {
        AccessWithdrawn withdrawn => new AccessState(state.Version + 1, state.Withdrawn.SetItem(withdrawn.Person, withdrawn)),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
    };
}
