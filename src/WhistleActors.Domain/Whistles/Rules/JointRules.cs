using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>A whistle across a boundary (跨区联合哨): who is asked to blow it together, and who joins.</summary>
internal static class JointRules
{
    /// <summary>More grids than meet at any one place.</summary>
    public const int MostJointGrids = 5;

    // Two surveys of one border differ; two cells with a street between them still meet.
    private const double TouchingMetres = 50;

    internal static ImmutableArray<CoInitiator> Ask(BlowWhistle blow, Grid grid, Department? initiator, Order order, GridContext context)
    {
        if (blow.JointGrids is not { Length: > 0 } codes)
            return [];
        if (initiator is not null)
            throw new RefusedException(Refuse.JointByDepartment());
        if (codes.Length > MostJointGrids)
            throw new RefusedException(Refuse.TooManyJointGrids(MostJointGrids));

        var asked = ImmutableArray.CreateBuilder<CoInitiator>(codes.Length);
        foreach (var code in codes)
        {
            if (code == grid.Code || asked.Any(other => other.Grid == code))
                throw new RefusedException(Refuse.JointGridTwice(code));
            var other = context.Pack.Territory.Grids.GetValueOrDefault(code) ?? throw new RefusedException(Refuse.UnknownJointGrid(code));
            if (!Touch(grid.Area, other.Area))
                throw new RefusedException(Refuse.JointGridApart(code));
            var own = other.Subdistrict == grid.Subdistrict;
            asked.Add(new CoInitiator(
                code, other.Subdistrict, other.District, own ? new Consent(context.Now, order.By, Late: false) : null, Declined: null));
        }

        return asked.ToImmutable();
    }

    internal static ImmutableArray<GridEvent> Join(Whistle whistle, Order order, GridContext context)
    {
        var asked = Asked(whistle, order.By);
        if (asked.Joined is { } joined)
            throw new RefusedException(Refuse.AlreadyJoined(joined.At));
        return [new WhistleJoined(whistle.Id, context.Now, order.By, order.Key, asked.Subdistrict)];
    }

    internal static ImmutableArray<GridEvent> Decline(Whistle whistle, DeclineWhistle command, Order order, GridContext context)
    {
        var asked = Asked(whistle, order.By);
        if (asked.Joined is { } joined)
            throw new RefusedException(Refuse.AlreadyJoined(joined.At));
        if (asked.Declined is { } declined)
            throw new RefusedException(Refuse.AlreadyDeclined(declined.At));
        return [new WhistleDeclined(whistle.Id, context.Now, order.By, order.Key, asked.Subdistrict, command.Reason)];
    }

    /// <summary>Metres from a point to the whistle's grid or to the nearest of its joint grids; 0 inside any of them.</summary>
    internal static double DistanceMetres(ImmutableArray<CoInitiator> joint, Grid grid, LonLat point, CityPack pack)
    {
        var nearest = grid.Area.DistanceMetres(point);
        foreach (var other in joint)
        {
            if (other.Declined is null && pack.Territory.Grids.GetValueOrDefault(other.Grid) is { } drawn)
                nearest = Math.Min(nearest, drawn.Area.DistanceMetres(point));
        }

        return nearest;
    }

    private static CoInitiator Asked(Whistle whistle, Officer by)
    {
        var asked = whistle.Blowing?.Joint.FirstOrDefault(other => by.Holds(Powers.Convene, other.Subdistrict.Text))
            ?? throw new RefusedException(Refuse.NotACoInitiator());
        Require.Open(whistle);
        return asked;
    }

    private static bool Touch(GeoArea one, GeoArea other) => Reaches(one, other) || Reaches(other, one);

    private static bool Reaches(GeoArea area, GeoArea other) =>
        other.Polygons.Any(polygon => polygon.Shell.Any(corner => area.DistanceMetres(corner) <= TouchingMetres));
}
