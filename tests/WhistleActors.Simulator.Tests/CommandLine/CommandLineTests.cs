using Shouldly;
using WhistleActors.Simulator.CommandLine;
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
    public void What_cannot_be_meant_is_said_so(string line) =>
        SimulateCommand.Create(TimeProvider.System).Parse(line).Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("storm --server http://192.0.2.1:5080", ExitCodes.Usage)]
    [InlineData("storm --server http://example.org", ExitCodes.Usage)]
    public async Task Only_this_machine_is_driven_unless_more_is_allowed(string line, int code) =>
        (await SimulateCommand.Create(TimeProvider.System).Parse(line).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(code);
}
