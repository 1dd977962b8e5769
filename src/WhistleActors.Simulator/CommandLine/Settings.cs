using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>What all scenarios are told.</summary>
internal sealed record Settings(
    Uri Server,
    bool AllowRemote,
    int Seed,
    Temper Temper,
    Pace Pace,
    int Concurrency,
    TimeSpan GiveUpAfter,
    string? JsonFile,
    bool IsQuiet,
    Language Language);
