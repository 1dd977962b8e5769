using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Npgsql;
using NpgsqlTypes;
using WhistleActors.Journal.PostgreSql;

namespace WhistleActors.Journal.Archiving;

/// <summary>
/// Moves old events from the table <c>journal</c> into <c>journal_archive</c>, in small transactions beside the journal's work: those of an actor
/// that are older than an age and come before its newest snapshot. Its newest event always stays. Whoever reads gets both. PostgreSQL only.
/// </summary>
public sealed class EventArchive : IAsyncDisposable
{
    private const int ActorsPerStep = 50;
    private const int EventsPerStep = 2_000;
    private const int EventsPerActor = 1_000;

    // Fewer old events than this stay where they are, rather than that an actor writes a snapshot for them.
    private const int WorthASnapshot = 20;

    private const string OneAtATime = "SELECT pg_advisory_xact_lock(hashtextextended('group-commit journal schema', 0))";

    // Who must wait for a lock holds up all who come after: rather the next step does it.
    private const string Impatient = "SET LOCAL lock_timeout = '2s'";

    // The next actors after one, in the order of their ids, whose oldest event is old; of each the first events, until one is young or it is the newest.
    private const string CandidatesSql =
        """
        WITH RECURSIVE actor (id, n) AS (
            SELECT (SELECT persistence_id FROM journal WHERE persistence_id > $1 ORDER BY persistence_id LIMIT 1), 1
            UNION ALL
            SELECT (SELECT persistence_id FROM journal WHERE persistence_id > actor.id ORDER BY persistence_id LIMIT 1), n + 1
            FROM actor WHERE actor.id IS NOT NULL AND n < $2
        )
        SELECT actor.id, first.sequence_number, old.upto, (SELECT max(snapshot.sequence_number) FROM snapshot WHERE snapshot.persistence_id = actor.id)
        FROM actor
        CROSS JOIN LATERAL
            (SELECT sequence_number, created FROM journal WHERE persistence_id = actor.id ORDER BY sequence_number LIMIT 1) AS first
        LEFT JOIN LATERAL
        (
            SELECT CASE WHEN count(*) > 0 THEN least(
                coalesce(min(sequence_number) FILTER (WHERE created >= $3) - 1, max(sequence_number)),
                (SELECT sequence_number - 1 FROM journal WHERE persistence_id = actor.id ORDER BY sequence_number DESC LIMIT 1)) END AS upto
            FROM (SELECT sequence_number, created FROM journal WHERE persistence_id = actor.id AND first.created < $3 ORDER BY sequence_number LIMIT $4) AS oldest
        ) AS old ON TRUE
        WHERE actor.id IS NOT NULL
        ORDER BY actor.n
        """;

    private const string MonthsSql =
        """
        SELECT DISTINCT created / 864000000000
        FROM unnest($1, $2) AS old (id, upto) JOIN journal ON persistence_id = id AND sequence_number <= upto
        """;

    private const string MoveSql =
        """
        WITH moved AS
        (
            DELETE FROM journal USING unnest($1, $2) AS old (id, upto) WHERE persistence_id = id AND sequence_number <= upto
            RETURNING ordering, created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid
        ), known AS
        (
            INSERT INTO journal_archived (persistence_id, sequence_number, ordering)
            SELECT persistence_id, max(sequence_number), max(ordering) FROM moved GROUP BY persistence_id
            ON CONFLICT (persistence_id) DO UPDATE SET
                sequence_number = greatest(journal_archived.sequence_number, excluded.sequence_number), ordering = greatest(journal_archived.ordering, excluded.ordering)
        )
        INSERT INTO journal_archive (ordering, created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
        SELECT ordering, created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid FROM moved
        """;

    private const string MonthTablesSql =
        """
        SELECT relname::text, EXISTS (SELECT FROM pg_inherits WHERE inhrelid = pg_class.oid AND inhparent = 'journal_archive'::regclass)
        FROM pg_class WHERE relkind = 'r' AND relname ~ ('^' || $1 || '(_[0-9]+)?$') AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'journal_archive'::regclass)
        """;

    private readonly NpgsqlDataSource _database;
    private readonly HashSet<DateTime> _months = [];
    private bool _fenced;

