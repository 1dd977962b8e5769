using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;

namespace WhistleActors.Journal.Bench;

/// <summary>Persists its next event when the one before is stored (<see cref="Go"/>), or one for each <see cref="One"/>.</summary>
internal sealed class BenchActor(string id, LatencyHistogram latencies, CountdownEvent done) : UntypedPersistentActor
{
    private Go? _task;
    private int _left;
    private long _asked;

    public override string PersistenceId { get; } = id;

    public static Props Props(string id, LatencyHistogram latencies, CountdownEvent done) =>
        Akka.Actor.Props.Create(() => new BenchActor(id, latencies, done));

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Go go:
                _task = go;
                _left = go.Writes;
                Next();
                break;
            case One one:
                Persist(one.Event, _ =>
                {
                    latencies.Record(Stopwatch.GetElapsedTime(one.Due));
                    done.Signal();
                });
                break;
            case Ping:
                Sender.Tell(message);
                break;
        }
    }

    protected override void OnRecover(object message)
    {
    }

    private void Next()
    {
        _asked = Stopwatch.GetTimestamp();
        if (_task!.Events.Length == 1)
        {
            Persist(_task.Events[0], _ => Stored());
            return;
        }

        var open = _task.Events.Length;
        PersistAll(_task.Events, _ =>
        {
            if (--open == 0)
                Stored();
        });
    }

    private void Stored()
    {
        latencies.Record(Stopwatch.GetElapsedTime(_asked));
        if (--_left > 0)
            Next();
        else
            done.Signal();
    }

    internal sealed record Go(int Writes, BenchEvent[] Events);

    internal sealed record One(BenchEvent Event, long Due);

    internal sealed record Ping;
}
