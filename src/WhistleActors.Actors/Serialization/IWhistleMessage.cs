namespace WhistleActors.Actors.Serialization;

/// <summary>Marks what travels between actors, and so perhaps between nodes: it must have a manifest.</summary>
public interface IWhistleMessage;
