namespace WhistleActors.Journal.Tests.Harness;

/// <summary>An event on which the default serializer fails.</summary>
public sealed class Unserializable
{
    private readonly string _reason = "This event cannot be serialized.";

    public string Trap => throw new InvalidOperationException(_reason);
}
