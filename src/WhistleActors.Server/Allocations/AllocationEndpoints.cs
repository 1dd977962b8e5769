using WhistleActors.Actors.Boards;
using WhistleActors.Contract;
using WhistleActors.Contract.Allocations;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Rules;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Live;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Allocations;

/// <summary>Which crew should go where when several places whistle at once, and when whom to expect. Advice, computed from the live board of the node.</summary>
internal static class AllocationEndpoints
{
    private const int MostStarved = 50;

    internal static void MapAllocations(this RouteGroupBuilder api)
    {
        api.MapGet("/departments/{department}/allocation", Allocation).WithTags("Allocation")
            .WithSummary("What a department's crews do, which should go where, and what waits how long. 部门力量状态、调度建议与排队情况。")
            .Produces<AllocationView>().ProducesRefusals(403, 404);
        api.MapGet("/whistles/{id}/expected", Expected).WithTags("Allocation")
            .WithSummary("When each department can be expected, and when all are there. 各部门及全部到场的预计时间。")
            .Produces<ExpectedView>().ProducesRefusals(403, 404);
        api.MapGet("/contention", Contended).WithTags("Allocation")
            .WithSummary("Where whistles want the same crews: who holds them, who goes without, who could help. 力量争用：谁占用、谁等待、谁可支援。")
            .Produces<ContentionView>().ProducesRefusals(403, 422);
    }

    private static IResult Allocation(string department, HttpContext http, LiveBoard board, CityPack pack, CityPlaces places, ITravel travel, TimeProvider clock)
    {
        var code = Routes.Department(department);
        if (!pack.Departments.ContainsKey(code))
            return Problems.Problems.Of(Refuse.UnknownDepartment(code));
        if (Shown($"department:{code}", http, pack) is not { } scope)
            return BoardAccess.NotYours();

        var (now, plans) = (clock.GetUtcNow(), board.Plans());
        var open = board.OpenWhistles(scope).Select(published => published.Whistle).ToList();
        var picture = DepartmentPicture.Of(plans, places, code, open, travel, now);
        var whistles = open.ToDictionary(whistle => whistle.Id);
        var proposed = picture.Propose(pack, places, travel, now);
        var plan = plans.Of(code) ?? DepartmentCrews.None;
        return Results.Json(
            new AllocationView(
                code.Text,
                now,
                [.. picture.Crews.Select(crew => View(crew) with
                {
                    From = crew.Crew.Department == code ? null : crew.Crew.Department.Text,
                    Then = picture.Next.Where(stop => stop.Crew == crew.Crew.Code).Select(stop => stop.Whistle.Text).ToList() is { Count: > 0 } then ? then : null,
                })],
                [.. proposed.Assignments.Select(assignment => new AssignmentView(
                    assignment.Whistle.Text,
                    assignment.Crew.Text,
                    assignment.ExpectedAt,
                    assignment.InTime,
                    Math.Round(assignment.Pressure, 1),
                    assignment.TakenFrom?.Text,
                    assignment.OnTheSameTrip.IsEmpty ? null : [.. assignment.OnTheSameTrip.Select(whistle => whistle.Text)]))],
                [.. proposed.Queue.Select(queued => new QueuedView(
                    queued.Whistle.Text, queued.Place, queued.InTime, Math.Round(queued.Pressure, 1), queued.ExpectedAt, queued.Held ? true : null,
                    SubstituteRules.Callable(whistles[queued.Whistle], code, pack, now)?.Text))],
                plan.Automatic,
                Lent(plan, now),
                Priorities(plan),
                Throttle(plan, now)),
            ContractJson.Types.AllocationView);
    }

    private static IReadOnlyList<LentCrewView> Lent(DepartmentCrews plan, DateTimeOffset now) =>
        [.. plan.Lent.Where(loan => now < loan.Value.Until).OrderBy(loan => loan.Key.Text, StringComparer.Ordinal)
            .Select(loan => new LentCrewView(loan.Key.Text, loan.Value.To.Text, loan.Value.Until, loan.Value.Reason))];

    private static IReadOnlyList<PriorityView> Priorities(DepartmentCrews plan) =>
        [.. plan.Priorities.OrderBy(priority => priority.Key.Text, StringComparer.Ordinal).Select(priority => new PriorityView(priority.Key.Text, priority.Value))];

    private static ThrottleView? Throttle(DepartmentCrews plan, DateTimeOffset now) => plan.Throttle is { } throttle && now < throttle.Until
        ? new ThrottleView([.. throttle.Levels.Select(level => (Contract.Whistles.Level)level)], throttle.Until, throttle.Reason)
        : null;

