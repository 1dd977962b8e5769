namespace WhistleActors.Consistency.Nodes;

/// <summary>What a fault needs that a cluster does not have anyway.</summary>
[Flags]
internal enum Means
{
    None = 0,

    /// <summary>A streaming replica of the database without which nothing counts as stored.</summary>
    Standby = 1,

    /// <summary>A database on a disk of its own that can be filled.</summary>
    SmallDisk = 2,

    /// <summary>libfaketime.</summary>
    WrongClock = 4,
}
