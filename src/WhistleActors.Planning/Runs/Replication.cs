using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Results;

namespace WhistleActors.Planning.Runs;

/// <summary>
/// One run of a plan in virtual time. Departments act on their own, by the rule of their allocation (<see cref="Choice"/>): a summons takes a free crew, or
/// waits; a crew that becomes free takes what presses most of what it can do; an emergency takes a crew
/// that has not arrived at something less. A crew sets out, travels, checks in, works, and is free again at the spot, from where it goes home.
/// </summary>
internal sealed partial class Replication
{
    private const int Done = 0;
    private const int ShiftEnds = 1;
    private const int ShiftBegins = 2;
    private const int KindShift = 28;

    private readonly CityModel city;
    private readonly ulong seed;
    private readonly int number;
    private readonly int only;
    private readonly Action<SeenCheckIn>? seen;
    private readonly Action<SeenChoice>? chosen;
    private readonly long warmUp;
    private readonly long limit;
    private readonly double journeyVariation;

    private readonly EventHeap events = new();
    private readonly StreamModel.Source[] sources;
    private readonly CrewPlace[] crews;
    private readonly Waiting[] tasks;
    private readonly int[] departmentOf;
    private readonly int[] free;
    private readonly int[] freeCount;
    private readonly int[] present;
    private readonly Waiting[][] queues;
    private readonly int[]?[] crewsOut;
    private readonly FlowBook[] books;
    private readonly DepartmentTally[] tallies;
    private readonly long[] subdistrictSummonses;
    private readonly long[] subdistrictOnTime;
    private readonly CompletionTally completion = new();
    private readonly HourTally hours;
    private readonly List<string> broken = [];

    private Open[] open = new Open[1024];
    private int[] idle = new int[1024];
    private int idleCount;
    private int opened;
    private long whistles;
    private long summonses;
    private int waiting;
    private int busy;
    private long now;
    private StreamModel.Source? upcoming;

    /// <param name="only">The index of the one department that is looked at; -1 for all.</param>
    /// <param name="seen">Told of each check-in that stands, when its work is done, for a test that holds it against the rules.</param>
    /// <param name="chosen">Told of each choice, for a test that holds it against the allocation.</param>
    internal Replication(CityModel city, int seed, int number, int only = -1, Action<SeenCheckIn>? seen = null, Action<SeenChoice>? chosen = null)
    {
        (this.city, this.number, this.only, this.seen, this.chosen) = (city, number, only, seen, chosen);
        this.seed = Chance.For((ulong)seed, 0).Next();
        var plan = city.Plan;
        warmUp = plan.WarmUp.Ticks;
        limit = city.End + CityModel.Overrun.Ticks;
        journeyVariation = plan.Travel.KmPerHour == 0 ? 0 : plan.Travel.Variation;
        sources = [.. city.Streams.Select(stream => stream.Begin(this.seed, number))];
        upcoming = NextSource();
        var (count, departments) = (city.Crews.All.Length, city.Departments.Length);
        (crews, tasks, departmentOf, free) = (new CrewPlace[count], new Waiting[count], new int[count], new int[count]);
        (freeCount, present, queues, books) = (new int[departments], new int[departments], new Waiting[departments][], new FlowBook[departments]);
        tallies = [.. Enumerable.Range(0, departments).Select(department => only < 0 || only == department ? new DepartmentTally() : DepartmentTally.None)];
        crewsOut = new int[departments][];
        (subdistrictSummonses, subdistrictOnTime) = (new long[city.Subdistricts.Length], new long[city.Subdistricts.Length]);
        hours = new HourTally((int)(city.End / TimeSpan.TicksPerHour) + 1);
        for (var department = 0; department < departments; department++)
        {
            queues[department] = [];
            for (var crew = city.Crews.First[department]; crew < city.Crews.First[department + 1]; crew++)
            {
                departmentOf[crew] = department;
                crews[crew].Grid = -1;
                if (only < 0 || only == department)
                    Muster(crew, department);
            }
        }
    }

