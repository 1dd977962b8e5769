namespace WhistleActors.Planning.Runs;

/// <summary>A summons that waits for a crew.</summary>
/// <param name="Number">The order in which summonses came into being, over the whole city.</param>
/// <param name="Whistle">Its place among the whistles under way.</param>
/// <param name="Skill">What it asks of a crew; -1 when any will do.</param>
/// <param name="Blown">Ticks from the plan's first midnight, as all instants here.</param>
/// <param name="Since">Since when it waits: blown, or left by its crew for an emergency.</param>
/// <param name="Work">Ticks that the work on the spot will take.</param>
/// <param name="SetOut">Ticks until a crew sets out.</param>
/// <param name="Journey">By how much its journey is longer than usual.</param>
internal readonly record struct Waiting(
    long Number, int Whistle, int Grid, int Matter, int Level, int Skill, long Blown, long Since, long Due, long Work, long SetOut, double Journey);

/// <summary>Where a crew is.</summary>
internal struct CrewPlace
{
    internal bool OnDuty;
    internal bool Busy;

    /// <summary>Its place in its department's list of free crews.</summary>
    internal int Slot;

    /// <summary>Since when it is free, and since when it was busy before.</summary>
    internal long Since;

    /// <summary>The grid of its last summons; -1 before the first.</summary>
    internal int Grid;

    /// <summary>Where it was when it was sent, when it is on the spot, and when its work is done; while it is busy.</summary>
    internal (double X, double Y) From;
    internal long CheckIn;
    internal long Done;
}

/// <summary>A whistle under way.</summary>
internal struct Open
{
    /// <summary>Summonses that nobody was sent to yet; the others are on the way, on the spot, or done.</summary>
    internal int Unsent;
    internal int Sent;

    /// <summary>Summonses that are not done yet.</summary>
    internal int Pending;
    internal bool OnTime;
    internal bool Counted;
    internal long Blown;
    internal long LastCheckIn;
}

/// <summary>A check-in as a run had it; indices are those of its city model, instants ticks from the plan's first midnight.</summary>
internal readonly record struct SeenCheckIn(long Number, int Whistle, int Grid, int Matter, int Level, int Department, long Blown, long Due, long CheckIn, long Work, bool OnTime);
