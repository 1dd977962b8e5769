using System.Data.Common;
using LinqToDB.Interceptors;
using Microsoft.Data.Sqlite;

namespace WhistleActors.Journal.Bench;

/// <summary>The same durability for the stock journal: linq2db opens its connections with the driver's defaults.</summary>
internal sealed class SqlitePragma(string synchronous) : ConnectionInterceptor
{
    public static void SwitchToWal(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
    }

    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection) => Run(connection, $"PRAGMA synchronous = {synchronous}");

    public override Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        ConnectionOpened(eventData, connection);
        return Task.CompletedTask;
    }

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
