using WhistleActors.Contract.Departments;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of a department's load.</summary>
public static class LoadViews
{
    /// <summary>The load against the crews that the city pack gives the department.</summary>
    public static LoadView ToView(this DepartmentState state, CityPack pack)
    {
        var load = state.Load;
        return new LoadView(
            state.Department.Text,
            state.Version,
            load.Open,
            load.Summoned,
            load.Signed,
            load.Departed,
            load.CheckedIn,
            load.Reported,
            load.Overdue,
            pack.CrewsOf(state.Department).Length,
            load.Committed,
            load.Returned > 0 ? load.Returned : null,
            load.Queue > 0 ? load.Queue : null);
    }
}
