using System.Text.Json;
using WhistleActors.Contract.Alerts;

namespace WhistleActors.Contract.Whistles;

/// <summary>The events of a whistle in the order in which they were stored.</summary>
/// <param name="Alerts">Every attempt to reach its departments, when that was asked for.</param>
public sealed record TraceView(string Whistle, IReadOnlyList<TraceEventView> Events, WhistleAlertsView? Alerts = null);

/// <summary>One stored event.</summary>
/// <param name="Version">The whistle's version after it.</param>
/// <param name="Sequence">Its number in the grid's journal.</param>
/// <param name="Manifest">The stored form's name and version, such as <c>whistle-blown.1</c>.</param>
/// <param name="At">When it happened.</param>
/// <param name="By">Who caused it; null for what time caused.</param>
/// <param name="Event">The event as it is stored.</param>
public sealed record TraceEventView(long Version, long Sequence, string Manifest, DateTimeOffset At, OfficerView? By, JsonElement Event);
