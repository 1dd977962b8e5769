using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>What an officer wants of a department's alerts and roster.</summary>
public abstract record AlertCommand;

/// <summary>Write the roster of a span anew.</summary>
public sealed record ReplaceRoster(DateTimeOffset From, DateTimeOffset To, ImmutableArray<Shift> Shifts) : AlertCommand;

/// <summary>Take over from whoever is on duty, from now on (交接班).</summary>
/// <param name="Until">At the latest until then.</param>
public sealed record HandOver(ChainRank Rank, PersonId Person, string Name, DateTimeOffset Until, ImmutableArray<AlertContact> Contacts) : AlertCommand;

/// <summary>Say how oneself wants to be told.</summary>
public sealed record SetNotificationRules(NotificationRules Rules) : AlertCommand;

/// <summary>Let one's own browser take notices.</summary>
public sealed record SubscribePush(AlertContact Subscription) : AlertCommand;

/// <summary>Let it take none any more.</summary>
public sealed record UnsubscribePush(string Address) : AlertCommand;

/// <summary>A console tells what it displays.</summary>
public sealed record ShowAlerts(string Console, ImmutableArray<WhistleId> Whistles) : AlertCommand;

/// <summary>Send a dead letter again.</summary>
public sealed record ReviveNotice(string Notice) : AlertCommand;

/// <summary>A command, and who gives it.</summary>
public sealed record AlertOrder(AlertCommand Command, Officer By);
