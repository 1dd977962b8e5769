using System.Data.Common;

namespace WhistleActors.Journal.Reading;

/// <summary>The two questions, which both databases understand in the same words; and how they are asked where there is an archive.</summary>
internal static class EventQueries
{
    public const string After =
        """
        SELECT ordering, persistence_id, sequence_number, created, message, manifest, identifier, writer_uuid
        FROM journal WHERE ordering > $1 AND deleted = FALSE ORDER BY ordering LIMIT $2
        """;

    public const string Of =
        """
        SELECT ordering, persistence_id, sequence_number, created, message, manifest, identifier, writer_uuid
        FROM journal WHERE persistence_id = $1 AND sequence_number >= $2 AND deleted = FALSE ORDER BY sequence_number LIMIT $3
        """;

    public const string AfterWithArchive =
        """
        (
            SELECT ordering, persistence_id, sequence_number, created, message, manifest, identifier, writer_uuid
            FROM journal_archive WHERE ordering > $1 AND deleted = FALSE ORDER BY ordering LIMIT $2
        )
        UNION ALL
        (
            SELECT ordering, persistence_id, sequence_number, created, message, manifest, identifier, writer_uuid
            FROM journal WHERE ordering > $1 AND deleted = FALSE ORDER BY ordering LIMIT $2
        )
        ORDER BY ordering LIMIT $2
        """;

    public const string OfWithArchive =
        """
        (
            SELECT ordering, persistence_id, sequence_number, created, message, manifest, identifier, writer_uuid
            FROM journal_archive WHERE persistence_id = $1 AND sequence_number >= $2 AND deleted = FALSE ORDER BY sequence_number LIMIT $3
        )
        UNION ALL
        (
            SELECT ordering, persistence_id, sequence_number, created, message, manifest, identifier, writer_uuid
            FROM journal WHERE persistence_id = $1 AND sequence_number >= $2 AND deleted = FALSE ORDER BY sequence_number LIMIT $3
        )
        ORDER BY sequence_number LIMIT $3
        """;

    public static List<(long Ordering, EventRow Row)> Rows(DbDataReader reader)
    {
        var rows = new List<(long, EventRow)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), new EventRow
            {
                PersistenceId = reader.GetString(1),
                SequenceNr = reader.GetInt64(2),
                Created = reader.GetInt64(3),
                Message = reader.GetFieldValue<byte[]>(4),
                Manifest = reader.IsDBNull(5) ? "" : reader.GetString(5),
                Identifier = reader.IsDBNull(6) ? null : reader.GetInt32(6),
                WriterUuid = reader.IsDBNull(7) ? null : reader.GetString(7),
            }));
        }

        return rows;
    }
}
