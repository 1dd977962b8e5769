using System.Text.Json;
using Npgsql;
using WhistleActors.Actors.Serialization;

namespace WhistleActors.Consistency.Verification;

/// <summary>A row of the journal's table.</summary>
/// <param name="Ordering">Its place in the order of the whole journal.</param>
/// <param name="Owner">The persistence id: whose event it is.</param>
/// <param name="Number">Its number among the events of its owner.</param>
/// <param name="Message">The event as it is stored.</param>
/// <param name="Writer">Names one run of the owner's actor.</param>
internal sealed record JournalRow(long Ordering, string Owner, long Number, string Manifest, byte[] Message, string Writer)
{
    /// <summary>The event.</summary>
    internal object Event { get; } = JsonSerializer.Deserialize(Message, Manifests.Of(Manifest))!;

    /// <summary>When it was committed, by the database's clock; null when nobody knows.</summary>
    internal DateTimeOffset? Committed { get; init; }

    /// <summary>A row as the journal would write it.</summary>
    internal static JournalRow Of(long ordering, string owner, long number, object happened, string writer) =>
        new(ordering, owner, number, Manifests.Of(happened).Manifest, Bytes(happened), writer);

    /// <summary>An event as it is stored.</summary>
    internal static byte[] Bytes(object happened) => JsonSerializer.SerializeToUtf8Bytes(happened, Manifests.Of(happened).Json);

    /// <summary>All rows, in their order: the table itself is read, past everything that the server holds.</summary>
    internal static async Task<IReadOnlyList<JournalRow>> ReadAsync(string connectionString, CancellationToken cancel)
    {
        var rows = new List<JournalRow>();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand("SELECT ordering, persistence_id, sequence_number, manifest, message, writer_uuid, pg_xact_commit_timestamp(xmin) FROM journal ORDER BY ordering");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(new JournalRow(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4), reader.GetString(5))
            {
                Committed = await reader.IsDBNullAsync(6, cancel) ? null : reader.GetFieldValue<DateTimeOffset>(6),
            });
        }

        return rows;
    }
}