    /// <summary>Runs to the end: all whistles are blown, and nobody waits or nobody can come any more. Null when it was stopped before.</summary>
    internal ReplicationResult? Run(CancellationToken stop)
    {
        var hour = 0L;
        for (var step = 0L; ; step++)
        {
            if ((step & 0xff) == 0 && stop.IsCancellationRequested)
                return null;
            var arrival = upcoming?.Next ?? long.MaxValue;
            var next = Math.Min(arrival, events.NextAt);
            if (next > limit || (next > city.End && waiting == 0))
                break;
            for (; hour * TimeSpan.TicksPerHour <= next && hour < hours.Waiting.Length; hour++)
                (hours.Waiting[hour], hours.Busy[hour]) = (waiting, busy);
            now = next;
            if (arrival < events.NextAt)
                Blow(upcoming!);
            else
                Happen(events.Pop().What);
        }

        now = Math.Max(now, city.End);
        Close();
        return new ReplicationResult(number, whistles, tallies, subdistrictSummonses, subdistrictOnTime, completion, hours, broken);
    }

    private StreamModel.Source? NextSource()
    {
        StreamModel.Source? first = null;
        foreach (var source in sources)
        {
            if (first is null || source.Next < first.Next)
                first = source;
        }

        return first;
    }

    private void Blow(StreamModel.Source source)
    {
        var (matter, grid, level) = source.Draw();
        var key = source.Key;
        source.Advance();
        upcoming = NextSource();
        whistles++;
        var summoned = city.Summoned(city.Clock.DayOf(now), matter, grid);
        var place = Enter(only < 0 ? summoned.Length : summoned.Any(called => called.Department == only) ? 1 : 0);
        foreach (var (department, skill) in summoned)
        {
            if (only >= 0 && only != department)
                continue;
            var chance = Chance.For(key, (ulong)department);
            var work = city.Crews.Work[department].Draw(ref chance);
            var setOut = city.SetOut.Draw(ref chance);
            var journey = journeyVariation > 0 ? TimeLaw.Lognormal(ref chance, journeyVariation) : 1;
            Summon(department, new Waiting(summonses++, place, grid, matter, level, skill, now, now, city.DueAt(now, matter, level, department), work, setOut, journey));
        }

        if (open[place].Pending == 0)
            Leave(place);
    }

    private void Summon(int department, in Waiting summons)
    {
        Pass(department);
        books[department].Came();
        Place(department, summons);
    }

    private void Place(int department, in Waiting summons)
    {
        if (Best(department, summons) is >= 0 and var crew)
        {
            Tell(department, crew, summons, books[department].Queue - 1);
            TakeFromFree(department, crew);
            Send(department, crew, summons);
        }
        else if (summons.Level == (int)WhistleLevel.Emergency && BestOnTheWay(department, summons) is >= 0 and var other)
        {
            Tell(department, other, summons, books[department].Queue - 1);
            Take(department, other, summons);
        }
        else
        {
            Wait(department, summons);
        }
    }

    private void Wait(int department, in Waiting summons)
    {
        var length = books[department].Queue;
        if (length > queues[department].Length)
            Array.Resize(ref queues[department], Math.Max(16, length * 2));
        queues[department][length - 1] = summons;
        waiting++;
        tallies[department].LongestQueue = Math.Max(tallies[department].LongestQueue, length);
    }

    private void CountOut(int department, int grid, int change) => (crewsOut[department] ??= new int[city.Subdistricts.Length])[city.SubdistrictOf[grid]] += change;

    // A crew that is on the way elsewhere turns round where it is.
    private void Send(int department, int crew, in Waiting summons)
    {
        books[department].Sent(now - summons.Since);
        busy++;
        open[summons.Whistle].Sent++;
        open[summons.Whistle].Unsent--;
        CountOut(department, summons.Grid, 1);
        var (from, travel) = (At(crew), (long)(Way(crew, summons.Grid) * summons.Journey));
        ref var place = ref crews[crew];
        (place.Busy, place.Since, place.Grid, place.From, place.CheckIn) = (true, now, summons.Grid, from, now + summons.SetOut + travel);
        place.Done = place.CheckIn + summons.Work;
        tasks[crew] = summons;
        events.Push(place.Done, (Done << KindShift) | crew);
    }

    // The summons that it leaves waits again, unless there is a free crew that could not do what the emergency asks for.
    private void Take(int department, int crew, in Waiting emergency)
    {
        var left = tasks[crew];
        tallies[department].Taken += emergency.Blown >= warmUp ? 1 : 0;
        books[department].Returned(now - crews[crew].Since);
        busy--;
        open[left.Whistle].Sent--;
        open[left.Whistle].Unsent++;
        CountOut(department, left.Grid, -1);
        Send(department, crew, emergency);
        Place(department, left with { Since = now });
    }

