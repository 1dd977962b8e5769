using System.Text.Json;
using Shouldly;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Records;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Records;

public sealed class CityRecordTests
{
    [Fact]
    public async Task It_knows_the_same_after_a_restart_whether_it_goes_on_from_a_checkpoint_or_reads_the_whole_journal()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        foreach (var grid in new[] { ExampleCity.Belfry, ExampleCity.Belfry, ExampleCity.Market })
            (await node.City.GiveOrderAsync(grid, Orders.Blow(), TestContext.Current.CancellationToken)).ShouldBeOfType<OrderAccepted>();
        await Eventually.TrueAsync(() => Whole(node.Record).Length == 3 && Load(node) == 3);
        var before = Whole(node.Record);
        await node.StopAsync();
        await node.StartAsync();

        Whole(node.Record).ShouldBe(before);
        Load(node).ShouldBe(3);

        // A checkpoint as it was before there was a record: the journal is read once from its start.
        await node.StopAsync();
        node.Count("UPDATE snapshot SET snapshot = CAST(json_remove(CAST(snapshot AS TEXT), '$.pages') AS BLOB) WHERE persistence_id = 'board'; SELECT changes()").ShouldBe(1);
        await node.StartAsync();
        Whole(node.Record).ShouldBe(before);
        Load(node).ShouldBe(3);
    }

    [Fact]
    public void It_forgets_what_is_older_than_its_memory_and_never_keeps_more_than_a_thousand_of_a_matter_in_a_grid()
    {
        var record = new CityRecord();
        var blown = Sample<WhistleBlown>("whistle-blown.1.json");
        Take(Blown(1, ExampleCity.Morning));
        Take(Blown(2, ExampleCity.Morning + CityRecord.Memory + TimeSpan.FromSeconds(1)));

        record.Of(_ => true).ShouldHaveSingleItem().Id.Number.ShouldBe(2);

        for (var number = 3; number < 2_000; number++)
            Take(Blown(number, ExampleCity.Morning + CityRecord.Memory + TimeSpan.FromSeconds(number)));

        record.Of(_ => true).Select(whistle => whistle.Id.Number).ShouldBe(Enumerable.Range(1_000, 1_000).Select(number => (long)number));

        void Take(WhistleBlown happened) => record.Take(GridFold.Apply((Whistle?)null, happened), happened);

        WhistleBlown Blown(int number, DateTimeOffset at) => blown with { Whistle = new WhistleId(ExampleCity.Belfry, number), At = at };
    }

    [Fact]
    public void What_waited_for_its_approval_counts_when_it_sounds_and_what_was_rejected_merged_or_an_exercise_does_not()
    {
        var record = new CityRecord();
        var proposed = Sample<WhistleProposed>("whistle-proposed.1.json");
        var approved = Sample<WhistleApproved>("whistle-approved.1.json");
        var real = proposed with { Proposal = proposed.Proposal with { As = proposed.Proposal.As! with { Exercise = false } } };
        Live(real, Sample<WhistleRejected>("whistle-rejected.1.json"));
        Live(real with { Proposal = real.Proposal with { As = real.Proposal.As! with { Exercise = true } } }, approved);
        record.Of(_ => true).ShouldBeEmpty();

        Live(real, approved);
        var known = record.Of(_ => true).ShouldHaveSingleItem();
        (known.Id, known.At, known.TookProposal).ShouldBe((real.Whistle, approved.At, true));

        Live(real, approved, Sample<WhistleMerged>("whistle-merged.1.json"));
        record.Of(_ => true).ShouldBeEmpty();

        void Live(params GridEvent[] events)
        {
            Whistle? whistle = null;
            foreach (var happened in events)
            {
                whistle = GridFold.Apply(whistle, happened with { Whistle = real.Whistle });
                record.Take(whistle, happened);
            }
        }
    }

    private static T Sample<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", file)), StoredJson.Kept)!;

    private static int Load(NodeBox node) =>
        node.Loads.EveryMinute(DepartmentCode.Parse("waterworks"), ExampleCity.Morning.AddMinutes(-1), ExampleCity.Morning).Single().Load.Open;

    private static string[] Whole(CityRecord record) =>
        [.. record.Of(_ => true).Select(whistle => $"{whistle.Id} {whistle.Matter} {whistle.At.ToUnixTimeSeconds()} {whistle.TookProposal}").Order(StringComparer.Ordinal)];
}
