using System.Diagnostics.Metrics;
using WhistleActors.Actors.Gates;

namespace WhistleActors.Server.Health;

/// <summary>Shows the gates to whoever watches the server: as metrics, and in the log when one becomes saturated and when it is no more.</summary>
internal sealed class GateMeter : BackgroundService
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "WhistleActors.Gates";

    private readonly CityGates gates;
    private readonly TimeProvider clock;
    private readonly ILogger<GateMeter> log;
    private readonly Meter meter = new(Name);

    public GateMeter(CityGates gates, TimeProvider clock, ILogger<GateMeter> log)
    {
        (this.gates, this.clock, this.log) = (gates, clock, log);
        meter.CreateObservableGauge("whistle.gate.inside", () => Measured(figures => figures.Inside), description: "Orders and questions that are with the actors.");
        meter.CreateObservableGauge("whistle.gate.waiting", () => Measured(figures => figures.Waiting), description: "Orders and questions that wait before the gate.");
        meter.CreateObservableGauge("whistle.gate.saturated", () => Measured(figures => figures.State == GateState.Saturated ? 1 : 0), description: "1 while somebody was turned away within ten seconds.");
        meter.CreateObservableCounter("whistle.gate.turned_away", () => Measured(figures => figures.TurnedAway), description: "Orders and questions that were turned away.");
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        var known = new Dictionary<string, GateFigures>();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (name, gate) in gates.All)
            {
                var now = gate.Figures;
                var before = known.GetValueOrDefault(name);
                known[name] = now;
                if (now.State == GateState.Saturated && before?.State != GateState.Saturated)
                    log.LogWarning("Saturated at the gate of the {Gate}: {Inside} inside, {Waiting} waiting; the less urgent are told to come back", name, now.Inside, now.Waiting);
                else if (now.State != GateState.Saturated && before?.State == GateState.Saturated)
                    log.LogInformation("No more saturated at the gate of the {Gate}; {TurnedAway} were turned away since the start", name, now.TurnedAway);
            }
        }
    }

    private IEnumerable<Measurement<long>> Measured(Func<GateFigures, long> value) =>
        gates.All.Select(gate => new Measurement<long>(value(gate.Gate.Figures), new KeyValuePair<string, object?>("gate", gate.Name)));
}
