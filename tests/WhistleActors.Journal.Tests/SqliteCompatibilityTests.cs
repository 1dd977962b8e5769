using System.Text.RegularExpressions;
using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests;

public sealed partial class SqliteCompatibilityTests() : StockCompatibilityTests(new SqliteTestDatabase())
{
    protected override async Task<IReadOnlyList<string>> SchemaAsync() =>
        [.. (await Database.QueryAsync("SELECT sql FROM sqlite_master WHERE tbl_name = 'journal' ORDER BY name")).Select(sql => Space().Replace(sql, " "))];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
