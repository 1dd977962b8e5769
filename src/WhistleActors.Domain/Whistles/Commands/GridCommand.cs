
namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>What an officer asks of a grid. Values are parsed: lengths, ranges and characters were checked where they came in.</summary>
public abstract record GridCommand;

/// <summary>A command about a whistle that was blown.</summary>
public abstract record WhistleCommand(WhistleId Whistle) : GridCommand;
