using System.Globalization;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>A fresh database, and how each of the two journals is pointed at it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>The provider's name in the settings of our journal.</summary>
    public abstract string Provider { get; }

    /// <summary>The provider's name in the settings of Akka.Persistence.Sql.</summary>
    public abstract string StockProvider { get; }

    public abstract string ConnectionString { get; }

    public abstract Task StartAsync();

    /// <summary>Runs a statement beside the journal.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>The rows of a query, each as its values joined by '|'.</summary>
    public abstract Task<IReadOnlyList<string>> QueryAsync(string sql);

    /// <summary>All that makes up a table: columns, constraints, indexes.</summary>
    public abstract Task<IReadOnlyList<string>> SchemaAsync(string table);

    public abstract ValueTask DisposeAsync();

    /// <summary>A value as text, bytes as hexadecimal digits.</summary>
    protected static string? Written(object value) =>
        value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
