namespace WhistleActors.Simulator.Lives;

/// <summary>A whistle's life cannot go on: the server refused what it should not have, or did not answer. It is counted already.</summary>
internal sealed class LifeBrokenException(Exception cause) : Exception(cause.Message, cause);
