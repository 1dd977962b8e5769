using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests.Snapshots;

public sealed class SqliteSnapshotCompatibilityTests() : SnapshotCompatibilityTests(new SqliteTestDatabase());
