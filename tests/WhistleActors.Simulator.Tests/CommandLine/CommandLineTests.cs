using System.CommandLine;
using Shouldly;
using WhistleActors.Simulator.CommandLine;
using WhistleActors.Simulator.Plans;
using Xunit;

namespace WhistleActors.Simulator.Tests.CommandLine;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("storm --whistles 10 --server http://127.0.0.1:5180 --allow-remote --seed 3 --speed 60 --patience 00:05:00 --late 0.5 --never 0 --give-up 00:00:30 --json out.json --quiet --lang zh")]
    [InlineData("rate --per-minute 30 --duration 00:02:00")]
    [InlineData("load storm.yaml --ledger a.ledger --html a.html --json a.json --speed 60 --concurrency 900")]
    [InlineData("check a.ledger --server http://127.0.0.1:5180")]
    [InlineData("life --fewest 5 --most 9 --server http://localhost:5080/ --quiet")]
    public void What_the_help_offers_is_understood(string line) =>
        SimulateCommand.Create(TimeProvider.System).Parse(line).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("storm --whistles 0")]
    [InlineData("storm --whistles many")]
    [InlineData("storm --late some")]
    [InlineData("rate --duration soon")]
    [InlineData("storm --server elsewhere")]
    [InlineData("storm --server ftp://127.0.0.1/")]
    [InlineData("storm --late 1.5")]
    [InlineData("storm --speed 0")]
    [InlineData("storm --concurrency 0")]
    [InlineData("storm --lang fr")]
    [InlineData("rate --per-minute -1")]
    [InlineData("new-york --file /nowhere/at/all.csv")]
    [InlineData("load")]
    [InlineData("check")]
    [InlineData("earthquake")]
    [InlineData("plan week.yaml --veto 0.1")]
    [InlineData("check a.ledger --ledger 0.1")]
    public void What_cannot_be_meant_is_said_so(string line) =>
        SimulateCommand.Create(TimeProvider.System).Parse(line).Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("storm")]
    [InlineData("load")]
    [InlineData("check")]
    [InlineData("plan")]
    public async Task The_help_of_a_command_names_each_option_once(string command)
    {
        using var output = new StringWriter();
        await SimulateCommand.Create(TimeProvider.System).Parse($"{command} --help").InvokeAsync(new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken);

        var names = output.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("--", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).ToList();
        names.ShouldContain("--server");
        names.ShouldBeUnique();
        names.Contains("--veto").ShouldBe(command is "storm" or "load");
    }

    [Fact]
    public void A_load_goes_by_the_usual_share_of_the_ledger_because_its_ledger_is_a_file()
    {
        var common = new CommonOptions();
        var root = new RootCommand();
        common.AddTo(root);
        var load = common.WithBehaviour(LoadCommand.Create(common, TimeProvider.System), exceptLedger: true);
        root.Subcommands.Add(load);

        common.Read(root.Parse("load storm.yaml --ledger a.ledger --late 0.2"), usualSpeed: 1, TimeSpan.Zero).Temper.ShouldBe(new Temper(0.2, 0.03, 0.08, 0.12, 0.03, 0.02));
    }

    [Theory]
    [InlineData("storm --server http://192.0.2.1:5080", ExitCodes.Usage)]
    [InlineData("storm --server http://example.org", ExitCodes.Usage)]
    public async Task Only_this_machine_is_driven_unless_more_is_allowed(string line, int code) =>
        (await SimulateCommand.Create(TimeProvider.System).Parse(line).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(code);
}
