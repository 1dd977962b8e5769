using WhistleActors.Domain.Alerts;

namespace WhistleActors.Domain.Departments;

/// <summary>A department as a whole: its summonses, and the alerts that they raise.</summary>
public static class DepartmentFold
{
    /// <summary>The department after it heard of a summons.</summary>
    public static DepartmentState Apply(DepartmentState state, DepartmentEvent happened) =>
        DepartmentRules.Apply(state, happened) with { Alerts = AlertFold.Hear(state.Alerts ?? DepartmentAlerts.Of(state, happened.At), happened) };

    /// <summary>The department after something happened to its alerts.</summary>
    public static DepartmentState Apply(DepartmentState state, AlertEvent happened) =>
        state with { Alerts = AlertFold.Apply(state.Alerts ?? DepartmentAlerts.Of(state, happened.At), happened) };
}
