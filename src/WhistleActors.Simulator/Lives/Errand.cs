using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Lives;

/// <summary>One command that somebody is to give.</summary>
/// <param name="Key">Its <c>Idempotency-Key</c>.</param>
/// <param name="Whistle">Null for one that blows.</param>
/// <param name="Department">Null for commands about the whole whistle.</param>
/// <param name="Grid">Null for whistles that were not blown by this run.</param>
internal sealed record Errand(string Key, CommandKind Kind, string? Whistle, string? Department, string? Grid, Level Level)
{
    public bool IsEmergency => Level == Level.Emergency;
}
