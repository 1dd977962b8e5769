using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Gates;

/// <summary>
/// The entrance to one kind of actor. So many are inside at once; beyond that they wait in a queue for each level, emergencies first; beyond that they are
/// turned away at once, daily business first and emergencies last, and told when to come back. So however much is asked for, memory does not grow with it, what
/// waits is what still has a use, and when the load goes down all is as before. Thread-safe.
/// </summary>
/// <remarks>
/// An actor does one thing after the other: many orders to one of them would fill the gate and keep everybody else out. So what goes to an actor that has its
/// share of the places waits aside. Emergencies know no share.
/// </remarks>
public sealed class Gate
{
    /// <summary>How long a gate calls itself saturated after it turned somebody away.</summary>
    public static readonly TimeSpan SaturatedFor = TimeSpan.FromSeconds(10);

    private const int Levels = 3;
    private const int EmergencyFactor = 2;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly int share;
    private readonly int mostWaiting;
    private readonly LinkedList<Waiter>[] ready = [new(), new(), new()];
    private readonly int[] waiting = new int[Levels];
    private readonly Dictionary<string, Target> targets = new(StringComparer.Ordinal);
    private int free;
    private int inside;
    private long turnedAway;
    private long lastTurnedAway = long.MinValue;
    private (long Second, int Left, int LeftBefore) pace;

    public Gate(GateSettings settings, TimeProvider clock)
    {
        (free, mostWaiting, this.clock) = (settings.AtOnce, settings.Waiting, clock);
        share = Math.Max(1, settings.AtOnce / 4);
    }

    /// <summary>How many a gate holds at the most, inside and waiting.</summary>
    public static int MostInAll(GateSettings settings) => (int)Math.Min(int.MaxValue, settings.AtOnce + ((1L + EmergencyFactor) * settings.Waiting));

    /// <summary>What is going on.</summary>
    public GateFigures Figures
    {
        get
        {
            lock (gate)
            {
                var all = waiting.Sum();
                var state = lastTurnedAway != long.MinValue && clock.GetElapsedTime(lastTurnedAway) < SaturatedFor ? GateState.Saturated
                    : all > 0 ? GateState.Busy
                    : GateState.Free;
                return new GateFigures(state, inside, all, turnedAway);
            }
        }
    }

    /// <summary>Does something that concerns one actor when its turn comes.</summary>
    /// <param name="target">Names the actor.</param>
    /// <exception cref="SaturatedException">Nothing was done, because too many wait.</exception>
    public async Task<T> PassAsync<T>(string target, WhistleLevel level, Func<Task<T>> act, CancellationToken cancel)
    {
        await EnterAsync(target, level, cancel);
        try
        {
            return await act();
        }
        finally
        {
            Leave(target);
        }
    }

    private async Task EnterAsync(string target, WhistleLevel level, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (gate)
        {
            var to = TargetOf(target);
            var hasShare = level == WhistleLevel.Emergency || to.Claims < share;
            if (hasShare && free > 0)
            {
                to.Claims++;
                Admit();
                return;
            }

            if (!HasRoom(level))
            {
                Forget(to);
                turnedAway++;
                lastTurnedAway = clock.GetTimestamp();
                throw new SaturatedException(RetryAfter(level));
            }

            waiter = new Waiter(to, level);
            waiting[(int)level]++;
            if (hasShare)
            {
                to.Claims++;
                waiter.Stand(ready[(int)level], isReady: true);
            }
            else
            {
                waiter.Stand(to.AsideAt(level), isReady: false);
            }
        }

        await using (cancel.Register(() => GiveUp(waiter, cancel)))
            await waiter.Turn.Task;
    }

