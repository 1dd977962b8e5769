using System.Globalization;
using System.Text;
using WhistleActors.Contract;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.Problems;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Alerts;

/// <summary>Who of a department answers when, and how its people want to be told. Only its own officers see and change it.</summary>
internal static class RosterEndpoints
{
    private static readonly TimeSpan UsualSpan = TimeSpan.FromDays(31);

    internal static void MapRosters(this RouteGroupBuilder api)
    {
        var department = api.MapGroup("/departments/{department}").WithTags("Rosters");
        department.MapGet("/roster", Find)
            .WithSummary("The roster within a span, and its gaps. 某时段的值班表及空班。").Produces<RosterView>().ProducesRefusals(400, 403, 404, 422);
        department.MapPut("/roster", Replace)
            .WithSummary("Write the roster of a span anew. 填报某时段的值班表。").Accepts<RosterRequest>("application/json").Produces(204).ProducesRefusals(400, 403, 404, 413, 415, 422, 429);
        department.MapGet("/roster.ics", Export)
            .WithSummary("The roster as an iCalendar. 以 iCalendar 格式导出值班表。").Produces<string>(200, RosterCalendar.ContentType).ProducesRefusals(400, 403, 404, 422);
        department.MapPut("/roster.ics", Import)
            .WithSummary("Write the roster of a span anew from an iCalendar (text/calendar). 以 iCalendar 格式填报某时段的值班表。")
            .Produces(204).ProducesRefusals(400, 403, 404, 413, 415, 422, 429);
        department.MapPost("/roster/hand-over", HandOver)
            .WithSummary("Somebody takes over from now on. 交接班。").Accepts<HandOverRequest>("application/json").Produces(204).ProducesRefusals(400, 403, 404, 413, 415, 422, 429);
        department.MapGet("/notification-rules", FindRules)
            .WithSummary("How one is told. 本人提醒规则与免打扰时段。").Produces<NotificationRulesView>().ProducesRefusals(403, 404);
        department.MapPut("/notification-rules", SetRules)
            .WithSummary("How one wants to be told; an emergency overrides it. 个人提醒规则与免打扰时段，应急哨除外。")
            .Accepts<NotificationRulesRequest>("application/json").Produces(204).ProducesRefusals(400, 403, 404, 413, 415, 422);
    }

    private static async Task<IResult> Find(
        string department, HttpContext http, CityPack pack, Actors.City city, TimeProvider clock, QueryTime? from = null, QueryTime? to = null)
    {
        var code = Own(department, http, pack);
        var (begin, end) = Span(from, to, clock);
        var roster = (await city.AlertsOfAsync(code, http.RequestAborted)).Roster;
        return Results.Json(ToView(code, roster, begin, end, pack), ContractJson.Types.RosterView);
    }

    private static async Task<IResult> Replace(string department, HttpContext http, CityPack pack, Actors.City city, AlertSettings settings)
    {
        var code = AlertOrders.Department(department, pack);
        var (request, _) = await CommandBody.ReadAsync<RosterRequest>(http);
        var form = new Form();
        var command = RosterForm.Roster(request, form, settings);
        form.Check();
        return await AlertOrders.GiveAsync(http, city, code, command);
    }

    private static async Task<IResult> Export(
        string department, HttpContext http, CityPack pack, Actors.City city, TimeProvider clock, QueryTime? from = null, QueryTime? to = null)
    {
        var code = Own(department, http, pack);
        var (begin, end) = Span(from, to, clock);
        var roster = (await city.AlertsOfAsync(code, http.RequestAborted)).Roster;
        return Results.Text(RosterCalendar.Write(code, roster.Within(begin, end), clock.GetUtcNow()), RosterCalendar.ContentType, Encoding.UTF8);
    }

