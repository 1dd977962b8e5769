using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Actors.Alerts;

/// <summary>Gives an order about a department's alerts or roster; answered by <see cref="DepartmentAnswer"/>.</summary>
/// <param name="Trace">Where the order stands in a trace; null when nobody records it.</param>
public sealed record GiveAlertOrder(DepartmentCode Department, AlertOrder Order, string? Trace = null) : IDepartmentMessage;

/// <summary>Asks for a department's alerts, roster and dead letters; answered by <see cref="AlertsAnswer"/>.</summary>
public sealed record AskAlerts(DepartmentCode Department) : IDepartmentMessage;

/// <summary>A department's alerts as they are now.</summary>
public sealed record AlertsAnswer(DepartmentCode Department, DepartmentAlerts Alerts) : IWhistleMessage;
