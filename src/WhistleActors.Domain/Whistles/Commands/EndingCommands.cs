
namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Take the whistle back; crews on the spot are released with it.</summary>
public sealed record WithdrawWhistle(WhistleId Whistle, string Reason) : EarlyWhistleCommand(Whistle);

/// <summary>Close the whistle.</summary>
public sealed record CloseWhistle(WhistleId Whistle, string? Note) : WhistleCommand(Whistle);

/// <summary>Declare that the whistle should never have been blown (作废); crews on the spot are released with it.</summary>
public sealed record VoidWhistle(WhistleId Whistle, string Reason) : WhistleCommand(Whistle);
