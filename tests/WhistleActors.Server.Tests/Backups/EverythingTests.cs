using Shouldly;
using WhistleActors.Journal.Copies;
using WhistleActors.Server.Backups;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Life;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Backups;

/// <summary>The story that touches everything a whistle can go through, backed up and brought back.</summary>
public sealed class EverythingTests(StrictServer fixture) : IClassFixture<StrictServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_backup_brought_back_to_either_database_says_the_same_to_everybody_about_everything_and_goes_on()
    {
        using var folder = new BackupFolder();
        await using var database = await TestPostgres.StartAsync();
        await new StoryTests(fixture).The_burst_main_at_the_boundary();
        await AndMoreAsync();
        var whistles = await BackupFolder.WhistlesAsync(Server.Places.Database);
        whistles.Count.ShouldBeGreaterThan(2);
        var files = BackupFolder.Attachments(Server.Places.Attachments);
        files.Count.ShouldBe(3);
        var (before, contents) = await WhenQuietAsync(whistles, files);

        // The server is still there.
        var first = await Backup.Here.TakeAsync(Server.Places, folder["first"], filesOnly: false, TestContext.Current.CancellationToken);
        first.Journal.ShouldBe(contents);
        (await Backup.VerifyAsync(folder["first"], TestContext.Current.CancellationToken)).Journal.ShouldBe(contents);

        // Every column of every row, from the one database to the other and back.
        var (onPostgres, onSqlite) = (folder.Place("on-postgres", database.ConnectionString), folder.Place("on-sqlite"));
        await Restoration.Here.RestoreAsync(folder["first"], onPostgres, TestContext.Current.CancellationToken);

        // Whether some of it has been archived meanwhile or not.
        await TestPostgres.ExecuteAsync(database.ConnectionString, "CREATE TABLE journal_archive AS SELECT * FROM journal WHERE ordering <= 40; DELETE FROM journal WHERE ordering <= 40;");
        var second = await Backup.Here.TakeAsync(onPostgres, folder["second"], filesOnly: false, TestContext.Current.CancellationToken);
        await TestPostgres.ExecuteAsync(database.ConnectionString, "INSERT INTO journal OVERRIDING SYSTEM VALUE SELECT * FROM journal_archive; DROP TABLE journal_archive;");
        second.Journal.ShouldBe(contents);
        second.Database.ShouldBe("postgresql");
        await Restoration.Here.RestoreAsync(folder["second"], onSqlite, TestContext.Current.CancellationToken);
        (await Backup.CheckAsync(onSqlite, TestContext.Current.CancellationToken)).ShouldSatisfyAllConditions(found => found.Contents.ShouldBe(contents), found => found.Lost.ShouldBeEmpty());
        foreach (var place in (string[])["on-postgres", "on-sqlite"])
            BackupFolder.Attachments(folder.Place(place).Attachments).ShouldBe(files);

        await Server.StopAsync();
        foreach (var places in new[] { onPostgres, onSqlite })
        {
            await using var twin = await Server.StartTwinAsync(places);
            var after = await Answers.OfAsync(twin, whistles, files);
            after.Where(answer => answer.Value != before[answer.Key]).Select(answer => $"{answer.Key}\n  was {before[answer.Key]}\n  is  {answer.Value}").ShouldBeEmpty();
            after.Values.Count(answer => answer.StartsWith("200", StringComparison.Ordinal)).ShouldBeGreaterThan(after.Count / 4);

            // What comes next has the next numbers.
            var street = await twin.StreetAsync();
            var next = (await street.PostAsync($"grids/{ExampleCity.Station}/whistles", """{"matter":"burst-main","occasion":"public-demand","level":"daily","description":"再次冒水"}""")).Status;
            next.ShouldBe(403, "not its grid");
            var blown = (await street.PostAsync($"grids/{ExampleCity.Market}/whistles", """{"matter":"burst-main","occasion":"public-demand","level":"daily","description":"再次冒水"}""")).ShouldSucceed(201);
            (await (await twin.WaterworksAsync()).PostAsync($"whistles/{blown.Id}/summonses/waterworks/sign")).ShouldSucceed();
            var (now, lost) = await Backup.CheckAsync(places, TestContext.Current.CancellationToken);
            now.Head.ShouldBeGreaterThan(contents.Head);
            lost.ShouldBeEmpty();
        }
    }

    // What the story leaves out: an open whistle, orders about crews, a file that no note refers to yet, somebody who has left.
    private async Task AndMoreAsync()
    {
        var (street, water, admin) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await Server.AsAsync("admin", "city", "administrator"));
        var open = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", """{"matter":"burst-main","occasion":"public-demand","level":"daily","description":"井盖处冒水"}""", key: "once")).ShouldSucceed(201);
        (await water.PostAsync($"whistles/{open.Id}/summonses/waterworks/sign")).ShouldSucceed();
        (await water.PutAsync("departments/waterworks/throttle", $$"""{"levels":["daily"],"until":"{{Server.Now.AddHours(5):O}}","reason":"暴雨"}""")).Status.ShouldBe(204);
        (await admin.PostAsync("access/leaver/withdraw", """{"reason":"调离"}""")).ShouldSucceed();
        await street.UploadAsync(Files.Jpeg("to be attached in a moment"));
    }

    private async Task<(Dictionary<string, string> Answers, JournalContents Contents)> WhenQuietAsync(IReadOnlyList<string> whistles, IReadOnlyList<string> files)
    {
        var (answers, contents) = (new Dictionary<string, string>(), (JournalContents?)null);
        await Eventually.TrueAsync(async () =>
        {
            var (earlier, _) = await Backup.CheckAsync(Server.Places, TestContext.Current.CancellationToken);
            answers = await Answers.OfAsync(Server, whistles, files);
            (contents, _) = await Backup.CheckAsync(Server.Places, TestContext.Current.CancellationToken);
            return earlier == contents && (await Answers.OfAsync(Server, whistles, files)).All(answer => answers[answer.Key] == answer.Value);
        }, TimeSpan.FromSeconds(60));
        return (answers, contents!);
    }
}