    private static async Task<IResult> Import(
        string department, HttpContext http, CityPack pack, Actors.City city, AlertSettings settings, TimeProvider clock, QueryTime? from = null, QueryTime? to = null)
    {
        var code = Own(department, http, pack);
        var (begin, end) = Span(from, to, clock);
        if (http.Request.ContentType?.StartsWith(RosterCalendar.ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problems.Problems.Result(Problems.Problems.Of(
                415, "not-a-calendar", "The body must be an iCalendar.", "请求正文须为 iCalendar 日历。", "Send 'Content-Type: text/calendar'.", "请使用 “Content-Type: text/calendar”。"));
        }

        var text = Encoding.UTF8.GetString(await CommandBody.ReadBytesAsync(http));
        var form = new Form();
        var request = RosterCalendar.Read(text, begin, end, pack.Calendar.Zone, form);
        form.Check();
        var command = RosterForm.Roster(request!, form, settings);
        form.Check();
        return await AlertOrders.GiveAsync(http, city, code, command);
    }

    private static async Task<IResult> HandOver(string department, HttpContext http, CityPack pack, Actors.City city, AlertSettings settings)
    {
        var code = AlertOrders.Department(department, pack);
        var (request, _) = await CommandBody.ReadAsync<HandOverRequest>(http);
        var form = new Form();
        var command = RosterForm.HandOver(request, form, settings);
        form.Check();
        return await AlertOrders.GiveAsync(http, city, code, command);
    }

    private static async Task<IResult> FindRules(string department, HttpContext http, CityPack pack, Actors.City city)
    {
        var rules = (await city.AlertsOfAsync(Own(department, http, pack), http.RequestAborted)).Rules.GetValueOrDefault(http.Officer().Person, NotificationRules.None);
        return Results.Json(
            new NotificationRulesView([.. rules.Channels.Select(AttemptViews.Channel)], TimeOfDay(rules.QuietFrom), TimeOfDay(rules.QuietTo)), ContractJson.Types.NotificationRulesView);

        static string? TimeOfDay(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private static async Task<IResult> SetRules(string department, HttpContext http, CityPack pack, Actors.City city)
    {
        var code = AlertOrders.Department(department, pack);
        var (request, _) = await CommandBody.ReadAsync<NotificationRulesRequest>(http);
        var form = new Form();
        var command = new SetNotificationRules(RosterForm.Rules(request, form));
        form.Check();
        return await AlertOrders.GiveAsync(http, city, code, command);
    }

    /// <summary>The department that a path names, when whoever asks is of it: telephone numbers are not for everybody.</summary>
    internal static DepartmentCode Own(string department, HttpContext http, CityPack pack)
    {
        var code = AlertOrders.Department(department, pack);
        return http.Officer().Holds(Powers.Attend, code.Text) ? code : throw new ProblemException(Problems.Problems.ProblemOf(Refuse.NotYourDepartment(code)));
    }

    private static (DateTimeOffset From, DateTimeOffset To) Span(QueryTime? from, QueryTime? to, TimeProvider clock)
    {
        var begin = from?.Time ?? clock.GetUtcNow();
        var end = to?.Time ?? (begin < DateTimeOffset.MaxValue - UsualSpan ? begin + UsualSpan : DateTimeOffset.MaxValue);
        return end > begin && end - begin <= AlertOrderRules.LongestSpan
            ? (begin, end)
            : throw new ProblemException(Problems.Problems.ProblemOf(RefuseAlertOrder.RosterSpanWrong((int)AlertOrderRules.LongestSpan.TotalDays)));
    }

    private static RosterView ToView(DepartmentCode department, DutyRoster roster, DateTimeOffset from, DateTimeOffset to, CityPack pack)
    {
        return new RosterView(
            department.Text,
            Local(from),
            Local(to),
            [
                .. roster.Within(from, to).Select(shift => new ShiftView(
                    shift.Person.Text,
                    shift.Name,
                    WireName<ChainRank>.Of(shift.Rank),
                    Local(shift.From),
                    Local(shift.To),
                    WireName<ShiftKind>.Of(shift.Kind),
                    [.. shift.Contacts.Select(contact => new RosterContactView(AttemptViews.Channel(contact.Channel), contact.Address))])),
            ],
            [
                .. Enum.GetValues<ChainRank>()
                    .SelectMany(rank => roster.GapsIn(rank, from, to, pack.Calendar).Select(gap => new GapView(WireName<ChainRank>.Of(rank), Local(gap.From), Local(gap.To))))
                    .OrderBy(gap => gap.From),
            ]);

        DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, pack.Calendar.Zone);
    }
}
