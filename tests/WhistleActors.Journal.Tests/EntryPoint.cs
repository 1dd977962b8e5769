using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace WhistleActors.Journal.Tests;

/// <summary>Runs the tests, or plays the process that a test wants to kill.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => args switch
    {
        [Child.Verb, ..] => Child.RunAsync(args[1..]),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
