using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests;

public sealed class PostgresJournalTests() : JournalSpecification(new PostgresTestDatabase());
