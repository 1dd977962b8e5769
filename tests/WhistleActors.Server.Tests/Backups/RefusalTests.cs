using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using WhistleActors.Server.Backups;
using WhistleActors.Server.Hosting;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Backups;

/// <summary>A server with a whistle and a photo, and a good backup of it.</summary>
public sealed class BackedUpServer : IAsyncLifetime
{
    private readonly BackupFolder folder = new();

    internal TestServer Server { get; private set; } = null!;

    internal string Backup => folder["good"];

    internal string Photo { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(fakeClock: true);
        var water = await Server.WaterworksAsync();
        var blown = (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        Photo = await water.UploadAsync(Files.Jpeg());
        (await water.PostAsync($"whistles/{blown.Id}/notes", $$"""{"text":"现场","attachments":[{"hash":"{{Photo}}","name":"现场.jpg"}]}""")).ShouldSucceed();
        var (code, output, errors) = await BackupFolder.RunAsync("backup", Backup, Server.Places);
        code.ShouldBe(0, errors);
        output.ShouldContain("1 attachments");
        output.ShouldContain("附件 1 个");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>What is refused, in which words; and that nothing has changed then.</summary>
public sealed class RefusalTests(BackedUpServer fixture) : IClassFixture<BackedUpServer>, IDisposable
{
    private readonly BackupFolder folder = new();

    private TestServer Server => fixture.Server;

    private string Copy => folder["copy"];

    private string Database => Path.Combine(Copy, BackupManifest.DatabaseName);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_PostgreSQL_that_is_set_to_nothing_is_none_and_one_that_is_nonsense_is_said_to_be()
    {
        await CopyAsync();

        var (code, _, errors) = await BackupFolder.RunAsync("restore", Copy, folder.Place("data", postgres: ""));
        code.ShouldBe(0, errors);
        File.Exists(folder.Place("data").Database).ShouldBeTrue();

        (code, _, errors) = await BackupFolder.RunAsync("check", null, folder.Place("data", postgres: "Password=of-ours"));
        code.ShouldBe(1);
        errors.ShouldStartWith("wrong-setting: WHISTLE_POSTGRES");
        errors.ShouldNotContain("of-ours");
    }

    [Fact]
    public async Task A_good_backup_is_verified_and_restored_and_only_its_owner_reads_it()
    {
        await CopyAsync();
        var place = folder.Place("data");

        (await BackupFolder.RunAsync("verify", Copy, place)).Code.ShouldBe(0);
        (await BackupFolder.RunAsync("restore", Copy, place)).Code.ShouldBe(0);

        (await BackupFolder.RunAsync("check", null, place)).ShouldSatisfyAllConditions(said => said.Code.ShouldBe(0), said => said.Output.ShouldContain("完整"));
        (await File.ReadAllBytesAsync(place.SigningKey, TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllBytesAsync(Server.Places.SigningKey, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in (string[])[place.Database, place.SigningKey, Path.Combine(fixture.Backup, BackupManifest.FileName)])
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Theory]
    [InlineData("whistle-actors.db", "file-damaged")]
    [InlineData("keys/development-signing.key", "file-damaged")]
    [InlineData("attachment", "file-damaged")]
    [InlineData("backup.json", "manifest-damaged")]
    public async Task A_byte_that_changed_is_found_and_the_file_named(string name, string code)
    {
        await CopyAsync();
        var file = name == "attachment" ? Attachment() : Path.Combine(Copy, name);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 0xFF;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        await RefusedAsync("verify", code, Path.GetFileName(file));
        await RefusedAsync("restore", code, Path.GetFileName(file));
    }

    [Theory]
    [InlineData("whistle-actors.db", "file-missing")]
    [InlineData("attachment", "file-missing")]
    [InlineData("backup.json", "no-backup")]
    public async Task A_file_that_is_missing_is_named(string name, string code)
    {
        await CopyAsync();
        var file = name == "attachment" ? Attachment() : Path.Combine(Copy, name);
        File.Delete(file);

        await RefusedAsync("verify", code, Path.GetFileName(file));
    }

    [Fact]
    public async Task A_backup_of_another_format_is_not_guessed_at()
    {
        await CopyAsync();
        await EditAsync(manifest => manifest["format"] = 2);

        await RefusedAsync("verify", "other-format", "2");
        await RefusedAsync("restore", "other-format", "2");
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE sequence_number = 1 AND persistence_id LIKE 'grid-%'", "events-missing", "grid-99010100100101")]
    [InlineData("INSERT INTO snapshot VALUES ('waker-of-nobody', 999999, 1, x'00', 'm', 1)", "snapshot-ahead", "waker-of-nobody")]
    [InlineData("UPDATE journal SET message = x'7B' WHERE manifest LIKE 'note-added.%'", "event-damaged", "note-added")]
    [InlineData("CREATE TABLE journal_of_tomorrow (x)", "wrong-tables", "journal_of_tomorrow")]
    [InlineData("ALTER TABLE journal DROP COLUMN tags", "wrong-tables", "tags")]
    [InlineData("DROP TABLE snapshot", "wrong-tables", "snapshot")]
    public async Task What_is_wrong_inside_a_database_is_said(string sql, string code, string names)
    {
        await CopyAsync();
        await BackupFolder.AskAsync(Database, sql);

        await RefusedAsync("check", code, names, new DataPlaces(Copy, null, folder["none"], folder["none.key"]));
    }

    [Fact]
    public async Task A_database_that_is_none_is_called_damaged()
    {
        await CopyAsync();
        await File.WriteAllTextAsync(Database, new string('x', 100_000), TestContext.Current.CancellationToken);

        await RefusedAsync("check", "database-damaged", Database, new DataPlaces(Copy, null, folder["none"], folder["none.key"]));
    }

    [Fact]
    public async Task What_is_there_is_never_written_over()
    {
        await CopyAsync();
        var place = folder.Place("data");

        await RefusedAsync("backup", "target-exists", Copy, Server.Places);
        await RefusedAsync("restore", "target-exists", "whistle-actors.db", Server.Places);
        Directory.CreateDirectory(place.Folder);
        await File.WriteAllTextAsync(place.SigningKey, "another key", TestContext.Current.CancellationToken);
        await RefusedAsync("restore", "other-key", "development-signing.key", place);
        (await File.ReadAllTextAsync(place.SigningKey, TestContext.Current.CancellationToken)).ShouldBe("another key");
    }

    [Fact]
    public async Task Without_data_without_a_target_or_without_room_it_says_so_and_leaves_nothing()
    {
        await CopyAsync();
        var place = folder.Place("nowhere");

        await RefusedAsync("backup", "no-data", "nowhere", place, folder["new"]);
        await RefusedAsync("check", "no-data", "nowhere", place);
        await RefusedAsync("move", "no-postgres", "WHISTLE_POSTGRES", place);
        var full = await Should.ThrowAsync<BackupException>(new Backup(TimeProvider.System, _ => 1_000_000).TakeAsync(Server.Places, folder["new"], filesOnly: false, TestContext.Current.CancellationToken));
        (full.Code, full.Message.Contains("空间", StringComparison.Ordinal) || full.Message.Contains("可用", StringComparison.Ordinal)).ShouldBe(("no-space", true));
        (await Should.ThrowAsync<BackupException>(new Restoration(_ => 10).RestoreAsync(Copy, place, TestContext.Current.CancellationToken))).Code.ShouldBe("no-space");
        Directory.EnumerateFileSystemEntries(folder.Path, "new*").ShouldBeEmpty();
        File.Exists(place.Database).ShouldBeFalse();
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("verify", "--keep", "3")]
    [InlineData("backup", "target", "--keep", "none")]
    [InlineData("move", "somewhere")]
    [InlineData("restore", "folder", "--files-only")]
    [InlineData("check", "--unknown", "1")]
    public async Task What_is_not_understood_is_answered_with_what_would_be(params string[] args)
    {
        using var errors = new StringWriter();

        (await BackupCommands.RunAsync(args, TextWriter.Null, errors, TestContext.Current.CancellationToken)).ShouldBe(2);

        errors.ToString().ShouldContain("WhistleActors.Server backup FOLDER");
        errors.ToString().ShouldContain("核验");
    }

    [Fact]
    public async Task An_attachment_that_was_lost_before_does_not_hold_up_the_rest_and_is_named()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var water = await server.WaterworksAsync();
        var blown = (await (await server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        var (lost, spoiled) = (await water.UploadAsync(Files.Jpeg("lost")), await water.UploadAsync(Files.Jpeg("spoiled")));
        foreach (var hash in (string[])[lost, spoiled])
            (await water.PostAsync($"whistles/{blown.Id}/notes", $$"""{"text":"现场","attachments":[{"hash":"{{hash}}","name":"现场.jpg"}]}""")).ShouldSucceed();
        File.Delete(Path.Combine(server.Places.Attachments, "uploads", lost));
        await File.WriteAllTextAsync(Path.Combine(server.Places.Attachments, "uploads", spoiled), "other bytes", TestContext.Current.CancellationToken);

        var (code, _, errors) = await BackupFolder.RunAsync("backup", folder["backup"], server.Places);

        code.ShouldBe(3);
        errors.ShouldContain($"attachment-lost: {lost}");
        errors.ShouldContain($"attachment-lost: {spoiled}");
        (await BackupFolder.RunAsync("verify", folder["backup"], server.Places)).Code.ShouldBe(3, "the backup is what was there");
    }

    [Fact]
    public async Task Backups_beside_each_other_share_what_is_the_same_and_the_oldest_go()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(ExampleCity.Morning);
        var backup = new Backup(clock, _ => long.MaxValue);
        foreach (var name in (string[])["one", "two", "three"])
        {
            await backup.TakeAsync(Server.Places, folder[name], filesOnly: name == "two", TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromDays(1));
        }

        Directory.CreateDirectory(folder["somebody else's"]);
        var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%h", CopiedAttachments.Kept(Path.Combine(folder["three"], "attachments"), fixture.Photo)]) { RedirectStandardOutput = true })!;
        (await stat.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim().ShouldBe("3", "one content with three names");
        (await Backup.VerifyAsync(folder["two"], TestContext.Current.CancellationToken)).Journal.ShouldBeNull();

        (await Backup.KeepAsync(folder["three"], 2, TestContext.Current.CancellationToken)).ShouldBe([folder["one"]]);

        Directory.EnumerateDirectories(folder.Path).Select(path => Path.GetFileName(path)).ShouldBe(["two", "three", "somebody else's"], ignoreOrder: true);
        await Backup.VerifyAsync(folder["three"], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_restoration_that_was_stopped_can_be_done_again()
    {
        await CopyAsync();
        var place = folder.Place("data");
        Directory.CreateDirectory(place.Folder);
        await File.WriteAllTextAsync(place.Database + ".restoring", "half a database", TestContext.Current.CancellationToken);
        var kept = CopiedAttachments.Kept(place.Attachments, fixture.Photo);
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        await File.WriteAllTextAsync(kept, "half a photo", TestContext.Current.CancellationToken);

        (await BackupFolder.RunAsync("restore", Copy, place)).Code.ShouldBe(0);

        (await BackupFolder.RunAsync("check", null, place)).Code.ShouldBe(0);
        (await BackupFiles.SumAsync(kept, TestContext.Current.CancellationToken)).Sha256.ShouldBe(fixture.Photo);
        File.Exists(place.Database + ".restoring").ShouldBeFalse();
    }

    [Fact]
    public async Task A_move_waits_for_nobody_it_needs_a_stopped_server_and_an_empty_database_without_one()
    {
        await CopyAsync();
        await using var database = await TestPostgres.StartAsync();
        var source = folder.Place("data", database.ConnectionString);
        (await BackupFolder.RunAsync("restore", Copy, folder.Place("data"))).Code.ShouldBe(0);

        await RefusedAsync("move", "source-in-use", "whistle-actors.db", Server.Places with { Postgres = database.ConnectionString });
        await RefusedAsync("move", "database-unreachable", "PostgreSQL", source with { Postgres = "Host=127.0.0.1;Port=1;Username=nobody" });
        await using (var used = await TestPostgres.StartAsync())
        await using (await TestServer.StartAsync(fakeClock: true, "--postgres", used.ConnectionString))
            await RefusedAsync("move", "target-in-use", "nodes", source with { Postgres = used.ConnectionString });

        var (code, output, errors) = await BackupFolder.RunAsync("move", null, source);
        (code, output.Contains("Moved", StringComparison.Ordinal), output.Contains("已迁移", StringComparison.Ordinal)).ShouldBe((0, true, true), errors);
        await RefusedAsync("move", "target-not-empty", "journal", source);
        await TestPostgres.ExecuteAsync(database.ConnectionString, "ALTER TABLE journal ADD COLUMN later text");
        await RefusedAsync("check", "wrong-tables", "later", source);
    }

    private string Attachment() => CopiedAttachments.Kept(Path.Combine(Copy, BackupManifest.AttachmentFolder), fixture.Photo);

    private async Task CopyAsync()
    {
        foreach (var file in Directory.EnumerateFiles(fixture.Backup, "*", SearchOption.AllDirectories))
            await BackupFiles.CopyAsync(file, Path.Combine(Copy, Path.GetRelativePath(fixture.Backup, file)), TestContext.Current.CancellationToken);
    }

    private async Task EditAsync(Action<JsonNode> edit)
    {
        var file = Path.Combine(Copy, BackupManifest.FileName);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        edit(manifest);
        await File.WriteAllTextAsync(file, manifest.ToJsonString(), TestContext.Current.CancellationToken);
    }

    // In both languages, in one line, and without a stack trace; nothing appears where something was to come.
    private async Task RefusedAsync(string verb, string code, string names, DataPlaces? places = null, string? target = null)
    {
        places ??= folder.Place("untouched");
        var (exit, _, errors) = await BackupFolder.RunAsync(verb, verb is "check" or "move" ? null : target ?? Copy, places);
        exit.ShouldBe(1, errors);
        errors.ShouldStartWith($"{code}: ");
        errors.ShouldContain(names);
        errors.ShouldNotContain("   at ");
        errors.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF);
        File.Exists(folder.Place("untouched").Database).ShouldBeFalse();
    }
}
