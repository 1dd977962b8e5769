using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using WhistleActors.Server.Tests.Alerts;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Operations;

/// <summary>What an administrator is given in <c>cluster-config/monitoring</c> and <c>docs/runbook.md</c>, beside what a real server says.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed partial class MonitoringTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "cluster-config", "monitoring");

    private static string Rules => File.ReadAllText(Path.Combine(Folder, "alerts.yml"));

    private static JsonElement Dashboard => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json"))).RootElement;

    [Theory]
    [InlineData("runbook.md")]
    [InlineData("runbook.zh-CN.md")]
    public void Every_alert_leads_to_an_entry_of_the_runbook_that_names_it_and_every_entry_says_where_to_look_and_what_to_do(string page)
    {
        var entries = Entry().Split(File.ReadAllText(Path.Combine(Repository.Root, "docs", page)))[1..].Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        entries.Values.ShouldAllBe(entry => (entry.Contains("**Symptom.**") && entry.Contains("**Look.**") && entry.Contains("**Act.**")) || (entry.Contains("**现象。**") && entry.Contains("**看。**") && entry.Contains("**办。**")));
        var alerts = Alert().Matches(Rules).Select(match => (Name: match.Groups["name"].Value, Page: match.Groups["page"].Value, Entry: match.Groups["entry"].Value)).ToList();

        alerts.Count.ShouldBe(Rules.Split("- alert:").Length - 1, "each alert has a runbook_url");
        foreach (var (name, of, entry) in alerts)
        {
            of.ShouldBe("docs/runbook.md");
            entries.ShouldContainKey(entry, name);
            entries[entry].ShouldContain($"`{name}`", customMessage: name);
        }

        Named().Matches(string.Concat(entries.Values)).Select(match => match.Groups["name"].Value).ShouldBeSubsetOf(alerts.Select(alert => alert.Name));
    }

    [Fact]
    public async Task Every_metric_that_an_alert_or_a_panel_asks_for_is_one_that_a_real_server_has()
    {
        var used = Expressions().SelectMany(Metrics).ToHashSet();
        used.Count.ShouldBeGreaterThan(25);

        // Only on PostgreSQL is there another clock than the machine's.
        await using var database = await TestPostgres.StartAsync();
        var fixture = new AlertServer { Settings = ["--postgres", database.ConnectionString] };
        await fixture.InitializeAsync();
        try
        {
            // Counters are there once they have counted.
            var server = fixture.Server;
            await using var stranger = new Screen(await Screen.ConnectAsync(server), "city", new { epoch = "of-another", sequence = 7 }, owns: true);
            server.Services.GetRequiredService<ActorSystem>().DeadLetters.Tell("to nobody");
            await fixture.StaffAsync(("an", "on-duty", "webhook", "metadata"));
            var whistle = await fixture.BlowAsync();
            (await (await server.WaterworksAsync()).PostAsync($"whistles/{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(server.Now))).ShouldSucceed();
            (await (await server.StreetAsync()).PostAsync("grids/99010100100101/whistles", Bodies.Blow)).ShouldSucceed(201);

            IReadOnlySet<string> names = new HashSet<string>();
            await fixture.RunUntilAsync(
                async () =>
                {
                    names = (await Scrape.OfAsync(server)).Names;
                    return used.IsSubsetOf(names);
                },
                TimeSpan.FromMilliseconds(300));
        }
        catch (TimeoutException)
        {
            used.ShouldBeSubsetOf((await Scrape.OfAsync(fixture.Server)).Names);
        }
        finally
        {
            await fixture.DisposeAsync();
        }
    }

    [Fact]
    public void The_dashboard_is_one_that_Grafana_takes_and_speaks_both_languages()
    {
        var (board, ids) = (Dashboard, new HashSet<int>());
        board.GetProperty("schemaVersion").GetInt32().ShouldBeGreaterThanOrEqualTo(36);
        board.GetProperty("uid").GetString()!.Length.ShouldBeInRange(1, 40);
        foreach (var panel in board.GetProperty("panels").EnumerateArray())
        {
            ids.Add(panel.GetProperty("id").GetInt32()).ShouldBeTrue("ids are unique");
            panel.GetProperty("title").GetString()!.ShouldMatch(@"[一-鿿].*[A-Za-z]");
            var place = panel.GetProperty("gridPos");
            (place.GetProperty("x").GetInt32() + place.GetProperty("w").GetInt32()).ShouldBeInRange(1, 24);
            if (panel.GetProperty("type").GetString() == "row")
                continue;
            panel.GetProperty("datasource").GetProperty("uid").GetString().ShouldBe("${datasource}");
            panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("refId").GetString()).ShouldBeUnique();
        }
    }

    [Theory]
    [InlineData("check config prometheus.yml")]
    [InlineData("check rules alerts.yml")]
    [InlineData("test rules alerts.test.yml")]
    public async Task Prometheus_takes_its_configuration_and_each_alert_goes_off_when_it_should_and_only_then(string command)
    {
        var promtool = Environment.GetEnvironmentVariable("PROMTOOL") ?? "/usr/bin/promtool";
        Assert.SkipUnless(File.Exists(promtool), "promtool is not installed (Debian: prometheus).");
        using var process = Process.Start(new ProcessStartInfo(promtool, command.Split(' ')) { WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0, said);
    }

    [Fact]
    public async Task There_is_a_test_of_each_alert_and_none_of_them_goes_off_while_all_is_well()
    {
        var tests = await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.test.yml"), TestContext.Current.CancellationToken);
        var quiet = tests[tests.IndexOf("name: all is well", StringComparison.Ordinal)..];
        foreach (Match alert in Alert().Matches(Rules))
        {
            tests.ShouldContain($"    name: {alert.Groups["name"].Value}\n");
            quiet.ShouldContain($"alertname: {alert.Groups["name"].Value}, exp_alerts: []");
        }
    }

    private static IEnumerable<string> Expressions() =>
        Expression().Matches(Rules).Select(match => match.Groups["expression"].Value)
            .Concat(from panel in Dashboard.GetProperty("panels").EnumerateArray()
                    where panel.TryGetProperty("targets", out _)
                    from target in panel.GetProperty("targets").EnumerateArray()
                    select target.GetProperty("expr").GetString()!);

    // Names of labels are no metrics, and whether a target answers is known to Prometheus alone.
    private static IEnumerable<string> Metrics(string expression) => Metric().Matches(Labels().Replace(expression, "")).Select(match => match.Value);

    [GeneratedRegex("""<a id="([a-z-]+)"></a>\n""")]
    private static partial Regex Entry();

    [GeneratedRegex("""- alert: (?<name>\w+)(?:(?!- alert:)[\s\S])*?runbook_url: (?<page>[\w./-]+)#(?<entry>[a-z-]+)""")]
    private static partial Regex Alert();

    [GeneratedRegex("`(?<name>Whistle[A-Z]\\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex("expr: '(?<expression>[^']+)'")]
    private static partial Regex Expression();

    [GeneratedRegex("""\{[^}]*\}|(by|without) \([^)]*\)""")]
    private static partial Regex Labels();

    [GeneratedRegex("""\b(whistle|http|dotnet)_[a-z0-9_]+""")]
    private static partial Regex Metric();
}