    private void Leave(string target)
    {
        lock (gate)
        {
            (free, inside) = (free + 1, inside - 1);
            Count();
            GiveBack(targets[target]);
            AdmitNext();
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancel)
    {
        lock (gate)
        {
            // Who has just been let in goes in, and finds out there that nobody waits any more.
            if (!waiter.StepOut())
                return;
            waiting[(int)waiter.Level]--;
            if (waiter.WasReady)
                GiveBack(waiter.To);
            else
                Forget(waiter.To);
        }

        waiter.Turn.TrySetCanceled(cancel);
    }

    // A claim on an actor is free again: the most urgent of those aside takes it.
    private void GiveBack(Target to)
    {
        to.Claims--;
        if (to.Claims < share && to.FirstAside() is { } next)
        {
            to.Claims++;
            next.StepOut();
            next.Stand(ready[(int)next.Level], isReady: true);
        }

        Forget(to);
    }

    private void AdmitNext()
    {
        for (var level = Levels - 1; level >= 0 && free > 0; level--)
        {
            while (free > 0 && ready[level].First is { } first)
            {
                first.Value.StepOut();
                waiting[level]--;
                Admit();
                first.Value.Turn.TrySetResult();
            }
        }
    }

    private void Admit() => (free, inside) = (free - 1, inside + 1);

    private bool HasRoom(WhistleLevel level) => level switch
    {
        WhistleLevel.Emergency => waiting[(int)WhistleLevel.Emergency] < (long)mostWaiting * EmergencyFactor,
        WhistleLevel.Campaign => waiting[(int)WhistleLevel.Daily] + waiting[(int)WhistleLevel.Campaign] < mostWaiting,
        _ => waiting[(int)WhistleLevel.Daily] < mostWaiting / 2 && waiting[(int)WhistleLevel.Daily] + waiting[(int)WhistleLevel.Campaign] < mostWaiting,
    };

    // As long as those who wait will need at the pace of the last second; the less urgent the longer, so that not all come back at once.
    private TimeSpan RetryAfter(WhistleLevel level)
    {
        if (level == WhistleLevel.Emergency)
            return TimeSpan.FromSeconds(1);
        Turn();
        var left = Math.Max(pace.LeftBefore, pace.Left);
        var needed = left == 0 ? LongestRetryAfter.TotalSeconds : (double)waiting.Sum() / left;
        return TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(level == WhistleLevel.Daily ? 2 * needed : needed), 1, LongestRetryAfter.TotalSeconds));
    }

    private void Count()
    {
        Turn();
        pace.Left++;
    }

    private void Turn()
    {
        var second = (long)(clock.GetTimestamp() / (double)clock.TimestampFrequency);
        if (second != pace.Second)
            pace = (second, 0, second == pace.Second + 1 ? pace.Left : 0);
    }

    private Target TargetOf(string name)
    {
        if (!targets.TryGetValue(name, out var target))
            targets[name] = target = new Target(name);
        return target;
    }

    private void Forget(Target target)
    {
        if (target.Claims == 0 && target.FirstAside() is null)
            targets.Remove(target.Name);
    }

    private sealed class Target(string name)
    {
        private LinkedList<Waiter>[]? aside;

        public string Name => name;

        /// <summary>Those inside and those next to go in.</summary>
        public int Claims { get; set; }

        public LinkedList<Waiter> AsideAt(WhistleLevel level) => (aside ??= [new(), new(), new()])[(int)level];

        public Waiter? FirstAside() => aside is null ? null : (aside[2].First ?? aside[1].First ?? aside[0].First)?.Value;
    }

    private sealed class Waiter(Target to, WhistleLevel level)
    {
        private LinkedListNode<Waiter>? place;

        public Target To => to;

        public WhistleLevel Level => level;

        /// <summary>Where it stands, or stood last: with those next to go in, or aside.</summary>
        public bool WasReady { get; private set; }

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Stand(LinkedList<Waiter> queue, bool isReady) => (place, WasReady) = (queue.AddLast(this), isReady);

        /// <returns>False when it stands nowhere any more.</returns>
        public bool StepOut()
        {
            if (place is null)
                return false;
            place.List!.Remove(place);
            place = null;
            return true;
        }
    }
}
