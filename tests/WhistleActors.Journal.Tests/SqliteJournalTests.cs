using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests;

public sealed class SqliteJournalTests() : JournalSpecification(new SqliteTestDatabase());
