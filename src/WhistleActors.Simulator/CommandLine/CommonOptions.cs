using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>The options that several commands share.</summary>
internal sealed class CommonOptions
{
    private const double UsualLedger = 0.12;

    private readonly Option<Uri> server = new("--server")
    {
        Description = "Address of the server; by default the first of ASPNETCORE_URLS, else http://127.0.0.1:5080",
        CustomParser = ReadAddress,
        DefaultValueFactory = _ => DefaultServer(),
    };

    private readonly Option<bool> allowRemote = new("--allow-remote") { Description = "Allow a server that is not on this machine" };
    private readonly Option<int> seed = new("--seed") { Description = "Seed of all chance", DefaultValueFactory = _ => 1 };
    private readonly Option<double?> speed = new Option<double?>("--speed") { Description = "Minutes of the city that pass in one of ours; deadlines of the server are not compressed" }
        .Within(minutes => minutes is null or > 0, "a number above 0");
    private readonly Option<TimeSpan?> patience = new Option<TimeSpan?>("--patience") { Description = "How long to wait for a deadline to pass so that somebody can be late, such as 00:05:00" }
        .Within(time => time is null || time >= TimeSpan.Zero, "a time");
    private readonly Option<double> late = Share("--late", "Share of departments that check in late", 0.10);
    private readonly Option<double> never = Share("--never", "Share of departments that never come", 0.03);
    private readonly Option<double> veto = Share("--veto", "Share of outcomes that are vetoed", 0.08);
    private readonly Option<double> ledger = Share("--ledger", "Share of outcomes that go on the ledger", UsualLedger);
    private readonly Option<double> withdraw = Share("--withdraw", "Share of whistles that are withdrawn", 0.03);
    private readonly Option<double> stray = Share("--stray", "Share of check-ins first tried from the wrong place", 0.02);
    private readonly Option<int?> concurrency = new Option<int?>("--concurrency") { Description = "Most commands under way at once; 64, with load 512" }
        .Within(count => count is null or (>= 1 and <= 4096), "a number from 1 to 4096");
    private readonly Option<TimeSpan> giveUp = new Option<TimeSpan>("--give-up") { Description = "How long a command is repeated while the server is away", DefaultValueFactory = _ => TimeSpan.FromMinutes(2) }
        .Within(time => time >= TimeSpan.Zero, "a time");
    private readonly Option<FileInfo?> json = new("--json") { Description = "Write the summary to this file as well" };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Say nothing while it runs, and print the summary only when something is wrong" };
    private readonly Option<string> language = new("--lang") { Description = "Language of the output", DefaultValueFactory = _ => DefaultLanguage() };

    public CommonOptions()
    {
        language.AcceptOnlyFromAmong("zh", "en");
    }

    /// <summary>What every command takes, before its name too.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in (Option[])[server, allowRemote, seed, giveUp, json, quiet, language])
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
    }

    /// <summary>How people behave, and how fast: for what drives a server.</summary>
    /// <param name="exceptLedger">Where <c>--ledger</c> is the file that everything is noted in.</param>
    public Command WithBehaviour(Command command, bool exceptLedger = false)
    {
        foreach (var option in (Option[])[speed, patience, late, never, veto, ledger, withdraw, stray, concurrency])
        {
            if (option != ledger || !exceptLedger)
                command.Options.Add(option);
        }

        return command;
    }

    /// <summary>What a run without a server is told: the file for its numbers, whether it is to be quiet, the language, and the seed if one was given.</summary>
    public (string? JsonFile, bool IsQuiet, Language Language, int? Seed) ReadOffline(ParseResult parsed) => (
        parsed.GetValue(json)?.FullName,
        parsed.GetValue(quiet),
        new Language(parsed.GetValue(language) == "zh"),
        parsed.GetResult(seed) is { Implicit: false } ? parsed.GetValue(seed) : null);

    /// <summary>The server, if one was named.</summary>
    public Uri? GivenServer(ParseResult parsed) => parsed.GetResult(server) is { Implicit: false } ? parsed.GetValue(server) : null;

    public Settings Read(ParseResult parsed, double usualSpeed, TimeSpan usualPatience, int usualConcurrency = 64) => new(
        parsed.GetRequiredValue(server),
        parsed.GetValue(allowRemote),
        parsed.GetValue(seed),
        new Temper(
            parsed.GetValue(late),
            parsed.GetValue(never),
            parsed.GetValue(veto),
            parsed.CommandResult.Command.Options.Contains(ledger) ? parsed.GetValue(ledger) : UsualLedger,
            parsed.GetValue(withdraw),
            parsed.GetValue(stray)),
        new Pace(parsed.GetValue(speed) ?? usualSpeed, parsed.GetValue(patience) ?? usualPatience),
        parsed.GetValue(concurrency) ?? usualConcurrency,
        parsed.GetValue(giveUp),
        parsed.GetValue(json)?.FullName,
        parsed.GetValue(quiet),
        new Language(parsed.GetValue(language) == "zh"));

    private static Option<double> Share(string name, string description, double usual) =>
        new Option<double>(name) { Description = description, DefaultValueFactory = _ => usual }.Within(share => share is >= 0 and <= 1, "a share between 0 and 1");

    private static Uri? ReadAddress(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
            return address;
        result.AddError("--server takes an address such as http://127.0.0.1:5080.");
        return null;
    }

    private static Uri DefaultServer() =>
        Environment.GetEnvironmentVariable("ASPNETCORE_URLS")?.Split(';')[0] is { Length: > 0 } listed && Uri.TryCreate(listed, UriKind.Absolute, out var address)
            ? address
            : new Uri("http://127.0.0.1:5080");

    private static string DefaultLanguage() =>
        (Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG") ?? "").StartsWith("zh", true, CultureInfo.InvariantCulture) ? "zh" : "en";
}
