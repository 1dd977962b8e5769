using System.Security.Cryptography;
using Npgsql;
using Shouldly;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.SignIn;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>The program itself, from its file to PostgreSQL, with a screen that looks on before and after.</summary>
public sealed class MoveTests
{
    // Holds the move up in the middle of its rows, whoever is fast or slow.
    private const string HoldUp =
        """
        CREATE TABLE journal
        (
            ordering bigint GENERATED ALWAYS AS IDENTITY, created bigint, deleted boolean, persistence_id text, sequence_number bigint, message bytea,
            tags text, manifest text, identifier integer, writer_uuid text
        );
        CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.ordering = 3 THEN PERFORM pg_sleep(600); END IF; RETURN NEW; END $$;
        CREATE TRIGGER hold_up BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION hold_up();
        """;

    [Fact]
    public async Task A_move_that_is_killed_leaves_nothing_and_done_again_the_city_goes_on_where_it_was()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var empty = new ServerProcess(("WHISTLE_POSTGRES", database.ConnectionString));
        await using var server = new ServerProcess(("WHISTLE_CITY_PACK", Town.Folder));
        server.Start();
        await server.ReadyAsync();
        var (street, water, admin) = (server.As("street", "990101001", "subdistrict-officer"), server.As("water", "waterworks", "dispatcher"), server.As("admin", "city", "administrator"));
        await using var screen = new LiveBoardClient(server.As("wall", "city", "observer"), "city");
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add((await street.BlowAsync(Town.Grids[i % 2], Town.BurstMain)).Whistle.Id);
            await water.SignAsync(ids[^1], "waterworks");
        }

        await admin.WithdrawAccessAsync("leaver", new WithdrawAccessRequest("调离"));
        await Eventually.TrueAsync(() => screen.IsFresh && screen.Picture!.Whistles.Count == 6, TimeSpan.FromSeconds(30), () => $"{screen.Trouble}");
        server.Set("WHISTLE_POSTGRES", database.ConnectionString);
        (await server.RunAsync("move")).ShouldSatisfyAllConditions(said => said.Code.ShouldBe(1), said => said.Output.ShouldStartWith("source-in-use: "));
        await server.LeaveAsync();

        (await empty.RunAsync("move")).Output.ShouldStartWith("no-data: ");

        // Killed among its rows: of the file nothing has changed.
        var file = Path.Combine(server.Data, "whistle-actors.db");
        var source = SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        await TestPostgres.ExecuteAsync(database.ConnectionString, HoldUp);
        using (var move = server.Verb("move"))
        {
            const string HeldUp = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
            await Eventually.TrueAsync(async () => await AskAsync(database, HeldUp) == 1, TimeSpan.FromSeconds(60));
            move.Kill();
            await move.WaitForExitAsync();
        }

        SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(source);

        await AskAsync(database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Eventually.TrueAsync(async () => await AskAsync(database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'") == 0, TimeSpan.FromSeconds(30));
        (await AskAsync(database, "SELECT count(*) FROM journal")).ShouldBe(0);
        (await AskAsync(database, "SELECT count(*) FROM pg_tables WHERE tablename = 'snapshot'")).ShouldBe(0);
        await TestPostgres.ExecuteAsync(database.ConnectionString, "DROP TABLE journal; DROP FUNCTION hold_up;");

        var (code, output) = await server.RunAsync("move");

        code.ShouldBe(0, output);
        (await server.RunAsync("move")).Output.ShouldStartWith("target-not-empty: ");
        var last = await AskAsync(database, "SELECT max(ordering) FROM journal");

        // Same address, same key, same people; the screen's position is of a board that is gone, and it gets the whole picture anew.
        server.Start();
        await server.ReadyAsync();
        foreach (var id in ids)
            (await street.TraceAsync(id)).Events.Select(entry => entry.Manifest).ShouldBe(["whistle-blown.1", "summons-signed.1"], id);
        (await admin.WithdrawnAccessAsync()).Select(withdrawn => withdrawn.Person).ShouldBe(["leaver"]);
        ids.Add((await street.BlowAsync(Town.Grids[0], Town.BurstMain)).Whistle.Id);
        await water.SignAsync(ids[^1], "waterworks");
        await Eventually.TrueAsync(
            () => screen.IsFresh && screen.Picture!.Whistles.Keys.ToHashSet().SetEquals(ids) && screen.Picture.Whistles.Values.All(whistle => whistle.Version == 2),
            TimeSpan.FromSeconds(30), () => $"{screen.Picture?.Whistles.Count} of {ids.Count}; {screen.Trouble}; {server.Output}");
        (await AskAsync(database, $"SELECT min(ordering) FROM journal WHERE ordering > {last}")).ShouldBe(last + 1);
        (await server.RunAsync("check")).Code.ShouldBe(0);
    }

    private static async Task<long> AskAsync(TestPostgres database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own statements.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
