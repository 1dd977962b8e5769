using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Plans;

namespace WhistleActors.Planning.Models;

/// <summary>One source of whistles, in indices.</summary>
internal sealed class StreamModel
{
    private readonly CityModel city;
    private readonly Arrivals arrivals;
    private readonly ulong number;
    private readonly int[] matters;
    private readonly int[] grids;
    private readonly Weights matterWeights;
    private readonly Weights gridWeights;
    private readonly Weights levels;
    private readonly double[] perHour;

    internal StreamModel(CityModel city, Arrivals arrivals, int number)
    {
        (this.city, this.arrivals, this.number) = (city, arrivals, (ulong)number);
        var (matterIndex, gridIndex) = (CityModel.Index(city.Matters), CityModel.Index([.. city.Grids.Select(grid => grid.Code)]));
        (matters, grids) = ([.. arrivals.Matters.Select(pair => matterIndex[pair.Matter])], [.. arrivals.Grids.Select(pair => gridIndex[pair.Grid])]);
        (matterWeights, gridWeights) = (new Weights([.. arrivals.Matters.Select(pair => pair.Weight)]), new Weights([.. arrivals.Grids.Select(pair => pair.Weight)]));
        levels = new Weights(arrivals.Levels);
        perHour = arrivals is Arrivals.Steady steady ? [.. steady.PerHour] : [];
    }

    /// <summary>What one replication draws from it, whistle by whistle in the order of time.</summary>
    internal Source Begin(ulong seed, int replication) => new(this, seed, replication);

    /// <summary>A stream under way.</summary>
    internal sealed class Source
    {
        private readonly StreamModel stream;
        private readonly ulong seed;
        private readonly long[] times = [];
        private readonly int[] order = [];
        private Chance chance;
        private long hourStart;
        private int day;
        private int hour = -1;
        private double left;
        private double passed;
        private double rate;
        private long count = -1;

        internal Source(StreamModel stream, ulong seed, int replication)
        {
            this.stream = stream;
            this.seed = Chance.For(seed, (ulong)replication, stream.number).Next();
            chance = new Chance(this.seed);
            if (stream.arrivals is Arrivals.Storm storm)
            {
                times = new long[storm.Whistles];
                foreach (ref var time in times.AsSpan())
                    time = storm.At.Ticks + (long)(storm.Within.Ticks * chance.Share());
                Array.Sort(times);
                order = [.. stream.grids];
                for (var i = order.Length - 1; i > 0; i--)
                {
                    var other = chance.Below(i + 1);
                    (order[i], order[other]) = (order[other], order[i]);
                }
            }

            Advance();
        }

        /// <summary>When its next whistle is blown; <see cref="long.MaxValue"/> when there is none.</summary>
        internal long Next { get; private set; }

        /// <summary>A number that belongs to the next whistle alone, whatever the plan.</summary>
        internal ulong Key => Chance.Mix(seed ^ (ulong)count);

        /// <summary>What and where the next whistle is.</summary>
        internal (int Matter, int Grid, int Level) Draw()
        {
            var own = new Chance(Key);
            var matter = stream.matters[stream.matterWeights.Draw(ref own)];
            var grid = order.Length > 0 ? order[count % order.Length] : stream.grids[stream.gridWeights.Draw(ref own)];
            return (matter, grid, stream.levels.Draw(ref own));
        }

        /// <summary>Goes on to the whistle after.</summary>
        internal void Advance()
        {
            count++;
            Next = stream.arrivals is Arrivals.Storm ? (count < times.Length ? times[count] : long.MaxValue) : NextSteady();
        }

        // The rate is constant within an hour, so the time to the next whistle is an exponential one, spent hour by hour (time change).
        private long NextSteady()
        {
            var spend = chance.Exponential();
            while (true)
            {
                if (spend < left * rate)
                {
                    left -= spend / rate;
                    passed += spend / rate;
                    return hourStart + (long)(passed * TimeSpan.TicksPerHour);
                }

                spend -= left * rate;
                if (!NextHour())
                    return long.MaxValue;
            }
        }

        private bool NextHour()
        {
            if (hour < 0)
                hour = 0;
            else if (hourStart + TimeSpan.TicksPerHour < stream.city.Clock.Midnight(day + 1))
                hour++;
            else
                (day, hour) = (day + 1, 0);
            if (day >= stream.city.Plan.Days)
            {
                (left, rate, day, hour) = (0, 0, stream.city.Plan.Days, 0);
                return false;
            }

            hourStart = stream.city.Clock.Midnight(day) + (hour * TimeSpan.TicksPerHour);
            var weekday = Arrivals.WeekdayOf(stream.city.Plan.Start.AddDays(day));

            // A day on which the clocks are put back has a 25th hour, which is like its last.
            passed = 0;
            rate = stream.perHour[(weekday * 24) + Math.Min(hour, 23)];
            left = Math.Min(1, (double)(stream.city.Clock.Midnight(day + 1) - hourStart) / TimeSpan.TicksPerHour);
            return true;
        }
    }
}
