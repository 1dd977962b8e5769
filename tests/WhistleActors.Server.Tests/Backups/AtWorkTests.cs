using System.Collections.Concurrent;
using Shouldly;
using WhistleActors.Journal.Copies;
using WhistleActors.Server.Backups;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Backups;

/// <summary>Backups of a server that is given commands all the while.</summary>
public sealed class AtWorkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_of_a_server_at_work_is_of_one_moment_and_lacks_nothing_that_was_answered_before(bool onPostgres)
    {
        using var folder = new BackupFolder();
        await using var database = onPostgres ? await TestPostgres.StartAsync() : null;
        await using var server = await TestServer.StartAsync(fakeClock: false, database is null ? [] : ["--postgres", database.ConnectionString]);
        using var enough = new CancellationTokenSource();
        var answered = new ConcurrentQueue<string>();
        var (street, water) = (await server.StreetAsync(), await server.WaterworksAsync());
        var workers = Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 60 && !enough.IsCancellationRequested; i++)
            {
                var blown = (await street.PostAsync($"grids/{(i % 2 == 0 ? ExampleCity.Belfry : ExampleCity.Market)}/whistles", Bodies.BlowDaily.Replace(",\"place\":{\"lon\":120.005,\"lat\":30.005,\"datum\":\"wgs84\"}", "", StringComparison.Ordinal))).ShouldSucceed(201);
                var photo = await water.UploadAsync(Files.Jpeg($"{worker} {i}"));
                (await water.PostAsync($"whistles/{blown.Id}/notes", $$"""{"text":"现场","attachments":[{"hash":"{{photo}}","name":"现场.jpg"}]}""")).ShouldSucceed();
                answered.Enqueue(blown.Id);
            }
        })).ToList();
        await UntilAsync(6);
        var before = answered.ToList();

        var manifest = await Backup.Here.TakeAsync(server.Places, folder["backup"], filesOnly: false, default);

        await UntilAsync(answered.Count + 3);
        await enough.CancelAsync();
        await Task.WhenAll(workers);
        await Backup.VerifyAsync(folder["backup"], default);
        var copy = Path.Combine(folder["backup"], BackupManifest.DatabaseName);
        var head = manifest.Journal!.Head;
        (await BackupFolder.WhistlesAsync(copy)).ShouldBeSupersetOf(before);
        manifest.Attachments.Count.ShouldBeGreaterThanOrEqualTo(before.Count);
        manifest.Attachments.Lost.ShouldBeEmpty();

        // Up to its head it is what the server has, row by row; and the server went on.
        var later = folder["later.db"];
        await (database is null ? JournalCopy.FromSqliteAsync(server.Places.Database, later) : JournalCopy.FromPostgresAsync(database.ConnectionString, later));
        (await BackupFolder.AskAsync(later, $"SELECT count(*) FROM journal WHERE ordering > {head}")).ShouldNotBe(["0"]);
        var attach = $"ATTACH '{copy}' AS backup;";
        (await BackupFolder.AskAsync(later, $"{attach} SELECT * FROM journal WHERE ordering <= {head} EXCEPT SELECT * FROM backup.journal")).ShouldBeEmpty();
        (await BackupFolder.AskAsync(later, $"{attach} SELECT * FROM backup.journal EXCEPT SELECT * FROM journal WHERE ordering <= {head}")).ShouldBeEmpty();

        async Task UntilAsync(int count) => await Eventually.TrueAsync(() => answered.Count >= count || workers.Exists(worker => worker.IsCompleted), TimeSpan.FromSeconds(60));
    }
}
