using Shouldly;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Verification;
using Xunit;

namespace WhistleActors.Simulator.Tests.Verification;

public sealed class VerifierTests
{
    private readonly FakeServer server = new();
    private readonly List<WhistleRecord> records = [];

    public VerifierTests()
    {
        for (var i = 1; i <= 40; i++)
            Live($"g1-{i}");
    }

    [Fact]
    public async Task A_server_that_kept_everything_is_not_blamed() => (await VerifyAsync()).ShouldBeEmpty();

    [Fact]
    public async Task A_deadline_that_passed_afterwards_is_no_fault()
    {
        server.Traces["g1-7"].Add(("deadline-passed", "b"));
        server.Whistles["g1-7"] = FakeServer.View("g1-7", 6);

        (await VerifyAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_whistle_is_found()
    {
        server.Whistles.Remove("g1-17");
        server.Traces.Remove("g1-17");

        (await VerifyAsync()).ShouldHaveSingleItem().ShouldBe(new Finding(FindingKind.Lost, "g1-17", "the whistle is unknown"));
    }

    [Fact]
    public async Task A_lost_last_command_is_found()
    {
        server.Traces["g1-3"].RemoveAt(4);
        server.Whistles["g1-3"] = FakeServer.View("g1-3", 4);

        var found = await VerifyAsync();

        found.ShouldAllBe(finding => finding.Kind == FindingKind.Lost && finding.Whistle == "g1-3");
        found.ShouldContain(finding => finding.Detail.Contains("CheckIn of a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_was_replaced_by_another_ones_event_is_found()
    {
        server.Traces["g1-3"][2] = ("crew-departed", "b");

        (await VerifyAsync()).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Lost);
    }

    [Fact]
    public async Task A_command_that_took_effect_twice_is_found()
    {
        server.Traces["g1-5"].Add(("crew-departed", "a"));
        server.Whistles["g1-5"] = FakeServer.View("g1-5", 6);

        (await VerifyAsync()).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Doubled);
    }

    [Fact]
    public async Task A_second_effect_is_allowed_where_a_command_got_no_answer()
    {
        server.Traces["g1-5"].Add(("crew-departed", "a"));
        server.Whistles["g1-5"] = FakeServer.View("g1-5", 6);
        records[4].NoteUnknown(CommandKind.Depart, "a");

        (await VerifyAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_got_no_answer_excuses_no_other_command()
    {
        server.Traces["g1-5"].Add(("crew-departed", "a"));
        server.Whistles["g1-5"] = FakeServer.View("g1-5", 6);
        records[4].NoteUnknown(CommandKind.Sign, "a");

        (await VerifyAsync()).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Doubled);
    }

    [Fact]
    public async Task An_event_of_another_command_is_not_taken_for_the_one_in_the_ledger()
    {
        var record = new WhistleRecord("g1-2", since: 0);
        record.Acknowledge(new Acknowledgement(CommandKind.Sign, "a", 2, Key: "k-of-the-run"));

        (await new Verifier(server).VerifyAsync([record], null, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Lost);
    }

    [Fact]
    public async Task A_state_that_differs_from_the_acknowledged_one_is_found()
    {
        server.Whistles["g1-9"] = FakeServer.View("g1-9", 5, "another text");

        (await VerifyAsync()).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Changed);
    }

    [Fact]
    public async Task Two_commands_acknowledged_with_one_event_are_found()
    {
        records[0].Acknowledge(CommandKind.Depart, "a", FakeServer.View("g1-1", 4));

        (await VerifyAsync()).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Lost);
    }

    [Fact]
    public async Task What_happened_before_an_adoption_is_not_counted()
    {
        var adopted = new WhistleRecord("g1-99", since: 3);
        adopted.Acknowledge(CommandKind.Report, "a", FakeServer.View("g1-99", 4));
        records.Add(adopted);
        server.Whistles["g1-99"] = FakeServer.View("g1-99", 4);
        server.Traces["g1-99"] = [("whistle-blown", null), ("outcome-reported", "a"), ("outcome-vetoed", "a"), ("outcome-reported", "a")];

        (await VerifyAsync()).ShouldBeEmpty();
    }

    private Task<IReadOnlyList<Finding>> VerifyAsync() => new Verifier(server).VerifyAsync(records, progress: null, TestContext.Current.CancellationToken);

    // Blown, signed by two, a crew on the way and on the spot: all acknowledged, all kept.
    private void Live(string id)
    {
        var record = new WhistleRecord(id, since: 0);
        (CommandKind Kind, string? Department, string Manifest)[] commands =
        [
            (CommandKind.Blow, null, "whistle-blown"),
            (CommandKind.Sign, "a", "summons-signed"),
            (CommandKind.Sign, "b", "summons-signed"),
            (CommandKind.Depart, "a", "crew-departed"),
            (CommandKind.CheckIn, "a", "crew-checked-in"),
        ];
        server.Traces[id] = [];
        foreach (var (kind, department, manifest) in commands)
        {
            server.Traces[id].Add((manifest, department));
            server.Whistles[id] = FakeServer.View(id, server.Traces[id].Count);
            record.Acknowledge(kind, department, server.Whistles[id]);
        }

        records.Add(record);
    }
}
