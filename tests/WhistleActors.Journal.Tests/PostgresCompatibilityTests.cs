using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests;

public sealed class PostgresCompatibilityTests() : StockCompatibilityTests(new PostgresTestDatabase());
