using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Crews;

namespace WhistleActors.Domain.Departments;

/// <summary>A department as a whole: its summonses, the alerts that they raise, and what is ordered of its crews.</summary>
public static class DepartmentFold
{
    /// <summary>The department after it heard of a summons.</summary>
    public static DepartmentState Apply(DepartmentState state, DepartmentEvent happened) =>
        DepartmentRules.Apply(state, happened) with { Alerts = AlertFold.Hear(state.Alerts ?? DepartmentAlerts.Of(state, happened.At), happened) };

    /// <summary>The department after something happened to its alerts.</summary>
    public static DepartmentState Apply(DepartmentState state, AlertEvent happened) =>
        state with { Alerts = AlertFold.Apply(state.Alerts ?? DepartmentAlerts.Of(state, happened.At), happened) };

    /// <summary>The department after an order about its crews.</summary>
    public static DepartmentState Apply(DepartmentState state, CrewEvent happened) => DepartmentRules.Apply(state, happened);
}
