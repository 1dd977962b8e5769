namespace WhistleActors.Simulator.Plans;

/// <summary>How a crew proves that it is on the spot.</summary>
internal enum Proof
{
    /// <summary>A position inside the grid, WGS-84.</summary>
    Inside,

    /// <summary>A position inside the grid as a Chinese phone gives it, GCJ-02.</summary>
    InsideGcj02,

    /// <summary>A position a few metres outside, with an accuracy that covers it.</summary>
    NearEdge,

    /// <summary>No position; an officer of the subdistrict vouches for it.</summary>
    Witnessed,
}
