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
    private static readonly string InEither = Bodies.BlowDaily.Replace(",\"place\":{\"lon\":120.005,\"lat\":30.005,\"datum\":\"wgs84\"}", "", StringComparison.Ordinal);

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
                var blown = await PatientlyAsync(201, () => street.PostAsync($"grids/{(i % 2 == 0 ? ExampleCity.Belfry : ExampleCity.Market)}/whistles", InEither, key: $"{worker}-blows-{i}"));
                var photo = await PatientlyAsync(201, () => water.SendAsync(HttpMethod.Post, "attachments", Files.Content(Files.Jpeg($"{worker} {i}"))));
                await PatientlyAsync(200, () => water.PostAsync($"whistles/{blown.Id}/notes", $$"""{"text":"现场","attachments":[{"hash":"{{photo.Json.GetProperty("hash").GetString()}}","name":"现场.jpg"}]}""", key: $"{worker}-notes-{i}"));
                answered.Enqueue(blown.Id);
            }
        })).ToList();
        await UntilAsync(6);
        var before = answered.ToList();

        var manifest = await Backup.Here.TakeAsync(server.Places, folder["backup"], filesOnly: false, TestContext.Current.CancellationToken);

        await UntilAsync(answered.Count + 3);
        await enough.CancelAsync();
        await Task.WhenAll(workers);
        await Backup.VerifyAsync(folder["backup"], TestContext.Current.CancellationToken);
        var copy = Path.Combine(folder["backup"], BackupManifest.DatabaseName);
        var head = manifest.Journal!.Head;
        before.ShouldBeSubsetOf(await BackupFolder.WhistlesAsync(copy));
        manifest.Attachments.Count.ShouldBeGreaterThanOrEqualTo(before.Count);
        manifest.Attachments.Lost.ShouldBeEmpty();

        // Up to its head it is what the server has, row by row; and the server went on.
        var later = folder["later.db"];
        await (database is null ? JournalCopy.FromSqliteAsync(server.Places.Database, later, TestContext.Current.CancellationToken) : JournalCopy.FromPostgresAsync(database.ConnectionString, later, TestContext.Current.CancellationToken));
        (await BackupFolder.AskAsync(later, $"SELECT count(*) FROM journal WHERE ordering > {head}")).ShouldNotBe(["0"]);
        var attach = $"ATTACH '{copy}' AS backup;";
        (await BackupFolder.AskAsync(later, $"{attach} SELECT * FROM journal WHERE ordering <= {head} EXCEPT SELECT * FROM backup.journal")).ShouldBeEmpty();
        (await BackupFolder.AskAsync(later, $"{attach} SELECT * FROM backup.journal EXCEPT SELECT * FROM journal WHERE ordering <= {head}")).ShouldBeEmpty();

        async Task UntilAsync(int count) => await Eventually.TrueAsync(() => answered.Count >= count || workers.Exists(worker => worker.IsCompleted), TimeSpan.FromSeconds(60));
    }

    // Who is told to come back does.
    private static async Task<Answer> PatientlyAsync(int status, Func<Task<Answer>> command)
    {
        var answer = await command();
        while (answer.Status == 503)
        {
            await Task.Delay(100);
            answer = await command();
        }

        return answer.ShouldSucceed(status);
    }
}
