using WhistleActors.Contract.Plans;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;

namespace WhistleActors.Server.Plans;

/// <summary>What a planner chooses from in a scenario.</summary>
internal static class ScenarioDetail
{
    internal static ScenarioDetailView Of(Scenario scenario, CityPack pack) => scenario is { Plan: { } plan, Outline.Value: { } outline }
        ? new(PlanViews.Of(scenario), [.. outline.Departments.Select(planned => Of(planned, pack.Departments[planned.Code]))], Lenders(pack, plan, outline), Places(pack, outline))
        : new(PlanViews.Of(scenario), [], [], []);

    private static PlannedDepartmentView Of(PlannedDepartment planned, Department department) => new(
        department.Code.Text,
        department.Name.ToText(),
        department.ShortName.ToText(),
        department.District?.Text,
        planned.Crews,
        Math.Round(planned.Summonses, 2),
        department.Bureau.Text);

    // Whom a planner looks for first: those whom the whistles call, then their own bureaus elsewhere.
    private static List<PlanLenderView> Lenders(CityPack pack, Plan plan, PlanOutline outline)
    {
        var place = outline.Departments.Select((planned, index) => (planned.Code, index)).ToDictionary(pair => pair.Code, pair => pair.index);
        var bureaus = place.Keys.Select(code => pack.Departments[code].Bureau).ToHashSet();
        var sent = plan.Moves.ToDictionary(move => move.Crew, move => move.PostedTo?.Text ?? move.LentTo?.Text);
        return
        [
            .. pack.Departments.Values
                .Where(department => !pack.CrewsOf(department.Code).IsEmpty)
                .OrderBy(department => place.GetValueOrDefault(department.Code, int.MaxValue))
                .ThenBy(department => !bureaus.Contains(department.Bureau))
                .ThenBy(department => department.Code.Text, StringComparer.Ordinal)
                .Select(department => new PlanLenderView(
                    department.Code.Text,
                    department.Name.ToText(),
                    department.ShortName.ToText(),
                    department.Bureau.Text,
                    department.District?.Text,
                    [.. pack.CrewsOf(department.Code).Select(crew => Of(crew, sent.GetValueOrDefault(crew.Code)))])),
        ];
    }

    private static PlanCrewView Of(Crew crew, string? sentTo) => new(
        crew.Code.Text, crew.Name.ToText(), crew.Size, crew.Home is { } home ? new LonLatView(home.Lon, home.Lat) : null, crew.PostedTo?.Text, sentTo);

    private static List<PlannedPlaceView> Places(CityPack pack, PlanOutline outline) =>
    [
        .. outline.Places.Where(place => CrewMoves.MayPost(pack, place.Code)).Select(place => new PlannedPlaceView(
            place.Code.Text, pack.Territory.Subdistricts[place.Code].Name.ToText(), pack.Territory.Subdistricts[place.Code].District.Text, Math.Round(place.Whistles, 2))),
    ];
}
