using System.Collections.Immutable;
using WhistleActors.Contract.City;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Load;

/// <summary>Where whistles of a load come from.</summary>
internal abstract record LoadSource
{
    /// <summary>How many there will be, on average.</summary>
    public abstract double Expected { get; }

    public abstract IEnumerable<Arrival> Draw(Random random);
}

/// <summary>What the whistles of a source are about, and where.</summary>
/// <param name="Levels">Shares of daily, campaign and emergency whistles, which sum to 1.</param>
internal sealed record LoadSubject(
    ImmutableArray<Cell> Cells, ImmutableArray<MatterView> Matters, ImmutableArray<double> Levels, ImmutableArray<string> Departments)
{
    private static readonly string[] Names = ["daily", "campaign", "emergency"];

    public Arrival Draw(TimeSpan at, Cell cell, Random random)
    {
        var level = random.NextDouble();
        return new Arrival(
            at, cell, Matters[random.Next(Matters.Length)], Names[level < Levels[0] ? 0 : level < Levels[0] + Levels[1] ? 1 : 2], Departments);
    }
}

/// <summary>Whistles independent of each other (Poisson), at a rate that has a shape.</summary>
/// <param name="Shape">The rate in equal parts of the time, as multiples of the mean.</param>
internal sealed record SteadySource(LoadSubject Subject, TimeSpan From, TimeSpan To, double PerHour, ImmutableArray<double> Shape) : LoadSource
{
    public override double Expected => PerHour * (To - From).TotalHours;

    public override IEnumerable<Arrival> Draw(Random random)
    {
        var part = (To - From) / Shape.Length;
        for (var i = 0; i < Shape.Length; i++)
        {
            if (PerHour * Shape[i] <= 0)
                continue;
            foreach (var at in Arrivals.Poisson(PerHour * Shape[i] / 60, part, random))
                yield return Subject.Draw(From + (part * i) + at, Subject.Cells[random.Next(Subject.Cells.Length)], random);
        }
    }
}

/// <summary>A number of whistles within a time; within none they come in one instant. Grids take their turn, so that none comes twice before all came.</summary>
internal sealed record StormSource(LoadSubject Subject, TimeSpan At, TimeSpan Within, int Whistles) : LoadSource
{
    public override double Expected => Whistles;

    public override IEnumerable<Arrival> Draw(Random random)
    {
        var cells = Subject.Cells.ToArray();
        random.Shuffle(cells);
        for (var i = 0; i < Whistles; i++)
            yield return Subject.Draw(At + (Within * random.NextDouble()), cells[i % cells.Length], random);
    }
}

/// <summary>Whistles of a file, each at its time.</summary>
internal sealed record ReplaySource(ImmutableArray<Arrival> Past) : LoadSource
{
    public override double Expected => Past.Length;

    public override IEnumerable<Arrival> Draw(Random random) => Past;
}
