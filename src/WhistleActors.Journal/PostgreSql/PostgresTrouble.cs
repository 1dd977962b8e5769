using Npgsql;

namespace WhistleActors.Journal.PostgreSql;

/// <summary>Whose fault an error of PostgreSQL is.</summary>
internal static class PostgresTrouble
{
    /// <summary>A row is to blame, not the database: bad data (22), a broken constraint (23), a limit of the program (54).</summary>
    public static bool IsRefusal(Exception e) =>
        e is PostgresException { SqlState: [var first, var second, ..] } && $"{first}{second}" is "22" or "23" or "54";

    /// <summary>The server answered, and its answer is that the transaction was rolled back.</summary>
    public static bool IsRolledBack(Exception e) =>
        e is PostgresException { SqlState: [var first, var second, ..] } && $"{first}{second}" is not ("57" or "08" or "XX");

    /// <summary>
    /// The wait for a synchronous standby was cancelled, by the connection's command timeout or by an administrator: the transaction stands, but on the
    /// primary alone. Its text is translated by the server; the place in the server's source is not.
    /// </summary>
    public static bool IsNotReplicated(PostgresNotice notice) => notice.Routine == "SyncRepWaitForLSN";

    public static StoreTroubleException Trouble(Exception e, bool outcomeUnknown) =>
        new($"The PostgreSQL database is in trouble: {e.Message}", e, outcomeUnknown);
}
