using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests;

public sealed class SqliteCompatibilityTests() : StockCompatibilityTests(new SqliteTestDatabase());
