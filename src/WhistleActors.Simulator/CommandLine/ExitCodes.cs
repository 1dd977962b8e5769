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

    /// <summary>A file that was given is not sound; nothing was run.</summary>
    public const int BadFile = 4;

    /// <summary>It was stopped; what was reported is a part.</summary>
    public const int Stopped = 5;
}
