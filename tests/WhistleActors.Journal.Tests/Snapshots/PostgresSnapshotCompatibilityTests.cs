using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests.Snapshots;

public sealed class PostgresSnapshotCompatibilityTests() : SnapshotCompatibilityTests(new PostgresTestDatabase());
