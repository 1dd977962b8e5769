using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace WhistleActors.BeijingPack;

/// <summary>Spreads sites over an area, denser near a centre (weighted k-means on sampled points), so that cells near the seat are small.</summary>
internal static class SitePlacer
{
    private const int SamplesPerSite = 60;

    /// <param name="area">Where the sites go.</param>
    /// <param name="count">How many.</param>
    /// <param name="centre">Where they are densest.</param>
    /// <param name="softness">Radius of the dense core, km; small values mean a steep fall.</param>
    /// <param name="rounds">Rounds of relaxation; few leave the cells irregular.</param>
    /// <param name="dice">Source of chance.</param>
    internal static List<Site> Place(Geometry area, int count, Coordinate centre, double softness, int rounds, Dice dice)
    {
        var samples = Sample(area, Math.Max(400, count * SamplesPerSite), dice);
        var weights = samples.ConvertAll(point => Density(point.Distance(centre), softness));
        var sites = Draw(samples, weights, count, dice);
        for (var round = 0; round < rounds; round++)
            sites = Relax(samples, weights, sites);
        return sites.ConvertAll(point => new Site(point));
    }

    private static double Density(double distance, double softness)
    {
        var ratio = softness / (softness + distance);
        return ratio * ratio * ratio;
    }

    private static List<Coordinate> Sample(Geometry area, int count, Dice dice)
    {
        if (area.IsEmpty)
            throw new InvalidOperationException("a cell came out empty: its site needs more weight");
        var locator = new IndexedPointInAreaLocator(area);
        var box = area.EnvelopeInternal;
        var samples = new List<Coordinate>(count);
        while (samples.Count < count)
        {
            var point = new Coordinate(box.MinX + (dice.Next() * box.Width), box.MinY + (dice.Next() * box.Height));
            if (locator.Locate(point) == Location.Interior)
                samples.Add(point);
        }

        return samples;
    }

    private static List<Coordinate> Draw(List<Coordinate> samples, List<double> weights, int count, Dice dice)
    {
        var left = weights.ToArray();
        var drawn = new List<Coordinate>(count);
        for (var n = 0; n < count; n++)
        {
            var mark = dice.Next() * left.Sum();
            var i = 0;
            while (i < left.Length - 1 && (mark -= left[i]) >= 0)
                i++;
            drawn.Add(samples[i]);
            left[i] = 0;
        }

        return drawn;
    }

    private static List<Coordinate> Relax(List<Coordinate> samples, List<double> weights, List<Coordinate> sites)
    {
        var (x, y, w) = (new double[sites.Count], new double[sites.Count], new double[sites.Count]);
        var current = sites.ConvertAll(point => new Site(point));
        for (var s = 0; s < samples.Count; s++)
        {
            var nearest = Site.NearestTo(samples[s], current);
            x[nearest] += samples[s].X * weights[s];
            y[nearest] += samples[s].Y * weights[s];
            w[nearest] += weights[s];
        }

        return [.. sites.Select((site, i) => w[i] == 0 ? site : new Coordinate(x[i] / w[i], y[i] / w[i]))];
    }
}
