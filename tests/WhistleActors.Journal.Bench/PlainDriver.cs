using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using WhistleActors.Journal.PostgreSql;
using WhistleActors.Journal.Sqlite;

namespace WhistleActors.Journal.Bench;

/// <summary>
/// What the driver alone does on the same tables and indexes, without actors: one thread, one connection, batches that are
/// ready before the clock starts.
/// </summary>
internal static class PlainDriver
{
    private const string Insert =
        "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid) ";

    /// <returns>Events a second of each way to insert, the best known ones only.</returns>
    public static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(Site site, Database database, int bytes, int events, int batch)
    {
        var results = new Dictionary<string, double>();
        (string Name, Func<string, int, int, int, Task<double>> Run)[] ways = database == Database.Postgres
            ? [("unnest", UnnestAsync), ("copy", CopyAsync)]
            : [("prepared", (cs, b, e, n) => Task.FromResult(Prepared(cs, database, b, e, n))), ("multi-row", (cs, b, e, n) => Task.FromResult(MultiRow(cs, database, b, e, Math.Min(n, 100))))];
        foreach (var (name, run) in ways)
        {
            var connectionString = await site.FreshAsync(database);
            results[name] = await run(connectionString, bytes, events, batch);
            await site.DropAsync(database, connectionString);
        }

        return results;
    }

    private static double Prepared(string connectionString, Database database, int bytes, int events, int batch)
    {
        using var connection = Open(connectionString, database);
        using var command = connection.CreateCommand();
        command.CommandText = Insert + "VALUES (@c, 0, @p, @s, @m, '', 'b1', 9001, @w)";
        var created = command.Parameters.Add("@c", SqliteType.Integer);
        var id = command.Parameters.Add("@p", SqliteType.Text);
        var number = command.Parameters.Add("@s", SqliteType.Integer);
        command.Parameters.Add("@m", SqliteType.Blob).Value = Load.Body(bytes);
        command.Parameters.AddWithValue("@w", Guid.NewGuid().ToString());
        command.Prepare();
        var ids = Ids();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < events;)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var end = Math.Min(events, i + batch); i < end; i++)
            {
                created.Value = start + i;
                id.Value = ids[i % ids.Length];
                number.Value = (long)(i / ids.Length);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double MultiRow(string connectionString, Database database, int bytes, int events, int batch)
    {
        using var connection = Open(connectionString, database);
        using var command = connection.CreateCommand();
        command.CommandText = Insert + "VALUES " + string.Join(',', Enumerable.Range(0, batch).Select(i => $"(@c{i}, 0, @p{i}, @s{i}, @m{i}, '', 'b1', 9001, @w{i})"));
        var body = Load.Body(bytes);
        var writer = Guid.NewGuid().ToString();
        var created = new SqliteParameter[batch];
        var id = new SqliteParameter[batch];
        var number = new SqliteParameter[batch];
        for (var i = 0; i < batch; i++)
        {
            created[i] = command.Parameters.Add($"@c{i}", SqliteType.Integer);
            id[i] = command.Parameters.Add($"@p{i}", SqliteType.Text);
            number[i] = command.Parameters.Add($"@s{i}", SqliteType.Integer);
            command.Parameters.Add($"@m{i}", SqliteType.Blob).Value = body;
            command.Parameters.AddWithValue($"@w{i}", writer);
        }

        var ids = Ids();
        var start = Stopwatch.GetTimestamp();
        for (var first = 0; first + batch <= events; first += batch)
        {
            for (var i = 0; i < batch; i++)
            {
                created[i].Value = start + first + i;
                id[i].Value = ids[(first + i) % ids.Length];
                number[i].Value = (long)((first + i) / ids.Length);
            }

            command.ExecuteNonQuery();
        }

        return events / batch * batch / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> UnnestAsync(string connectionString, int bytes, int events, int batch)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(
            Insert + "SELECT c, false, p, s, m, t, f, i, w FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS row (c, p, s, m, t, f, i, w)", connection);
        var created = new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
        var id = new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        var number = new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
        command.Parameters.Add(created);
        command.Parameters.Add(id);
        command.Parameters.Add(number);
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. Enumerable.Repeat(Load.Body(bytes), batch)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Enumerable.Repeat("", batch)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Enumerable.Repeat("b1", batch)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. Enumerable.Repeat(9001, batch)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Enumerable.Repeat(Guid.NewGuid().ToString(), batch)] });
        var ids = Ids();
        var start = Stopwatch.GetTimestamp();
        for (var first = 0; first + batch <= events; first += batch)
        {
            created.TypedValue = [.. Enumerable.Range(first, batch).Select(i => start + i)];
            id.TypedValue = [.. Enumerable.Range(first, batch).Select(i => ids[i % ids.Length])];
            number.TypedValue = [.. Enumerable.Range(first, batch).Select(i => (long)(i / ids.Length))];
            if (first == 0)
                await command.PrepareAsync();
            await command.ExecuteNonQueryAsync();
        }

        return events / batch * batch / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> CopyAsync(string connectionString, int bytes, int events, int batch)
    {
        await using var connection = await OpenAsync(connectionString);
        var ids = Ids();
        var body = Load.Body(bytes);
        var writer = Guid.NewGuid().ToString();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < events;)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                "COPY journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid) FROM STDIN (FORMAT BINARY)");
            for (var end = Math.Min(events, i + batch); i < end; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(start + i, NpgsqlDbType.Bigint);
                await copy.WriteAsync(false, NpgsqlDbType.Boolean);
                await copy.WriteAsync(ids[i % ids.Length], NpgsqlDbType.Text);
                await copy.WriteAsync((long)(i / ids.Length), NpgsqlDbType.Bigint);
                await copy.WriteAsync(body, NpgsqlDbType.Bytea);
                await copy.WriteAsync("", NpgsqlDbType.Text);
                await copy.WriteAsync("b1", NpgsqlDbType.Text);
                await copy.WriteAsync(9001, NpgsqlDbType.Integer);
                await copy.WriteAsync(writer, NpgsqlDbType.Text);
            }

            await copy.CompleteAsync();
        }

        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string[] Ids() => [.. Enumerable.Range(0, 1000).Select(i => $"run-{i}")];

    private static SqliteConnection Open(string connectionString, Database database)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {(database == Database.SqliteNormal ? "NORMAL" : "FULL")}; {SqliteSchema.Create}";
        command.ExecuteNonQuery();
        return connection;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(PostgresSchema.Create, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
