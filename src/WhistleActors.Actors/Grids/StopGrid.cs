namespace WhistleActors.Actors.Grids;

/// <summary>Ends the actor of an idle or departing grid, after all that it was asked before.</summary>
internal sealed class StopGrid
{
    internal static readonly StopGrid Instance = new();
}
