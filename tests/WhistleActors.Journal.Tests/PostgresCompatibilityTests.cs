using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests;

public sealed class PostgresCompatibilityTests() : StockCompatibilityTests(new PostgresTestDatabase())
{
    protected override async Task<IReadOnlyList<string>> SchemaAsync() =>
    [
        .. await Database.QueryAsync(
            """
            SELECT column_name, data_type, is_nullable, column_default, is_identity, identity_generation, collation_name
            FROM information_schema.columns WHERE table_name = 'journal' ORDER BY ordinal_position
            """),
        .. await Database.QueryAsync("SELECT indexdef FROM pg_indexes WHERE tablename = 'journal' ORDER BY indexname"),
        .. await Database.QueryAsync(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'journal'::regclass ORDER BY conname"),
    ];
}
