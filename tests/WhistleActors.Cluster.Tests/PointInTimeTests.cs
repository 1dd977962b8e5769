using System.Text.Json;
using Npgsql;
using Shouldly;
using WhistleActors.Contract.Whistles;
using WhistleActors.Journal.Copies;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>The scripts of <c>cluster-config/postgresql</c> on a PostgreSQL of their own, under a server at work.</summary>
public sealed class PointInTimeTests
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    [Fact]
    public async Task A_database_is_brought_back_to_a_moment_with_exactly_what_there_was_and_goes_on_from_there()
    {
        await using var original = await PostgresServer.StartAsync(new PostgresOptions { Lines = Archiving });
        await using var server = new ServerProcess(("WHISTLE_CITY_PACK", Town.Folder), ("WHISTLE_POSTGRES", original.ConnectionString));
        server.Start();
        await server.ReadyAsync();
        var files = Directory.CreateTempSubdirectory("whistle-files-").FullName;

        // A base backup while commands come, and what comes after it.
        using (var work = new Work(server))
        {
            await work.UntilAsync(4);
            await original.RunScriptAsync(Script(original, "base-backup"), Archive(original));
            await work.UntilAsync(work.Done + 4);
            await work.StopAsync();
        }

        // The moment: all is quiet, and everything is asked.
        var (then, ids) = await WhenQuietAsync(original, server);
        var said = await AnswersAsync(server, ids);
        (await server.RunAsync("backup", Path.Combine(files, "files"), "--files-only")).ShouldSatisfyAllConditions(taken => taken.Code.ShouldBe(0, taken.Output));
        var moment = await AskAsync<string>(original, "SELECT to_char(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS.USOF')");

        // What comes after the moment is to be gone; then the machine is lost.
        using (var work = new Work(server))
        {
            await work.UntilAsync(4);
            await work.StopAsync();
        }

        await server.KillAsync();
        (await JournalCopy.VerifyPostgresAsync(original.ConnectionString)).Head.ShouldBeGreaterThan(then.Head);
        var last = await AskAsync<string>(original, "SELECT pg_walfile_name(pg_switch_wal())");
        await Eventually.TrueAsync(async () => string.CompareOrdinal(await AskAsync<string>(original, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver"), last) >= 0, TimeSpan.FromSeconds(60));
        await original.CrashAsync();

        await using var restored = await original.StartOnWhatAsync(data => [Script(original, "restore-to"), Archive(original), data, moment]);
        await Eventually.TrueAsync(async () => !await AskAsync<bool>(restored, "SELECT pg_is_in_recovery()"), TimeSpan.FromSeconds(60));

        (await JournalCopy.VerifyPostgresAsync(restored.ConnectionString)).ShouldBe(then);
        await using var next = new ServerProcess(("WHISTLE_CITY_PACK", Town.Folder), ("WHISTLE_POSTGRES", restored.ConnectionString));
        (await next.RunAsync("restore", Path.Combine(files, "files"))).ShouldSatisfyAllConditions(brought => brought.Code.ShouldBe(0, brought.Output));
        (await next.RunAsync("check")).ShouldSatisfyAllConditions(whole => whole.Code.ShouldBe(0, whole.Output));
        next.Start();
        await next.ReadyAsync();
        (await AnswersAsync(next, ids)).ShouldBe(said);
        var street = next.As("street", "990101001", "subdistrict-officer");
        (await street.BlowAsync(Town.Grids[0], Town.BurstMain)).Whistle.Version.ShouldBe(1);
        Directory.Delete(files, recursive: true);
    }

    [Fact]
    public async Task What_cannot_be_brought_back_is_said_in_both_languages()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { Lines = Archiving });
        await server.RunScriptAsync(Script(server, "base-backup"), Archive(server));
        await server.RunScriptAsync("mkdir", Path.Combine(server.Folder, "full"));
        await server.RunScriptAsync("touch", Path.Combine(server.Folder, "full", "file"));

        async Task RefusedAsync(string text, params string[] command) =>
            (await Should.ThrowAsync<InvalidOperationException>(server.RunScriptAsync(command))).Message.ShouldSatisfyAllConditions(said => said.ShouldContain(text), said => said.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF));

        await RefusedAsync("is not empty", Script(server, "restore-to"), Archive(server), Path.Combine(server.Folder, "full"), "latest");
        await RefusedAsync("no base backup", Script(server, "restore-to"), Archive(server), Path.Combine(server.Folder, "other"), "2020-01-01 00:00:00+08");
        await RefusedAsync("is no time", Script(server, "restore-to"), Archive(server), Path.Combine(server.Folder, "other"), "yesterdayish");
        await RefusedAsync("another content", Script(server, "archive-wal"), Script(server, "restore-to"), await ArchivedAsync(server), Archive(server));
        var spoiled = Directory.EnumerateFiles(Path.Combine(Archive(server), "base"), "pg_control", SearchOption.AllDirectories).Single();
        await server.RunScriptAsync("cp", Script(server, "restore-to"), spoiled);
        await RefusedAsync("is damaged", Script(server, "restore-to"), Archive(server), Path.Combine(server.Folder, "other"), "latest");
    }

    private static async Task<string> ArchivedAsync(PostgresServer server)
    {
        await TestPostgres.ExecuteAsync(server.ConnectionString, "SELECT pg_switch_wal()");
        await Eventually.TrueAsync(() => Directory.EnumerateFiles(Path.Combine(Archive(server), "wal")).Any(), TimeSpan.FromSeconds(60));
        return Path.GetFileName(Directory.EnumerateFiles(Path.Combine(Archive(server), "wal")).First());
    }

    private static string Archive(PostgresServer server) => Path.Combine(server.Folder, "archive");

    private static string Script(PostgresServer server, string name) => Path.Combine(server.Folder, name);

    // The scripts beside the data: whoever runs PostgreSQL need not be able to read the repository.
    private static IEnumerable<string> Archiving(string folder)
    {
        foreach (var script in (string[])["archive-wal", "base-backup", "restore-to"])
        {
            File.Copy(Path.Combine(Repository.Root, "cluster-config", "postgresql", script), Path.Combine(folder, script));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(folder, script), (UnixFileMode)0b111_101_101);
        }

        var settings = File.ReadAllLines(Path.Combine(Repository.Root, "cluster-config", "postgresql", "archive.conf"));
        settings.ShouldContain(line => line.StartsWith("archive_command = ", StringComparison.Ordinal));
        return settings.Select(line => line
            .Replace("/opt/whistle-actors/cluster-config/postgresql/archive-wal", Path.Combine(folder, "archive-wal"), StringComparison.Ordinal)
            .Replace("/var/backups/whistle-postgresql", Path.Combine(folder, "archive"), StringComparison.Ordinal));
    }

    // A command that was answered may still bring news to others.
    private static async Task<(JournalContents Contents, List<string> Whistles)> WhenQuietAsync(PostgresServer database, ServerProcess server)
    {
        JournalContents? contents = null;
        await Eventually.TrueAsync(
            async () =>
            {
                var before = contents;
                contents = await JournalCopy.VerifyPostgresAsync(database.ConnectionString);
                await Task.Delay(500);
                return before == contents;
            },
            TimeSpan.FromSeconds(60));
        var street = server.As("street", "990101001", "subdistrict-officer");
        var ids = new List<string>();
        foreach (var grid in Town.Grids)
            ids.AddRange((await street.GridAsync(grid)).OpenWhistles.Select(whistle => whistle.Id));
        return (contents!, ids);
    }

    private static async Task<List<string>> AnswersAsync(ServerProcess server, List<string> ids)
    {
        var (street, water) = (server.As("street", "990101001", "subdistrict-officer"), server.As("water", "waterworks", "dispatcher"));
        var answers = new List<string>();
        foreach (var id in ids)
        {
            answers.Add(JsonSerializer.Serialize(await street.WhistleAsync(id)));
            answers.Add(JsonSerializer.Serialize(await street.TraceAsync(id)));
            var dossier = await water.DossierAsync(id);
            answers.Add(JsonSerializer.Serialize(dossier));
            foreach (var attachment in dossier.Notes.SelectMany(note => note.Attachments))
                answers.Add(Convert.ToHexString(await water.AttachmentAsync(id, attachment.Hash)));
        }

        return answers;
    }

    private static async Task<T> AskAsync<T>(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own statements.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>People at work until they are told to stop.</summary>
    private sealed class Work : IDisposable
    {
        private readonly CancellationTokenSource enough = new();
        private readonly List<Task> workers;
        private int done;

        public Work(ServerProcess server)
        {
            var (street, water) = (server.As("street", "990101001", "subdistrict-officer"), server.As("water", "waterworks", "dispatcher"));
            workers = [.. Enumerable.Range(0, 2).Select(worker => Task.Run(async () =>
            {
                for (var i = 0; i < 40 && !enough.IsCancellationRequested; i++)
                {
                    var blown = await street.BlowAsync(Town.Grids[worker], Town.BurstMain);
                    var photo = await water.UploadAsync([.. Photo, (byte)worker, (byte)i]);
                    await water.AddNoteAsync(blown.Whistle.Id, new NoteRequest("现场", [new AttachmentRequest(photo.Hash, "现场.jpg")]));
                    Interlocked.Increment(ref done);
                }
            }))];
        }

        public int Done => Volatile.Read(ref done);

        public Task<TimeSpan> UntilAsync(int count) => Eventually.TrueAsync(() => Done >= count || workers.Exists(worker => worker.IsCompleted), TimeSpan.FromSeconds(90));

        public async Task StopAsync()
        {
            await enough.CancelAsync();
            await Task.WhenAll(workers);
        }

        public void Dispose() => enough.Dispose();
    }
}
