namespace WhistleActors.Actors.Gates;

/// <summary>The gates of this node: one in front of each kind of actor, so that a storm before one leaves the others open.</summary>
public sealed class CityGates(GateSettings settings, TimeProvider clock)
{
    /// <summary>In front of grids: everything about whistles.</summary>
    public Gate Grids { get; } = new(settings, clock);

    /// <summary>In front of departments: loads, alerts, rosters.</summary>
    public Gate Departments { get; } = new(settings, clock);

    /// <summary>In front of report desks.</summary>
    public Gate Desks { get; } = new(settings, clock);

    /// <summary>All of them by name, in a fixed order.</summary>
    public IEnumerable<(string Name, Gate Gate)> All => [("grids", Grids), ("departments", Departments), ("desks", Desks)];

    /// <summary>The names of the gates at which somebody was turned away lately.</summary>
    public IReadOnlyList<string> Saturated => [.. All.Where(gate => gate.Gate.Figures.State == GateState.Saturated).Select(gate => gate.Name)];
}
