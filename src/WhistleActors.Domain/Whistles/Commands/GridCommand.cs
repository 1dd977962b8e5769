
namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>What an officer asks of a grid. Values are parsed: lengths, ranges and characters were checked where they came in.</summary>
public abstract record GridCommand;

/// <summary>A command about a whistle that was blown.</summary>
public abstract record WhistleCommand(WhistleId Whistle) : GridCommand;

/// <summary>A command that a whistle can get before it sounds, while it waits for its approval.</summary>
public abstract record EarlyWhistleCommand(WhistleId Whistle) : WhistleCommand(Whistle);

/// <summary>A command about a whistle that has ended, however long ago: the grid reads it back from its journal if need be.</summary>
public abstract record EndedWhistleCommand(WhistleId Whistle) : WhistleCommand(Whistle);
