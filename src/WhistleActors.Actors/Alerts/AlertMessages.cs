using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Actors.Alerts;

/// <summary>Gives an order about a department's alerts or roster; answered by <see cref="DepartmentAnswer"/>.</summary>
public sealed record GiveAlertOrder(DepartmentCode Department, AlertOrder Order) : IDepartmentMessage;

/// <summary>Asks for a department's alerts, roster and dead letters; answered by <see cref="AlertsAnswer"/>.</summary>
public sealed record AskAlerts(DepartmentCode Department) : IDepartmentMessage;

/// <summary>A department's alerts as they are now.</summary>
public sealed record AlertsAnswer(DepartmentCode Department, DepartmentAlerts Alerts) : IWhistleMessage;
