namespace WhistleActors.Actors.Departments;

/// <summary>Ends the actor of an idle or departing department, after all that it was asked before.</summary>
internal sealed class StopDepartment
{
    internal static readonly StopDepartment Instance = new();
}
