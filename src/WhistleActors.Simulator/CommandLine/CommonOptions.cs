using System.CommandLine;
using System.Globalization;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>The options that all scenarios share.</summary>
internal sealed class CommonOptions
{
    private readonly Option<Uri> server = new("--server") { Description = "Address of the server (default: ASPNETCORE_URLS, else http://127.0.0.1:5080)", DefaultValueFactory = _ => DefaultServer() };
    private readonly Option<bool> allowRemote = new("--allow-remote") { Description = "Allow a server that is not on this machine" };
    private readonly Option<int> seed = new("--seed") { Description = "Seed of all chance", DefaultValueFactory = _ => 1 };
    private readonly Option<double?> speed = new("--speed") { Description = "Minutes of the city that pass in one of ours; deadlines of the server are not compressed" };
    private readonly Option<TimeSpan?> patience = new("--patience") { Description = "How long to wait for a deadline to pass so that somebody can be late, such as 00:05:00" };
    private readonly Option<double> late = Share("--late", "Share of departments that check in late", 0.10);
    private readonly Option<double> never = Share("--never", "Share of departments that never come", 0.03);
    private readonly Option<double> veto = Share("--veto", "Share of outcomes that are vetoed", 0.08);
    private readonly Option<double> ledger = Share("--ledger", "Share of outcomes that go on the ledger", 0.12);
    private readonly Option<double> withdraw = Share("--withdraw", "Share of whistles that are withdrawn", 0.03);
    private readonly Option<double> stray = Share("--stray", "Share of check-ins first tried from the wrong place", 0.02);
    private readonly Option<int> concurrency = new("--concurrency") { Description = "Most commands under way at once", DefaultValueFactory = _ => 64 };
    private readonly Option<TimeSpan> giveUp = new("--give-up") { Description = "How long a command is repeated while the server is away", DefaultValueFactory = _ => TimeSpan.FromMinutes(2) };
    private readonly Option<FileInfo?> json = new("--json") { Description = "Write the summary to this file as well" };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Say nothing while it runs, and print the summary only when something is wrong" };
    private readonly Option<string> language = new("--lang") { Description = "Language of the output", DefaultValueFactory = _ => DefaultLanguage() };

    public CommonOptions()
    {
        language.AcceptOnlyFromAmong("zh", "en");
        foreach (var share in new[] { late, never, veto, ledger, withdraw, stray })
        {
            share.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
                    result.AddError($"{share.Name} takes a share between 0 and 1.");
            });
        }

        concurrency.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= 4096))
                result.AddError("--concurrency takes a number from 1 to 4096.");
        });
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is <= 0)
                result.AddError("--speed takes a number above 0.");
        });
    }

    public void AddTo(RootCommand root)
    {
        foreach (var option in (Option[])[server, allowRemote, seed, speed, patience, late, never, veto, ledger, withdraw, stray, concurrency, giveUp, json, quiet, language])
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
    }

    public Settings Read(ParseResult parsed, double usualSpeed, TimeSpan usualPatience) => new(
        parsed.GetRequiredValue(server),
        parsed.GetValue(allowRemote),
        parsed.GetValue(seed),
        new Temper(
            parsed.GetValue(late), parsed.GetValue(never), parsed.GetValue(veto), parsed.GetValue(ledger), parsed.GetValue(withdraw), parsed.GetValue(stray)),
        new Pace(parsed.GetValue(speed) ?? usualSpeed, parsed.GetValue(patience) ?? usualPatience),
        parsed.GetValue(concurrency),
        parsed.GetValue(giveUp),
        parsed.GetValue(json)?.FullName,
        parsed.GetValue(quiet),
        new Language(parsed.GetValue(language) == "zh"));

    private static Option<double> Share(string name, string description, double usual) => new(name) { Description = description, DefaultValueFactory = _ => usual };

    private static Uri DefaultServer() =>
        Environment.GetEnvironmentVariable("ASPNETCORE_URLS")?.Split(';')[0] is { Length: > 0 } listed && Uri.TryCreate(listed, UriKind.Absolute, out var address)
            ? address
            : new Uri("http://127.0.0.1:5080");

    private static string DefaultLanguage() =>
        (Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG") ?? "").StartsWith("zh", true, CultureInfo.InvariantCulture) ? "zh" : "en";
}
