using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests.Snapshots;

public sealed class PostgresSnapshotTests() : SnapshotSpecification(new PostgresTestDatabase());
