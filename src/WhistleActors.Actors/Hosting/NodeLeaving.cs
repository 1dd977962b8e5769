namespace WhistleActors.Actors.Hosting;

/// <summary>Whether this node was told to stop. It still serves, but nobody should send it anything new.</summary>
public sealed class NodeLeaving
{
    private volatile bool begun;

    /// <summary>True from the first word of it.</summary>
    public bool Begun => begun;

    /// <summary>Tells it.</summary>
    public void Begin() => begun = true;
}
