using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests.Snapshots;

public sealed class SqliteSnapshotTests() : SnapshotSpecification(new SqliteTestDatabase());