    private static IResult Contended(string? board, HttpContext http, LiveBoard live, CityPack pack, CityPlaces places, ITravel travel, TimeProvider clock)
    {
        var form = new Form();
        BoardAccess.Require(board, form);
        form.Check();

        // Without a board: all that the organisation sees.
        if ((board is null ? BoardScope.SeenBy(http.Officer().Organisation, pack) : Shown(board, http, pack)) is not { } scope)
            return BoardAccess.NotYours();
        var (now, plans) = (clock.GetUtcNow(), live.Plans());

        // Crews are spare only if nobody in the whole city wants them.
        var all = ContentionRules.Of(plans, places, live.OpenWhistles(BoardScope.City).Select(published => published.Whistle), travel, now);
        return Results.Json(
            new ContentionView(
                now,
                [.. all.Where(contention => Sees(contention.Department)).Select(Short)],
                [.. all.Where(contention => !Sees(contention.Department)).Select(Elsewhere).Where(elsewhere => elsewhere.Ours.Count > 0)],
                [.. pack.Departments.Keys.Where(Sees).OrderBy(department => department.Text, StringComparer.Ordinal).Select(Orders).OfType<DepartmentOrdersView>()]),
            ContractJson.Types.ContentionView);

        bool Sees(DepartmentCode department) => scope.Shows(department, pack.Departments.GetValueOrDefault(department)?.District);

        ShortElsewhereView Elsewhere(Contention contention) => new(
            contention.Department.Text,
            contention.OnDuty,
            contention.Free,
            contention.Waiting,
            contention.Shortage,
            [.. contention.Spare.Where(spare => Sees(spare.Crew.Department)).Select(View)]);

        DepartmentOrdersView? Orders(DepartmentCode department) =>
            plans.Of(department) is { } plan && new DepartmentOrdersView(department.Text, Lent(plan, now), Priorities(plan), Throttle(plan, now)) is var orders
            && (orders.Lent.Count > 0 || orders.Priorities.Count > 0 || orders.Throttle is not null)
                ? orders
                : null;

        static DepartmentContentionView Short(Contention contention) => new(
            contention.Department.Text,
            contention.OnDuty,
            contention.Free,
            contention.Waiting,
            contention.Shortage,
            [.. contention.Holding.Select(View)],
            [.. contention.Starved.Take(MostStarved).Select(starved => new StarvedWhistleView(
                starved.Whistle.Text, (Contract.Whistles.Level)starved.Level, starved.Since, Math.Round(starved.Pressure, 1), starved.CheckInBy))],
            [.. contention.Spare.Select(View)]);
    }

    private static SpareCrewView View(SpareCrew spare) => new(spare.Crew.Code.Text, spare.Crew.Department.Text, spare.ArrivesAt);

    private static CrewStandingView View(CrewStanding crew) => new(crew.Crew.Code.Text, WireName<CrewState>.Of(crew.State), crew.Whistle?.Text, crew.ArrivesAt, crew.FreeAt);

    private static IResult Expected(string id, HttpContext http, LiveBoard board, CityPack pack, CityPlaces places, ITravel travel, TimeProvider clock)
    {
        if (Shown($"whistle:{Routes.Whistle(id)}", http, pack) is not { } scope)
            return BoardAccess.NotYours();
        if (board.OpenWhistles(scope) is not [{ Whistle: { Stage: WhistleStage.Open } whistle }, ..])
            return Problems.Problems.Of(Refuse.UnknownWhistle(id));

        var now = clock.GetUtcNow();
        var departments = whistle.Summonses.Where(summons => summons.Owes).Select(Expect).ToList();
        return Results.Json(
            new ExpectedView(whistle.Id.Text, now, departments, departments.TrueForAll(expected => expected.ExpectedAt is not null) ? departments.Max(expected => expected.ExpectedAt) : null),
            ContractJson.Types.ExpectedView);

        ExpectedDepartmentView Expect(Summons summons)
        {
            if (summons.CheckIn is { } checkIn)
                return new ExpectedDepartmentView(summons.Department.Text, "on-scene", !checkIn.Late, checkIn.At);
            var open = board.OpenWhistles(BoardScope.Of(summons.Department)).Select(published => published.Whistle);
            var proposed = DepartmentPicture.Of(board.Plans(), places, summons.Department, open, travel, now);
            if (summons.Departure is null && proposed.Crews.FirstOrDefault(crew => crew.State == CrewState.Assigned && crew.Whistle == whistle.Id) is { ArrivesAt: { } there })
                return new ExpectedDepartmentView(summons.Department.Text, "assigned", !(there > summons.CheckInBy), there);
            if (summons.Departure is null && proposed.Next.FirstOrDefault(stop => stop.Whistle == whistle.Id) is { ArrivesAt: var then })
                return new ExpectedDepartmentView(summons.Department.Text, "assigned", !(then > summons.CheckInBy), then);
            if (summons.Departure is { } departure)
            {
                var arrives = departure.ArrivesAt ?? proposed.Crews.FirstOrDefault(crew => crew.Whistle == whistle.Id)?.ArrivesAt;
                return new ExpectedDepartmentView(summons.Department.Text, "on-the-way", !(arrives > summons.CheckInBy), arrives);
            }

            var allocation = proposed.Propose(pack, places, travel, now);
            if (allocation.Assignments.FirstOrDefault(assignment => assignment.Whistle == whistle.Id) is { } sent)
                return new ExpectedDepartmentView(summons.Department.Text, "crew-free", sent.InTime, sent.ExpectedAt);
            return allocation.Queue.FirstOrDefault(queued => queued.Whistle == whistle.Id) is { ExpectedAt: { } at } queued
                ? new ExpectedDepartmentView(summons.Department.Text, "queued", queued.InTime, at)
                : new ExpectedDepartmentView(summons.Department.Text, "nobody", InTime: false);
        }
    }

    private static BoardScope? Shown(string board, HttpContext http, CityPack pack) =>
        BoardScope.Parse(board)?.ShownTo(http.Officer().Organisation, pack);
}
