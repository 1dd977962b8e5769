using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace WhistleActors.Actors.Clustering;

/// <summary>Asks the database what time it is, at the start and every few seconds, and sets the city's clock. While the database is away the clock goes on by itself.</summary>
public sealed class ClockKeeper : BackgroundService
{
    /// <summary>The name of its meter.</summary>
    public const string MeterName = "WhistleActors.Clock";

    private const int Tries = 3;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CityClock clock;
    private readonly ILogger<ClockKeeper> log;
    private readonly NpgsqlDataSource database;
    private readonly Meter meter = new(MeterName);
    private TimeSpan reported;

    /// <param name="connectionString">Of the PostgreSQL database that the nodes share.</param>
    public ClockKeeper(CityClock clock, string connectionString, ILogger<ClockKeeper> log)
    {
        (this.clock, this.log) = (clock, log);
        database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MinPoolSize = 0, MaxPoolSize = 1 });
        meter.CreateObservableGauge("whistle.clock.offset", () => clock.Offset.TotalSeconds, unit: "s", description: "How far the database's clock, by which all nodes go, is ahead of this machine's own.");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        meter.Dispose();
        database.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                clock.Set(await ReadAsync(stoppingToken));
                Report();
            }
            catch (Exception cause) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(cause, "The database does not say what time it is");
            }

            await Task.Delay(clock.Known.IsCompleted ? Every : Again, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The shortest round trip tells most exactly.
    private async Task<CityClock.Reading> ReadAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        await using var connection = await database.OpenConnectionAsync(patience.Token);
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        CityClock.Reading? best = null;
        for (var i = 0; i < Tries; i++)
        {
            var sent = clock.GetTimestamp();
            var told = (DateTime)(await command.ExecuteScalarAsync(patience.Token))!;
            var reading = new CityClock.Reading(new DateTimeOffset(told), sent, clock.GetTimestamp());
            if (best is not { } known || reading.Received - reading.Sent < known.Received - known.Sent)
                best = reading;
        }

        return best!.Value;
    }

    // Whoever keeps the machine has to know that its clock, or the database's, is wrong: once, each time that it becomes so.
    private void Report()
    {
        var offset = clock.Offset;
        if ((offset - reported).Duration() <= CityClock.Jump)
            return;
        reported = offset;
        log.LogWarning("The database's clock is {Offset:+0.000;-0.000} s ahead of this machine's; the database's counts", offset.TotalSeconds);
    }
}