    // Counted when the work is done: until a crew has arrived, an emergency may take it.
    private void Count(int department, int crew)
    {
        ref readonly var summons = ref tasks[crew];
        var (checkIn, sent) = (crews[crew].CheckIn, crews[crew].Since);
        var onTime = checkIn <= summons.Due;
        seen?.Invoke(new SeenCheckIn(summons.Number, summons.Whistle, summons.Grid, summons.Matter, summons.Level, department, summons.Blown, summons.Due, checkIn, summons.Work, onTime));
        ref var whistle = ref open[summons.Whistle];
        whistle.Pending--;
        whistle.OnTime &= onTime;
        whistle.LastCheckIn = Math.Max(whistle.LastCheckIn, checkIn);
        if (summons.Blown >= warmUp)
        {
            var tally = tallies[department];
            tally.Summonses++;
            (tally.CheckIns ??= new Histogram()).Add(checkIn - summons.Blown);
            tally.CheckInTime += checkIn - summons.Blown;
            tally.QueueTime += sent - summons.Blown;
            tally.Queued += sent > summons.Blown ? 1 : 0;
            tally.OnTime += onTime ? 1 : 0;
            tally.Late += onTime ? 0 : 1;
            CountPlace(summons, onTime);
        }

        if (whistle.Pending == 0)
            Leave(summons.Whistle);
    }

    private void CountPlace(in Waiting summons, bool onTime)
    {
        subdistrictSummonses[city.SubdistrictOf[summons.Grid]]++;
        hours.Summonses[summons.Blown / TimeSpan.TicksPerHour]++;
        if (!onTime)
            return;
        subdistrictOnTime[city.SubdistrictOf[summons.Grid]]++;
        hours.OnTime[summons.Blown / TimeSpan.TicksPerHour]++;
    }

    private void Happen(int what)
    {
        var crew = what & ((1 << KindShift) - 1);
        var department = departmentOf[crew];
        Pass(department);
        switch (what >> KindShift)
        {
            // What was to be done at a place that it was taken from.
            case Done when !crews[crew].Busy || crews[crew].Done != now:
                break;
            case Done:
                Count(department, crew);
                books[department].Done(now - crews[crew].Since);
                CountOut(department, crews[crew].Grid, -1);
                busy--;
                (crews[crew].Busy, crews[crew].Since) = (false, now);
                if (crews[crew].OnDuty)
                    Free(department, crew);
                else
                    present[department]--;
                break;
            case ShiftBegins:
                events.Push(NextEnd(crew), (ShiftEnds << KindShift) | crew);
                if (IsAbsent(crew, department) || crews[crew].OnDuty)
                    break;
                crews[crew].OnDuty = true;
                if (!crews[crew].Busy)
                {
                    present[department]++;
                    Free(department, crew);
                }

                break;
            case ShiftEnds:
                events.Push(NextBeginning(crew), (ShiftBegins << KindShift) | crew);
                if (!crews[crew].OnDuty)
                    break;
                crews[crew].OnDuty = false;
                if (!crews[crew].Busy)
                {
                    present[department]--;
                    TakeFromFree(department, crew);
                }

                break;
        }
    }

    private void Free(int department, int crew)
    {
        var first = city.Crews.First[department];
        crews[crew].Slot = first + freeCount[department];
        free[first + freeCount[department]++] = crew;
        var length = books[department].Queue;
        if (length == 0 || MostPressing(department, crew) is not (>= 0 and var place))
            return;
        waiting--;
        var summons = queues[department][place];
        Tell(department, crew, summons, length);
        queues[department][place] = queues[department][length - 1];
        TakeFromFree(department, crew);
        Send(department, crew, summons);
    }

    private void TakeFromFree(int department, int crew)
    {
        var last = free[city.Crews.First[department] + --freeCount[department]];
        free[crews[crew].Slot] = last;
        crews[last].Slot = crews[crew].Slot;
    }

    private int Enter(int summoned)
    {
        var place = idleCount > 0 ? idle[--idleCount] : opened++;
        if (place == open.Length)
            Array.Resize(ref open, open.Length * 2);
        open[place] = new Open { Unsent = summoned, Pending = summoned, OnTime = true, Blown = now, Counted = now >= warmUp && summoned > 0 };
        return place;
    }

