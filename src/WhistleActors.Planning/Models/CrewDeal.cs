using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Plans;

namespace WhistleActors.Planning.Models;

/// <summary>A crew at the beginning of a run.</summary>
/// <param name="Key">Names it in every plan, so that it is absent on the same days under each.</param>
/// <param name="X">Its home, metres on the plane.</param>
/// <param name="From">Its shift, minutes after midnight; equal to <paramref name="To"/> for day and night.</param>
/// <param name="Vehicle">What it moves with.</param>
/// <param name="Post">The index of the subdistrict that it is posted to; -1 for none.</param>
/// <param name="Skills">How many skills it has, whether a duty asks for them or not.</param>
internal readonly record struct CrewModel(ulong Key, double X, double Y, int From, int To, Vehicle Vehicle, int Post, int Skills);

/// <summary>The crews, department by department, as a plan deals them out.</summary>
/// <param name="All">Those of one department stand together.</param>
/// <param name="First">Where each department's begin; one more at the end.</param>
/// <param name="Skilled">By skill that duties ask for, and crew.</param>
internal sealed record CrewDeal(CrewModel[] All, int[] First, double[] Absence, TimeLaw[] Work, bool[][] Skilled)
{
    /// <summary>True when a crew can do what a summons asks for.</summary>
    internal bool Can(int crew, int skill) => skill < 0 || Skilled[skill][crew];

    internal int CountOf(int department) => First[department + 1] - First[department];

    internal static CrewDeal Of(CityModel city, FlatMap flat)
    {
        var (pack, plan) = (city.Pack, city.Plan);
        var seats = pack.Territory.Districts.ToDictionary(district => district.Key, district => flat.Place(district.Value.Seat));
        var middle = (X: seats.Values.Average(seat => seat.X), Y: seats.Values.Average(seat => seat.Y));
        var posts = city.Spots.Zip(city.SubdistrictOf).GroupBy(pair => pair.Second, pair => pair.First)
            .ToDictionary(spots => city.Subdistricts[spots.Key], spots => (X: spots.Average(spot => spot.X), Y: spots.Average(spot => spot.Y)));
        var posted = CityModel.Index(city.Subdistricts);
        var moves = plan.Moves.ToDictionary(move => move.Crew);
        var owned = pack.Crews.Values
            .OrderBy(crew => crew.Code.Text, StringComparer.Ordinal)
            .ToLookup(crew => moves.GetValueOrDefault(crew.Code)?.LentTo ?? crew.Department);

        var (all, skills, first) = (new List<CrewModel>(), new List<ImmutableArray<SkillCode>>(), new int[city.Departments.Length + 1]);
        var (absence, work) = (new double[city.Departments.Length], new TimeLaw[city.Departments.Length]);
        for (var index = 0; index < city.Departments.Length; index++)
        {
            var department = city.Departments[index];
            var rule = plan.RuleFor(department.Code);
            (absence[index], work[index]) = (rule?.Absence ?? 0, rule?.Work ?? plan.Work);
            var base_ = department.District is { } served ? seats[served] : middle;
            var homes = owned[department.Code].Select(crew => (Key: KeyOf(crew.Code.Text), Home: HomeOf(crew), crew.Vehicle, Post: PostOf(crew) is { } post ? posted[post] : -1, crew.Skills)).ToList();
            var count = CountUnder(rule, homes.Count);
            for (var number = 0; number < count; number++)
            {
                // A crew more than there are shares home, vehicle and skills of one that there is; where there is none, it is one that can do what is asked.
                var (key, home, vehicle, post, can) = number < homes.Count
                    ? homes[number]
                    : homes.Count > 0 ? homes[number % homes.Count] with { Key = KeyOf($"{department.Code} {number}"), Post = -1 } : (KeyOf($"{department.Code} {number}"), base_, Vehicle.Car, -1, [.. city.Skills]);
                var (from, to) = ShiftOf(rule, number);
                all.Add(new CrewModel(key, home.X, home.Y, from, to, vehicle, post, can.Length));
                skills.Add(can);
            }

            first[index + 1] = all.Count;

            (double X, double Y) HomeOf(Crew crew) =>
                moves.GetValueOrDefault(crew.Code)?.PostedTo is { } moved ? posts[moved]
                : crew.Home is { } home ? flat.Place(home)
                : PostOf(crew) is { } post ? posts[post]
                : pack.Departments[crew.Department].District is { } own ? seats[own]
                : middle;
        }

        return new CrewDeal([.. all], first, absence, work, [.. city.Skills.Select(skill => skills.Select(has => has.Contains(skill)).ToArray())]);

        SubdistrictCode? PostOf(Crew crew) => moves.GetValueOrDefault(crew.Code)?.PostedTo ?? crew.PostedTo;
    }

    /// <summary>How many crews a rule leaves a department that has so many.</summary>
    internal static int CountUnder(CrewRule? rule, int listed) => rule switch
    {
        null => listed,
        { Shifts: [{ Crews: not null }, ..] } => rule.Shifts.Sum(shift => shift.Crews ?? 0),
        _ => Math.Max(0, (rule.Count ?? listed) + rule.Add),
    };

    private static (int From, int To) ShiftOf(CrewRule? rule, int number)
    {
        if (rule is null || rule.Shifts.IsEmpty)
            return (0, 0);
        if (rule.Shifts[0].Crews is null)
            return (rule.Shifts[number % rule.Shifts.Length].From, rule.Shifts[number % rule.Shifts.Length].To);
        foreach (var shift in rule.Shifts)
        {
            if (number < shift.Crews)
                return (shift.From, shift.To);
            number -= shift.Crews ?? 0;
        }

        throw new InvalidOperationException("More crews than the shifts have.");
    }

    private static ulong KeyOf(string text)
    {
        var key = 14695981039346656037UL;
        foreach (var character in text)
            key = (key ^ character) * 1099511628211UL;
        return Chance.Mix(key);
    }
}
