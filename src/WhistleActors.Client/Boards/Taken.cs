namespace WhistleActors.Client.Boards;

/// <summary>What became of a frame.</summary>
internal enum Taken
{
    /// <summary>Merged; the picture is not complete yet.</summary>
    Merged,

    /// <summary>Merged, and the picture is complete up to the head.</summary>
    Complete,

    /// <summary>Nothing new in it: a frame that came twice or late.</summary>
    Stale,

    /// <summary>Something before it is missing: subscribe again from the position held.</summary>
    Gap,
}
