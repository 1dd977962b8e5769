using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Shouldly;
using WhistleActors.CityPacks;
using WhistleActors.Domain;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Runs;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Plans;

/// <summary>
/// The plan against the live server on a fast clock. The whistles of one replication are blown on the server at their instants, a dispatcher does what the server's allocation
/// advises, work takes as long as the plan drew it, nobody travels: who is there when, and whether in time, must come out the same.
/// </summary>
public sealed class PlanAndLiveTests
{
    private static readonly DepartmentCode Enforcement = DepartmentCode.Parse("110101-urban-enforcement");
    private static readonly MatterCode Kiosk = MatterCode.Parse("10137");

    [Fact]
    public async Task The_live_server_on_a_fast_clock_agrees_with_the_plan_whistle_by_whistle()
    {
        // Three crews, 89 % of whose time is in use.
        var pack = WithCrews(ExampleCity.Pack, ExampleCity.Command, 3);
        var plan = TheQueue(
            pack, days: 4, new TimeLaw(TimeShape.Exponential, TimeSpan.FromMinutes(40)), "other", [ExampleCity.Belfry], [0.85, 0, 0.15], [.. Enumerable.Repeat(4.0, 24)]);
        var planned = Planned(pack, plan);

        // The sample is worth it: several hundred whistles, many that wait, some too late, and emergencies that overtake.
        planned.Count.ShouldBeGreaterThan(300);
        planned.Count(checkIn => checkIn.CheckIn > checkIn.Blown).ShouldBeGreaterThan(100);
        planned.Select(checkIn => checkIn.OnTime).Distinct().Count().ShouldBe(2);
        planned.Zip(planned.Skip(1), (one, next) => next.Number < one.Number).Any(overtakes => overtakes).ShouldBeTrue();

        var onTime = await AgreesAsync(pack, plan, planned, ExampleCity.Command);

        // The replication itself is one of many that give the plan's interval.
        var department = Planner.Run(pack, plan with { Replications = 1 }, stop: TestContext.Current.CancellationToken).Departments.Single();
        onTime.ShouldBe(department.OnTime!.Mean, 1e-12);
        planned.Average(checkIn => (checkIn.CheckIn - checkIn.Blown) / (double)TimeSpan.TicksPerMinute).ShouldBe(department.CheckInMinutes!.Mean, 1e-6);
    }

    [Fact]
    public async Task The_crews_that_a_plan_says_city_enforcement_of_one_district_needs_for_95_percent_on_time_are_confirmed_by_the_live_server()
    {
        var beijing = ((CityPackReading.Loaded)CityPackReader.Read(Repository.Pack("beijing"))).Pack;
        var alone = beijing with
        {
            Duties = beijing.Duties.ToFrozenDictionary(
                duties => duties.Key, duties => duties.Key == Kiosk ? [.. duties.Value.Where(duty => duty.Bureau.Text == "urban-enforcement")] : duties.Value),
            Travel = new TravelPolicy(TimeSpan.Zero, new RoadClass(1, double.PositiveInfinity), FrozenDictionary<DistrictCode, RoadClass>.Empty, FrozenDictionary<Vehicle, double>.Empty),
        };
        var grids = alone.Territory.Grids.Values.Where(grid => grid.District == DistrictCode.Parse("110101")).Select(grid => grid.Code).ToList();
        var plan = TheQueue(
            alone, days: 5, new TimeLaw(TimeShape.Lognormal, TimeSpan.FromMinutes(75), 0.8), Kiosk.Text, grids, [0, 1, 0], [1, 1, 1, 1, 1, 2, 4, 8, 10, 9, 8, 7, 6, 6, 7, 7, 7, 8, 9, 7, 5, 4, 2, 1]) with
        {
            Replications = 20,
        };

        var need = Planner.CrewsNeeded(alone, plan, Enforcement, stop: TestContext.Current.CancellationToken).ShouldNotBeNull();

        var crews = need.Needs.ShouldNotBeNull();
        crews.ShouldBeGreaterThan(need.Has);
        (await LiveOnTimeAsync(crews)).ShouldBeGreaterThanOrEqualTo(plan.Target);
        (await LiveOnTimeAsync(crews - 3)).ShouldBeLessThan(plan.Target);

        async Task<double> LiveOnTimeAsync(int crews)
        {
            var pack = WithCrews(alone, Enforcement, crews);
            return await AgreesAsync(pack, plan, Planned(pack, plan), Enforcement);
        }
    }

