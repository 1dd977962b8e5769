using Akka.Actor;
using Akka.Cluster;
using Akka.Coordination;
using Npgsql;

namespace WhistleActors.Actors.Clustering;

/// <summary>
/// A lease in the database that all nodes share. When nodes lose sight of each other, the side that gets the lease lives on and the
/// other ends: so a cluster of two survives the loss of either, which no majority can decide.
/// </summary>
/// <remarks>
/// Time is the database's, so clocks of nodes that differ do not matter. A lost node holds nothing back longer than the timeout. Who holds it gives it back soon
/// after the decision: from then on <see cref="ClusterCharter"/> keeps it from those that were voted out, however late they come. And who is no
/// member, or not yet, decides nothing about members.
/// </remarks>
public sealed class PostgresLease : Lease
{
    private const string Tables =
        $"CREATE TABLE IF NOT EXISTS whistle_lease (name text PRIMARY KEY, owner text NOT NULL, expires timestamptz NOT NULL); {ClusterCharter.Table}";

    private const string Take =
        $"""
        INSERT INTO whistle_lease AS held (name, owner, expires) SELECT $1, $2, now() + $3 WHERE NOT {ClusterCharter.GoesOnWithout}
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
        WHERE held.owner = excluded.owner OR held.expires < now()
        """;

    private const string GiveBack = "DELETE FROM whistle_lease WHERE name = $1 AND owner = $2";

    private readonly ExtendedActorSystem system;
    private readonly string connectionString;
    private readonly Lock gate = new();
    private ICancelable? renewing;
    private volatile bool held;

    public PostgresLease(LeaseSettings settings, ExtendedActorSystem system)
        : base(settings)
    {
        this.system = system;
        connectionString = settings.LeaseConfig.GetString("connection-string");
    }

    /// <inheritdoc/>
    public override Task<bool> Acquire() => Acquire(null!);

    /// <inheritdoc/>
    public override async Task<bool> Acquire(Action<Exception> leaseLostCallback)
    {
        held = await TakeAsync();
        if (held)
            Renew(leaseLostCallback);
        return held;
    }

    /// <inheritdoc/>
    public override async Task<bool> Release()
    {
        lock (gate)
            renewing?.Cancel();
        held = false;
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(GiveBack);
        command.Parameters.Add(new() { Value = Settings.LeaseName });
        command.Parameters.Add(new() { Value = Settings.OwnerName });
        await command.ExecuteNonQueryAsync();
        return true;
    }

    /// <inheritdoc/>
    public override bool CheckLease() => held;

    private async Task<bool> TakeAsync()
    {
        var cluster = Cluster.Get(system);
        if (cluster.SelfMember.Status is not (MemberStatus.Up or MemberStatus.Leaving))
            return false;
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using (var table = database.CreateCommand(Tables))
            await table.ExecuteNonQueryAsync();
        await using var command = database.CreateCommand(Take);
        command.Parameters.Add(new() { Value = Settings.LeaseName });
        command.Parameters.Add(new() { Value = Settings.OwnerName });
        command.Parameters.Add(new() { Value = Settings.TimeoutSettings.HeartbeatTimeout });
        command.Parameters.Add(new() { Value = ClusterCharter.AddressOf(cluster.SelfUniqueAddress) });
        command.Parameters.Add(new() { Value = ClusterCharter.IncarnationOf(cluster.SelfUniqueAddress) });
        return await command.ExecuteNonQueryAsync() == 1;
    }

    private void Renew(Action<Exception>? lost)
    {
        var every = Settings.TimeoutSettings.HeartbeatInterval;
        lock (gate)
        {
            renewing?.Cancel();
            renewing = system.Scheduler.Advanced.ScheduleRepeatedlyCancelable(every, every, () => _ = RenewOnceAsync(lost));
        }
    }

    private async Task RenewOnceAsync(Action<Exception>? lost)
    {
        try
        {
            if (!held || await TakeAsync())
                return;
            throw new InvalidOperationException($"The lease {Settings.LeaseName} went to another owner.");
        }
        catch (Exception cause)
        {
            // Whoever cannot renew must not believe in it any longer.
            held = false;
            lost?.Invoke(cause);
        }
    }
}
