using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhistleActors.Journal.Sqlite;

/// <summary>Whose fault an error of SQLite is.</summary>
internal static class SqliteTrouble
{
    /// <summary>The row is to blame, not the database.</summary>
    public static bool IsRefusal(SqliteException e) =>
        e.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH;

    /// <summary>The connection will not recover by itself; a new one may.</summary>
    public static bool NeedsNewConnection(SqliteException e) => e.SqliteErrorCode
        is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN
        or raw.SQLITE_READONLY or raw.SQLITE_MISUSE or raw.SQLITE_PROTOCOL;

    public static Exception Refusal(SqliteException e, EventRow row) => e.SqliteErrorCode == raw.SQLITE_CONSTRAINT
        ? new DuplicateSequenceNumberException(
            $"{row.PersistenceId} already has an event {row.SequenceNr}: a second incarnation of the actor is writing.", e)
        : new EventRefusedException($"The database refuses event {row.SequenceNr} of {row.PersistenceId}: {e.Message}", e);

    public static StoreTroubleException Trouble(Exception e, bool outcomeUnknown) =>
        new($"The SQLite database is in trouble: {e.Message}", e, outcomeUnknown);
}