    /// <summary>In the order in which the crews came.</summary>
    private static List<SeenCheckIn> Planned(CityPack pack, Plan plan)
    {
        var seen = new List<SeenCheckIn>();
        new Replication(new CityModel(pack, plan), plan.Seed, 0, seen: seen.Add).Run(TestContext.Current.CancellationToken).ShouldNotBeNull();
        return [.. seen.OrderBy(checkIn => checkIn.CheckIn).ThenBy(checkIn => checkIn.Number)];
    }

    /// <returns>The share that came in time on the server.</returns>
    private static async Task<double> AgreesAsync(CityPack pack, Plan plan, List<SeenCheckIn> seen, DepartmentCode department)
    {
        var city = new CityModel(pack, plan);
        var planned = seen.OrderBy(checkIn => checkIn.Number).ToList();
        await using var server = await TestServer.StartAsync(fakeClock: true, pack);
        var live = await new LiveRun(server, city, department).RunAsync(planned);
        live.Select(checkIn => (checkIn.At, checkIn.Late)).ShouldBe(planned.Select(checkIn => (city.Clock.Epoch.AddTicks(checkIn.CheckIn), !checkIn.OnTime)));
        return live.Count(checkIn => !checkIn.Late) / (double)live.Count;
    }

    private static Plan TheQueue(CityPack pack, int days, TimeLaw work, string matter, IReadOnlyList<GridCode> grids, ImmutableArray<double> levels, ImmutableArray<double> perHour) => new(
        new LocalizedText("对照", "Plan and live"),
        pack.Id,
        new DateOnly(2026, 3, 11),
        days,
        WarmUp: TimeSpan.Zero,
        Replications: 1,
        Seed: 5,
        Target: 0.95,
        SetOut: TimeLaw.None,
        work,
        new TravelAssumption(1, 0, 0),
        [new Arrivals.Steady(1, [(MatterCode.Parse(matter), 1)], [.. grids.Select(grid => (grid, 1.0))], levels, [.. Enumerable.Repeat(perHour, 7).SelectMany(hours => hours)])],
        [],
        [],
        []);

    /// <summary>A department has so many crews, all the same.</summary>
    private static CityPack WithCrews(CityPack pack, DepartmentCode department, int count)
    {
        var first = pack.CrewsOf(department)[0] with { PostedTo = null };
        return pack with
        {
            Crews = pack.Crews.Values
                .Where(crew => crew.Department != department)
                .Concat(Enumerable.Range(1, count).Select(number => first with { Code = CrewCode.Parse(string.Create(CultureInfo.InvariantCulture, $"{department}-{number:00}")) }))
                .ToFrozenDictionary(crew => crew.Code),
        };
    }

    /// <summary>Blows, sends, checks in and releases on the server, at the instants of the plan.</summary>
    private sealed class LiveRun(TestServer server, CityModel city, DepartmentCode department)
    {
        private readonly int crews = city.Pack.CrewsOf(department).Length;
        private readonly Dictionary<SubdistrictCode, Person> streets = [];
        private readonly Dictionary<string, int> waiting = [];
        private readonly PriorityQueue<string, long> busy = new();
        private DateTimeOffset signedInAt = DateTimeOffset.MinValue;
        private Person dispatcher = null!;

        internal async Task<IReadOnlyList<(DateTimeOffset At, bool Late)>> RunAsync(List<SeenCheckIn> planned)
        {
            var came = new (DateTimeOffset, bool)[planned.Count];
            var gridOf = new Dictionary<string, Grid>();
            for (var next = 0; next < planned.Count || busy.Count > 0;)
            {
                var arrives = next < planned.Count ? planned[next].Blown : long.MaxValue;
                if (busy.TryPeek(out var whistle, out var done) && done <= arrives)
                {
                    await AtAsync(done);
                    busy.Dequeue();
                    await FinishAsync(whistle, gridOf[whistle]);
                }
                else
                {
                    await AtAsync(arrives);
                    var grid = city.Grids[planned[next].Grid];
                    var blown = await BlowAsync(planned[next], grid);
                    gridOf[blown] = grid;
                    waiting.Add(blown, next++);
                }

                while (waiting.Count > 0 && busy.Count < crews)
                {
                    var (chosen, crew) = await AdvisedAsync();
                    waiting.Remove(chosen, out var number).ShouldBeTrue();
                    came[number] = await SendAsync(chosen, gridOf[chosen], crew);
                    busy.Enqueue(chosen, (server.Now - city.Clock.Epoch).Ticks + planned[number].Work);
                }
            }

            return came;
        }