    private EventArchive(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        // As for recoveries: a plan that scans the whole table is never the right one.
        var options = $"{given.Options} -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off";
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Options = options.Trim(), MaxPoolSize = 1, NoResetOnClose = true });
    }

    /// <summary>Opens the archive of the journal that the system is configured with under <see cref="GroupCommitPersistence.PluginId"/>.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or out of range, or the journal is not on PostgreSQL.</exception>
    public static EventArchive Open(ActorSystem system)
    {
        var settings = GroupCommitSettings.From(system.Settings.Config.GetConfig(GroupCommitPersistence.PluginId));
        return settings.Provider == JournalProvider.PostgreSql
            ? new EventArchive(settings.ConnectionString)
            : throw new ConfigurationException("Only a journal on PostgreSQL has an archive.");
    }

    /// <summary>
    /// Looks at some actors and moves what may be moved, at most some thousand events, in one transaction. May be ended at any moment, and done by
    /// several at once: an event is in one of the two tables, never in both.
    /// </summary>
    /// <param name="after">The last actor that has been looked at; empty at the start.</param>
    /// <param name="olderThan">Events from this instant on stay.</param>
    public async Task<ArchiveStep> StepAsync(string after, DateTimeOffset olderThan, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var candidates = await CandidatesAsync(connection, after, olderThan, cancellation);
        var (ids, numbers, events) = (new List<string>(), new List<long>(), 0L);
        var (waiting, seen, next) = (new List<string>(), after, candidates.Count < ActorsPerStep ? null : candidates[^1].Id);
        foreach (var (id, first, old, snapshot) in candidates)
        {
            var upTo = Math.Min(old, snapshot);
            if (old - Math.Max(upTo, first - 1) >= WorthASnapshot)
                waiting.Add(id);
            if (upTo >= first)
            {
                ids.Add(id);
                numbers.Add(upTo);
                events += upTo - first + 1;

                // This one may have more.
                if (upTo - first + 1 >= EventsPerActor)
                {
                    next = seen;
                    break;
                }
            }

            seen = id;
            if (events >= EventsPerStep)
            {
                next = id;
                break;
            }
        }

        return new ArchiveStep(next, ids.Count == 0 ? 0 : await MoveAsync(connection, [.. ids], [.. numbers], cancellation), waiting);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<List<(string Id, long First, long Old, long Snapshot)>> CandidatesAsync(
        NpgsqlConnection connection, string after, DateTimeOffset olderThan, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(CandidatesSql, connection)
        {
            Parameters = { new() { Value = after }, new() { Value = ActorsPerStep }, new() { Value = olderThan.UtcTicks }, new() { Value = EventsPerActor } },
        };
        var candidates = new List<(string, long, long, long)>();
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                candidates.Add((reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2), reader.IsDBNull(3) ? 0 : reader.GetInt64(3)));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // No journal yet, or nobody has kept a snapshot yet: there is nothing that may go.
        }

        return candidates;
    }

    private async Task<long> MoveAsync(NpgsqlConnection connection, string[] ids, long[] upTo, CancellationToken cancellation)
    {
        await FenceAsync(connection, cancellation);
        foreach (var month in await MonthsAsync(connection, ids, upTo, cancellation))
            await AddMonthAsync(connection, month, cancellation);
        try
        {
            await using var move = With(new NpgsqlCommand(MoveSql, connection), ids, upTo);
            return await move.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CheckViolation)
        {
            // A month has been detached since it was looked at.
            _months.Clear();
            throw;
        }
    }

    private async Task FenceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_fenced)
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, Impatient, cancellation);
        await RunAsync(connection, OneAtATime, cancellation);
        await using (var look = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'journal'::regclass AND tgname = 'journal_refuse_archived')", connection))
        {
            if (!(bool)(await look.ExecuteScalarAsync(cancellation))!)
            {
                await RunAsync(connection, ArchiveSchema.Fence, cancellation);
                await RunAsync(connection, ArchiveSchema.FenceTrigger, cancellation);
            }
        }

        await transaction.CommitAsync(cancellation);
        _fenced = true;
    }

    private static async Task<IReadOnlyList<DateTime>> MonthsAsync(NpgsqlConnection connection, string[] ids, long[] upTo, CancellationToken cancellation)
    {
        await using var command = With(new NpgsqlCommand(MonthsSql, connection), ids, upTo);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var months = new HashSet<DateTime>();
        while (await reader.ReadAsync(cancellation))
        {
            var day = new DateTime(reader.GetInt64(0) * TimeSpan.TicksPerDay, DateTimeKind.Utc);
            months.Add(day.AddDays(1 - day.Day));
        }

        return [.. months.Order()];
    }

    private async Task AddMonthAsync(NpgsqlConnection connection, DateTime month, CancellationToken cancellation)
    {
        if (_months.Contains(month))
            return;
        var name = ArchiveSchema.NameOf(month);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, Impatient, cancellation);
        await RunAsync(connection, OneAtATime, cancellation);
        var (tables, attached) = (new List<string>(), false);
        await using (var look = new NpgsqlCommand(MonthTablesSql, connection) { Parameters = { new() { Value = name } } })
        await using (var reader = await look.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                tables.Add(reader.GetString(0));
                attached |= reader.GetBoolean(1);
            }
        }

        if (!attached)
        {
            // A month that was detached keeps its name. To be attached, unlike to be created as a part, does not make readers wait.
            var free = ArchiveSchema.NameOf(month, tables.Count + 1);
            await RunAsync(connection, $"CREATE TABLE {free} (LIKE journal_archive)", cancellation);
            await RunAsync(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"ALTER TABLE journal_archive ATTACH PARTITION {free} FOR VALUES FROM ({month.Ticks}) TO ({month.AddMonths(1).Ticks})"),
                cancellation);
        }

        await transaction.CommitAsync(cancellation);
        _months.Add(month);
    }

    private static NpgsqlCommand With(NpgsqlCommand command, string[] ids, long[] upTo)
    {
        command.Parameters.Add(new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = upTo });
        return command;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Constant texts, and names made of a date.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
