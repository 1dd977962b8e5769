namespace WhistleActors.Contract.Alerts;

/// <summary>A department's roster within a span.</summary>
/// <param name="Gaps">When nobody is at a place of the chain.</param>
public sealed record RosterView(
    string Department, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ShiftView> Shifts, IReadOnlyList<GapView> Gaps);

/// <summary>A time for which somebody stands at a place of the chain.</summary>
/// <param name="Rank"><c>on-duty</c>, <c>deputy</c>, <c>head</c> or <c>district-command</c>.</param>
/// <param name="Kind"><c>regular</c>, <c>holiday</c> (counts on days off) or <c>override</c>.</param>
public sealed record ShiftView(
    string Person, string Name, string Rank, DateTimeOffset From, DateTimeOffset To, string Kind, IReadOnlyList<RosterContactView> Contacts);

/// <summary>A way to reach a person.</summary>
/// <param name="Channel"><c>email</c>, <c>sms</c>, <c>voice</c> or <c>webhook</c>.</param>
/// <param name="Address">A mail address, a telephone number, or the name of a webhook of this server.</param>
public sealed record RosterContactView(string Channel, string Address);

/// <summary>Nobody is there.</summary>
public sealed record GapView(string Rank, DateTimeOffset From, DateTimeOffset To);

/// <summary>The roster of a span, written anew.</summary>
public sealed record RosterRequest(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<ShiftRequest>? Shifts);

/// <summary>A shift; <paramref name="Kind"/> is <c>regular</c> when left out.</summary>
public sealed record ShiftRequest(
    string? Person, string? Name, string? Rank, DateTimeOffset? From, DateTimeOffset? To, string? Kind = null, IReadOnlyList<RosterContactRequest>? Contacts = null);

/// <summary>A way to reach a person.</summary>
public sealed record RosterContactRequest(string? Channel, string? Address);

/// <summary>Somebody takes over from now on, until then at the latest.</summary>
public sealed record HandOverRequest(string? Rank, string? Person, string? Name, DateTimeOffset? Until, IReadOnlyList<RosterContactRequest>? Contacts = null);

/// <summary>How one wants to be told; an emergency overrides it.</summary>
/// <param name="Channels">Only by these; by all when left out.</param>
/// <param name="QuietFrom">Time of day in the city, <c>hh:mm</c>; so is <paramref name="QuietTo"/>.</param>
public sealed record NotificationRulesRequest(IReadOnlyList<string>? Channels = null, string? QuietFrom = null, string? QuietTo = null);

/// <summary>How one is told; an emergency overrides it.</summary>
/// <param name="Channels">Only by these; by all when empty.</param>
/// <param name="QuietFrom">Time of day in the city, <c>hh:mm</c>; so is <paramref name="QuietTo"/>. Null for no quiet hours.</param>
public sealed record NotificationRulesView(IReadOnlyList<string> Channels, string? QuietFrom, string? QuietTo);

/// <summary>A browser's push subscription, as the Push API gives it.</summary>
public sealed record PushSubscriptionRequest(string? Endpoint, PushKeysRequest? Keys);

/// <summary>Its keys, in base64url.</summary>
public sealed record PushKeysRequest(string? P256dh, string? Auth);

/// <summary>The key that a browser's push subscription is bound to (<c>applicationServerKey</c>), in base64url.</summary>
public sealed record PushKeyView(string Key);

/// <summary>The browsers by which one is told; their keys are never shown.</summary>
public sealed record PushSubscriptionsView(IReadOnlyList<PushSubscriptionView> Subscriptions);

/// <summary>One of them.</summary>
public sealed record PushSubscriptionView(string Endpoint);

/// <summary>The webhooks that this server knows; their secrets, and what may be one in their addresses, are never shown.</summary>
public sealed record WebhooksView(IReadOnlyList<WebhookView> Webhooks);

/// <summary>A webhook that a roster may name.</summary>
/// <param name="Origin">Scheme, host and port that it goes to.</param>
/// <param name="Sends"><c>sms</c> or <c>voice</c> when messages of that kind go out by it too.</param>
public sealed record WebhookView(string Name, string Origin, IReadOnlyList<string> Sends);
