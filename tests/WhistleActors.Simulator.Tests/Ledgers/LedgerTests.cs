using Shouldly;
using WhistleActors.Contract.Whistles;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.Ledgers;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Tests.Verification;
using WhistleActors.Simulator.Verification;
using Xunit;

namespace WhistleActors.Simulator.Tests.Ledgers;

public sealed class LedgerTests : IDisposable
{
    private static readonly Errand Blow = new("k1", CommandKind.Blow, null, null, "g1", Level.Emergency);
    private static readonly Errand Sign = new("k2", CommandKind.Sign, "w1", "a", "g1", Level.Emergency);
    private readonly string folder = Directory.CreateTempSubdirectory("whistle-ledger-").FullName;

    private string Path => System.IO.Path.Combine(folder, "run.ledger");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_again()
    {
        Write(file =>
        {
            file.Sent(Blow);
            file.Accepted(Blow, FakeServer.View("w1", 1));
            file.Sent(Sign);
            file.Accepted(Sign, FakeServer.View("w1", 2));
        });

        var ledger = Read()!;

        ledger.Head.Run.ShouldBe("abc");
        ledger.Commands.ShouldBe(2);
        ledger.UnansweredBlows.ShouldBeEmpty();
        ledger.Whistles["w1"].Acknowledged.ShouldBe([new Acknowledgement(CommandKind.Blow, null, 1, "k1"), new Acknowledgement(CommandKind.Sign, "a", 2, "k2")]);
    }

    [Fact]
    public void A_killed_run_leaves_what_it_had_sent()
    {
        Write(file =>
        {
            file.Sent(Blow with { Key = "k0" });
            file.Sent(Blow);
            file.Accepted(Blow, FakeServer.View("w1", 1));
            file.Sent(Sign);
        });
        File.AppendAllText(Path, "{\"accepted\":\"k2\",\"whis");

        var ledger = Read()!;

        ledger.Torn.ShouldBeTrue();
        ledger.UnansweredBlows.ShouldBe(["k0"]);
        ledger.Whistles["w1"].UnknownOf(CommandKind.Sign, "a").ShouldBe(1);
        ledger.Whistles["w1"].Acknowledged.Count.ShouldBe(1);
    }

    [Fact]
    public void A_refused_command_is_answered()
    {
        Write(file =>
        {
            file.Sent(Blow);
            file.Refused(Blow, "grid-full");
        });

        Read()!.UnansweredBlows.ShouldBeEmpty();
    }

    [Fact]
    public void An_earlier_ledger_is_never_written_over()
    {
        Write(file => file.Sent(Blow));

        Should.Throw<IOException>(() => Write(file => file.Sent(Blow)));
    }

    [Theory]
    [InlineData("", 1, LedgerFaultCode.NoHead)]
    [InlineData("hello\n", 1, LedgerFaultCode.NoHead)]
    [InlineData("{\"ledger\":9,\"run\":\"a\",\"server\":\"http://127.0.0.1\"}\n", 1, LedgerFaultCode.NoHead)]
    [InlineData("{\"ledger\":1,\"run\":\"a\",\"server\":\"http://127.0.0.1\"}\nnothing\n{\"sent\":\"k\",\"command\":\"blow\"}\n", 2, LedgerFaultCode.BadLine)]
    [InlineData("{\"ledger\":1,\"run\":\"a\",\"server\":\"http://127.0.0.1\"}\n{\"accepted\":\"k\",\"whistle\":\"w\",\"version\":1}\n", 2, LedgerFaultCode.BadAnswer)]
    public void What_is_no_ledger_is_refused_with_its_line(string text, int line, string code)
    {
        File.WriteAllText(Path, text);
        var faults = new FaultList();

        Ledger.Read("run.ledger", File.ReadLines(Path), faults).ShouldBeNull();

        var fault = faults.InOrder().ShouldHaveSingleItem();
        (fault.Line, fault.Code).ShouldBe((line, code));
    }

    private void Write(Action<LedgerFile> write)
    {
        using var file = new LedgerFile(Path, new LedgerHead(LedgerHead.Version, "abc", new Uri("http://127.0.0.1:5080"), "sample", "x.yaml", 1, DateTimeOffset.UnixEpoch));
        write(file);
    }

    private Ledger? Read()
    {
        var faults = new FaultList();
        var ledger = Ledger.Read("run.ledger", File.ReadLines(Path), faults);
        faults.InOrder().ShouldBeEmpty();
        return ledger;
    }
}