    private void Leave(int place)
    {
        ref readonly var whistle = ref open[place];
        if (whistle.Counted && only < 0)
        {
            completion.Whistles++;
            completion.OnTime += whistle.OnTime ? 1 : 0;
            completion.Times.Add(whistle.LastCheckIn - whistle.Blown);
        }

        if (idleCount == idle.Length)
            Array.Resize(ref idle, idle.Length * 2);
        idle[idleCount++] = place;
    }

    private void Pass(int department)
    {
        ref var book = ref books[department];
        var passed = book.Pass(now);
        if (passed == 0)
            return;
        var counted = Math.Min(now, city.End) - Math.Max(now - passed, warmUp);
        if (counted <= 0)
            return;
        var tally = tallies[department];
        tally.BusyArea += (Int128)counted * book.Busy;
        tally.PresentArea += (Int128)counted * present[department];
        tally.QueueArea += (Int128)counted * book.Queue;
    }

    private void Muster(int crew, int department)
    {
        ref readonly var model = ref city.Crews.All[crew];
        if (model.From == model.To && city.Crews.Absence[department] == 0)
        {
            (crews[crew].OnDuty, crews[crew].Slot) = (true, city.Crews.First[department] + freeCount[department]);
            free[city.Crews.First[department] + freeCount[department]++] = crew;
            present[department]++;
            return;
        }

        // A night shift that began the evening before is on duty already.
        now = -1;
        var begins = model.To > 24 * 60 ? -TimeSpan.TicksPerDay + (model.From * TimeSpan.TicksPerMinute) : NextBeginning(crew);
        events.Push(Math.Max(0, begins), (ShiftBegins << KindShift) | crew);
        now = 0;
    }

    private long NextBeginning(int crew)
    {
        ref readonly var model = ref city.Crews.All[crew];
        for (var day = Math.Max(0, city.Clock.DayOf(Math.Max(0, now))); ; day++)
        {
            var begins = city.Clock.Midnight(day) + (model.From * TimeSpan.TicksPerMinute);
            if (begins > now || (begins == now && model.From == model.To))
                return begins;
        }
    }

    // Who works day and night is absent by days.
    private long NextEnd(int crew)
    {
        ref readonly var model = ref city.Crews.All[crew];
        var length = (model.From == model.To ? 24 * 60 : model.To - model.From) * TimeSpan.TicksPerMinute;
        var day = city.Clock.DayOf(now);
        var began = city.Clock.Midnight(day) + (model.From * TimeSpan.TicksPerMinute);
        return model.From == model.To ? city.Clock.Midnight(day + 1) : began > now ? began - TimeSpan.TicksPerDay + length : began + length;
    }

    private bool IsAbsent(int crew, int department)
    {
        var absence = city.Crews.Absence[department];
        return absence > 0 && Chance.For(seed ^ city.Crews.All[crew].Key, (ulong)number, (ulong)city.Clock.DayOf(now)).Share() < absence;
    }

    // Whoever still waits was never reached; then both accounts are compared.
    private void Close()
    {
        for (var department = 0; department < tallies.Length; department++)
        {
            if (only >= 0 && only != department)
                continue;
            Pass(department);
            var (left, waitedYet, busyNow, workedYet) = (books[department].Queue, Int128.Zero, 0, Int128.Zero);
            foreach (ref readonly var summons in queues[department].AsSpan(0, left))
            {
                waitedYet += now - summons.Since;
                if (summons.Blown < warmUp)
                    continue;
                tallies[department].Summonses++;
                tallies[department].Never++;
                CountPlace(summons, onTime: false);
                ref var whistle = ref open[summons.Whistle];
                if (whistle.Counted && only < 0)
                    completion.Whistles++;
                whistle.Counted = false;
            }

            for (var crew = city.Crews.First[department]; crew < city.Crews.First[department + 1]; crew++)
            {
                if (!crews[crew].Busy)
                    continue;
                busyNow++;
                workedYet += now - crews[crew].Since;
                Count(department, crew);
            }

            if (books[department].Check(left, waitedYet, busyNow, workedYet) is { } fault)
                broken.Add($"{city.Departments[department].Code}: {fault}");
        }
    }
}
