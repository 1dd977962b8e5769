using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;

namespace WhistleActors.Actors.Alerts;

/// <summary>Gives an order about a department's alerts or roster; answered by <see cref="AlertOrderAnswer"/>.</summary>
public sealed record GiveAlertOrder(DepartmentCode Department, AlertOrder Order) : IDepartmentMessage;

/// <summary>What the order came to: it is stored, or <paramref name="Refusal"/> says why not, or the journal failed.</summary>
public sealed record AlertOrderAnswer(Refusal? Refusal, bool Stored = true) : IWhistleMessage;

/// <summary>Asks for a department's alerts, roster and dead letters; answered by <see cref="AlertsAnswer"/>.</summary>
public sealed record AskAlerts(DepartmentCode Department) : IDepartmentMessage;

/// <summary>A department's alerts as they are now.</summary>
public sealed record AlertsAnswer(DepartmentCode Department, DepartmentAlerts Alerts) : IWhistleMessage;
