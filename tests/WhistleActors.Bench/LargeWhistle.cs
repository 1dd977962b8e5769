using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using WhistleActors.Actors;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Bench;

/// <summary>
/// The largest whistle that a city is likely to see: all its departments sign in each round, a third of them come, they confer once, and everybody writes
/// notes. One command after the other, each until it is stored and answered.
/// </summary>
internal sealed class LargeWhistle
{
    internal const int Departments = 30;
    internal const int Notes = 200;
    internal const int Rounds = 5;

    private readonly City city;
    private readonly Grid grid;
    private readonly Officer street;
    private readonly List<double> milliseconds = [];
    private WhistleId id;

    private LargeWhistle(City city, Grid grid) =>
        (this.city, this.grid, street) = (city, grid, Officer("street", grid.Subdistrict.Text, Role.SubdistrictOfficer));

    /// <summary>How long the first hundred commands took and the last, and how much of a snapshot the whistle fills at the end.</summary>
    internal static async Task<(IReadOnlyList<double> First, IReadOnlyList<double> Last, int Bytes)> MeasureAsync(string folder)
    {
        await using var server = await InProcessCity.StartAsync(folder, pack => pack with { Rounds = new RoundLimits(Rounds, pack.Rounds.ReopenWithinDays) });
        var pack = server.Pack;
        var grid = pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal).First();
        var departments = pack.Departments.Values.Where(department => department.Serves(grid.District))
            .Select(department => department.Code).OrderBy(code => code.Text, StringComparer.Ordinal).Take(Departments).ToList();
        var matter = pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).First();

        // One goes before, so that what is measured is not the compiler.
        await new LargeWhistle(server.City, grid).LiveAsync(matter, departments);
        var large = new LargeWhistle(server.City, grid);
        await large.LiveAsync(matter, departments);
        var whistle = (await server.City.OpenInGridAsync(grid.Code, default)).Single(whistle => whistle.Id == large.id);
        return (large.milliseconds[..100], large.milliseconds[^100..], JsonSerializer.SerializeToUtf8Bytes(whistle, StoredJson.Kept.GetTypeInfo(typeof(Whistle))).Length);
    }

    private async Task LiveAsync(MatterCode matter, List<DepartmentCode> departments)
    {
        ImmutableArray<SummonedDepartment> summon = [.. departments.Select((code, i) => new SummonedDepartment(code, i == 0 ? DutyRole.Lead : DutyRole.Cooperating))];
        await GiveAsync(new BlowWhistle(matter, WhistleOccasion.KeyWork, WhistleLevel.Daily, WhistleChain.Management, "汛期联合检查，沿河各处积水", null, summon, "联合行动"), street);
        for (var round = 1; round <= Rounds; round++)
        {
            if (round > 1)
                await GiveAsync(new BlowAgain(id, "仍有积水，需再次处置", null, []), street);
            var present = (round - 1) * 2;
            foreach (var department in departments.Skip(present))
                await GiveAsync(new SignSummons(id, department), Dispatcher(department));
            foreach (var department in departments.Skip(present).Take(2))
                await GiveAsync(new CheckInCrew(id, department, null, new Witness("李娜", street.Organisation), null, 5, []), Dispatcher(department));
            for (var note = 0; note < Notes / Rounds; note++)
                await GiveAsync(new AddNote(id, "水位下降五厘米，继续抽排", []), Dispatcher(departments[note % departments.Count]));
        }

        await GiveAsync(new ConveneConference(id, "抽排分工", [], Joint: false, null, null), street);
        foreach (var department in departments)
            await GiveAsync(new StatePosition(id, "按职责抽排辖区积水，夜间值守"), Dispatcher(department));
        for (var proposal = 1; proposal <= 5; proposal++)
        {
            await GiveAsync(new ProposeMeasure(id, "增设移动泵车一台", departments[proposal], null), street);
            foreach (var department in departments)
                await GiveAsync(new AnswerProposal(id, proposal, Agrees: true, null), Dispatcher(department));
        }
    }

    private async Task GiveAsync(GridCommand command, Officer by)
    {
        var begun = Stopwatch.GetTimestamp();
        var answer = await city.GiveOrderAsync(grid.Code, new Order(command, by), default);
        milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        if (answer is not OrderAccepted accepted)
            throw new InvalidOperationException($"{command} was not accepted: {answer}");
        id = accepted.Whistle;
    }

    private static Officer Dispatcher(DepartmentCode department) => Officer("dispatcher", department.Text, Role.Dispatcher);

    private static Officer Officer(string person, string organisation, Role role) => new(PersonId.Parse(person), person, OrganisationCode.Parse(organisation), role);
}
