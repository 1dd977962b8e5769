namespace WhistleActors.Simulator.CommandLine;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>Something was lost, doubled, refused without reason or not answered.</summary>
    public const int Wrong = 1;

    /// <summary>The command line asks for something that is not allowed.</summary>
    public const int Usage = 2;

    /// <summary>The server was not there to begin with.</summary>
    public const int Unreachable = 3;
}
