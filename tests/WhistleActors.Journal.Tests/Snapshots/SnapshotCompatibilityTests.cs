using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests.Snapshots;

/// <summary>What one of the two stores wrote, the other reads.</summary>
public abstract class SnapshotCompatibilityTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly object[] Snapshots = ["text", 42, new byte[] { 1, 2, 3 }, Array.Empty<byte>(), new Patrol("Anna", 7)];

    public async ValueTask InitializeAsync() => await database.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Our_table_is_exactly_the_one_that_the_stock_store_creates()
    {
        await using (var ours = SnapshotBox.Ours(database))
            await ours.LoadAsync("a");
        var created = await database.SchemaAsync("snapshot");
        await database.ExecuteAsync("DROP TABLE snapshot");
        await using (var stock = SnapshotBox.Stock(database))
            await stock.LoadAsync("a");

        created.ShouldNotBeEmpty();
        created.ShouldBe(await database.SchemaAsync("snapshot"));
    }

    [Fact]
    public async Task Both_write_the_same_columns()
    {
        await using (var stock = SnapshotBox.Stock(database))
            await SaveAllAsync(stock, "stock");
        await using (var ours = SnapshotBox.Ours(database))
            await SaveAllAsync(ours, "ours");

        var bytes = database.Provider == "sqlite" ? "hex(snapshot)" : "encode(snapshot, 'hex')";
        var columns = $"SELECT sequence_number, created, {bytes}, manifest, serializer_id FROM snapshot WHERE persistence_id = ";
        var written = await database.QueryAsync(columns + "'ours' ORDER BY sequence_number");
        written.Count.ShouldBe(Snapshots.Length);
        written.ShouldBe(await database.QueryAsync(columns + "'stock' ORDER BY sequence_number"));
    }

    [Fact]
    public async Task Each_reads_what_the_other_wrote()
    {
        await using (var stock = SnapshotBox.Stock(database))
            await SaveAllAsync(stock, "a");
        await using (var ours = SnapshotBox.Ours(database))
        {
            await CheckAllAsync(ours, "a");
            await SaveAllAsync(ours, "b");
        }

        await using (var stock = SnapshotBox.Stock(database))
            await CheckAllAsync(stock, "b");
    }

    [Fact]
    public async Task A_row_of_an_old_version_without_a_serializer_is_read_by_the_type_in_its_manifest()
    {
        await using var ours = SnapshotBox.Ours(database);
        await ours.SaveAsync("a", 1, new Patrol("Anna", 7));
        await database.ExecuteAsync($"UPDATE snapshot SET serializer_id = NULL, manifest = '{typeof(Patrol).AssemblyQualifiedName}'");

        (await ours.LoadAsync("a"))!.Snapshot.ShouldBe(new Patrol("Anna", 7));
    }

    [Fact]
    public async Task A_row_without_a_manifest_is_read_by_its_serializer()
    {
        await using var ours = SnapshotBox.Ours(database);
        await ours.SaveAsync("a", 1, new Patrol("Anna", 7));
        await database.ExecuteAsync("UPDATE snapshot SET manifest = NULL");

        (await ours.LoadAsync("a"))!.Snapshot.ShouldBe(new Patrol("Anna", 7));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_fails_that_load_and_the_next_one_does_not_suffer()
    {
        await using var ours = SnapshotBox.Ours(database);
        await ours.SaveAsync("a", 1, "a");
        await ours.SaveAsync("b", 1, "b");
        await database.ExecuteAsync("UPDATE snapshot SET serializer_id = NULL, manifest = 'No.Such.Type, Nowhere' WHERE persistence_id = 'a'");

        (await Should.ThrowAsync<InvalidOperationException>(ours.LoadAsync("a"))).Message.ShouldContain("Nowhere");
        (await ours.LoadAsync("b"))!.Snapshot.ShouldBe("b");
    }

    [Fact]
    public async Task A_row_without_contents_does_not_harm_the_store()
    {
        await using var ours = SnapshotBox.Ours(database);
        await ours.SaveAsync("a", 1, new byte[] { 1 });
        await database.ExecuteAsync("UPDATE snapshot SET snapshot = NULL");

        (await ours.LoadAsync("a"))!.Snapshot.ShouldBeOfType<byte[]>().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_setting_can_be_switched_there_and_back_on_the_same_actor()
    {
        await using (var stock = SnapshotBox.Stock(database))
            await stock.Box.DiaryAsync("d", Diary.Write.Plain("1"), new Diary.Snapshot(), new Diary.Forget(1));
        await using (var ours = SnapshotBox.Ours(database))
            (await ours.Box.DiaryAsync("d", Diary.Write.Plain("2"), new Diary.Snapshot(), new Diary.Forget(2))).ShouldBe(["1", "2"]);
        await using (var stock = SnapshotBox.Stock(database))
            (await stock.Box.DiaryAsync("d", Diary.Write.Plain("3"))).ShouldBe(["1", "2", "3"]);
    }

    private static async Task SaveAllAsync(SnapshotBox box, string id)
    {
        for (var i = 0; i < Snapshots.Length; i++)
            await box.SaveAsync(id, i + 1, Snapshots[i], Noon.AddTicks(i));
    }

    private static async Task CheckAllAsync(SnapshotBox box, string id)
    {
        for (var i = 0; i < Snapshots.Length; i++)
        {
            var loaded = (await box.LoadAsync(id, to: i + 1))!;
            loaded.Snapshot.ShouldBe(Snapshots[i]);
            loaded.Metadata.ShouldBe(new(id, i + 1, Noon.AddTicks(i)));
        }
    }

    public sealed record Patrol(string Name, int Number);
}
