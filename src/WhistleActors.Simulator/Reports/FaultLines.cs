using Spectre.Console;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Reports;

/// <summary>What is wrong with a file, a line each.</summary>
internal static class FaultLines
{
    /// <summary>Unwrapped, so that an editor can follow file and line.</summary>
    public static void Print(IAnsiConsole console, FaultList faults, Language language)
    {
        foreach (var fault in faults.InOrder())
            console.Profile.Out.Writer.WriteLine(language.IsChinese ? fault.ToChinese() : fault.ToString());
    }
}
