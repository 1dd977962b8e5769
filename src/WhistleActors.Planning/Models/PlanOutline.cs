using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Planning.Plans;

namespace WhistleActors.Planning.Models;

/// <summary>What a plan is about, without running it.</summary>
/// <param name="Whistles">Expected in one replication.</param>
/// <param name="Departments">Those that its whistles can summon, the most wanted first.</param>
/// <param name="Places">Where its whistles are blown, the most of them first.</param>
public sealed record PlanOutline(double Whistles, IReadOnlyList<PlannedDepartment> Departments, IReadOnlyList<PlannedPlace> Places)
{
    /// <summary>Reads it off a plan.</summary>
    public static PlanOutline Of(CityPack pack, Plan plan)
    {
        var city = new CityModel(pack, plan);
        var (matters, grids) = (CityModel.Index(city.Matters), CityModel.Index([.. city.Grids.Select(grid => grid.Code)]));
        var (summonses, blown) = (new double[city.Departments.Length], new double[city.Subdistricts.Length]);
        foreach (var arrivals in plan.Arrivals)
        {
            var (matterSum, gridSum) = (arrivals.Matters.Sum(pair => pair.Weight), arrivals.Grids.Sum(pair => pair.Weight));
            var districts = arrivals.Grids.GroupBy(pair => city.DistrictOf[grids[pair.Grid]]).Select(pairs => (Grid: grids[pairs.First().Grid], Share: pairs.Sum(pair => pair.Weight) / gridSum)).ToList();
            foreach (var (first, whistles) in city.Segments(arrivals))
            {
                foreach (var (grid, weight) in arrivals.Grids)
                    blown[city.SubdistrictOf[grids[grid]]] += whistles * weight / gridSum;
                foreach (var (matter, weight) in arrivals.Matters)
                {
                    foreach (var (grid, share) in districts)
                    {
                        foreach (var (department, _) in city.Summoned(first, matters[matter], grid))
                            summonses[department] += whistles * share * weight / matterSum;
                    }
                }
            }
        }

        return new PlanOutline(
            plan.ExpectedWhistles,
            [
                .. city.Departments.Select((department, index) => new PlannedDepartment(department.Code, city.Crews.CountOf(index), summonses[index]))
                    .Where(department => department.Summonses > 0)
                    .OrderByDescending(department => department.Summonses)
                    .ThenBy(department => department.Code.Text, StringComparer.Ordinal),
            ],
            [
                .. city.Subdistricts.Zip(blown, (code, whistles) => new PlannedPlace(code, whistles))
                    .Where(place => place.Whistles > 0)
                    .OrderByDescending(place => place.Whistles)
                    .ThenBy(place => place.Code.Text, StringComparer.Ordinal),
            ]);
    }
}

/// <summary>A department under a plan.</summary>
/// <param name="Crews">How many it has.</param>
/// <param name="Summonses">Expected in one replication.</param>
public sealed record PlannedDepartment(DepartmentCode Code, int Crews, double Summonses);

/// <summary>A subdistrict under a plan.</summary>
/// <param name="Whistles">Expected in one replication.</param>
public sealed record PlannedPlace(SubdistrictCode Code, double Whistles);