        private async Task AtAsync(long ticks)
        {
            server.Clock.SetUtcNow(city.Clock.Epoch.AddTicks(ticks));
            if (server.Now - signedInAt < TimeSpan.FromHours(8))
                return;
            streets.Clear();
            (signedInAt, dispatcher) = (server.Now, await Person.SignInAsync(server, "dispatcher", department.Text, "dispatcher"));
        }

        private async Task<Person> StreetOfAsync(Grid grid) => streets.TryGetValue(grid.Subdistrict, out var street)
            ? street
            : streets[grid.Subdistrict] = await Person.SignInAsync(server, $"street-{grid.Subdistrict}", grid.Subdistrict.Text, "subdistrict-officer");

        private async Task<string> BlowAsync(SeenCheckIn planned, Grid grid)
        {
            var spot = grid.Area.InnerPoint();
            return (await (await StreetOfAsync(grid)).PostAsync(
                $"grids/{grid.Code}/whistles",
                string.Create(CultureInfo.InvariantCulture, $$$"""{"matter":"{{{city.Matters[planned.Matter]}}}","occasion":"public-demand","level":"{{{WireName<WhistleLevel>.Of((WhistleLevel)planned.Level)}}}","chain":"service","description":"对照","place":{"lon":{{{spot.Lon}}},"lat":{{{spot.Lat}}},"datum":"wgs84"}}"""))).ShouldSucceed(201).Id;
        }

        // The advice stands on the board, which is a moment behind the actors.
        private async Task<(string Whistle, string Crew)> AdvisedAsync()
        {
            JsonElement advice = default;
            await Eventually.TrueAsync(async () =>
            {
                advice = (await dispatcher.GetAsync($"departments/{department}/allocation")).ShouldSucceed().Json;
                var (assigned, queued) = (advice.GetProperty("assignments").GetArrayLength(), advice.GetProperty("queue").GetArrayLength());
                return assigned == Math.Min(crews - busy.Count, waiting.Count) && assigned + queued == waiting.Count;
            }, otherwise: () => Task.FromResult($"{busy.Count} busy, {waiting.Count} waiting: {advice}"));
            var first = advice.GetProperty("assignments").EnumerateArray().First();
            return (first.GetProperty("whistle").GetString()!, first.GetProperty("crew").GetString()!);
        }

        private async Task<(DateTimeOffset At, bool Late)> SendAsync(string whistle, Grid grid, string crew)
        {
            var (summons, spot) = ($"whistles/{whistle}/summonses/{department}", grid.Area.InnerPoint());
            (await dispatcher.PostAsync($"{summons}/depart", $$"""{"crew":"{{crew}}"}""")).ShouldSucceed();
            var checkedIn = (await dispatcher.PostAsync(
                $"{summons}/check-in",
                string.Create(CultureInfo.InvariantCulture, $$$"""{"position":{"lon":{{{spot.Lon}}},"lat":{{{spot.Lat}}},"datum":"wgs84","accuracyMetres":8,"measuredAt":"{{{server.Now:O}}}"},"headcount":2,"crew":"{{{crew}}}"}"""))).ShouldSucceed();
            var checkIn = checkedIn.Summons(department.Text).GetProperty("checkedIn");
            return (checkIn.GetProperty("at").GetDateTimeOffset(), checkIn.GetProperty("late").GetBoolean());
        }

        private async Task FinishAsync(string whistle, Grid grid)
        {
            var street = await StreetOfAsync(grid);
            (await dispatcher.PostAsync($"whistles/{whistle}/summonses/{department}/outcome", Bodies.Resolved)).ShouldSucceed();
            (await dispatcher.PostAsync($"whistles/{whistle}/summonses/{department}/report", """{"text":"已处置"}""")).ShouldSucceed();
            (await street.PostAsync($"whistles/{whistle}/accept", $$"""{"department":"{{department}}"}""")).ShouldSucceed();
            (await street.PostAsync($"whistles/{whistle}/release", $$"""{"department":"{{department}}"}""")).ShouldSucceed();
            (await street.PostAsync($"whistles/{whistle}/close", """{"note":"完成"}""")).ShouldSucceed();
        }
    }
}
