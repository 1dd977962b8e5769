using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Geography;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Lives;

/// <summary>What one department does about one summons, and what the initiator makes of it.</summary>
internal sealed class SummonsLife(Stage stage, WhistleRecord record, WhistleView whistle, SummonsView summons, long number, LifeTokens tokens)
{
    // A position that was measured long ago, because the command had to be repeated for long, is measured again.
    private static readonly string[] TooOld = ["position-too-old"];
    private static readonly string[] Outside = ["outside-grid"];

    private readonly string department = summons.Department;
    private readonly SummonsPlan plan = stage.Planner.Summons(number, summons.Department);
    private readonly string? crew = stage.City.Department(summons.Department) is { Crews: { Count: > 0 } crews } ? crews[(int)(number % crews.Count)].Code : null;

    /// <summary>Lives it to its end.</summary>
    /// <returns>The summons when the department never came; null when nothing is owed any more.</returns>
    public async Task<SummonsView?> RunAsync()
    {
        var state = summons.State;
        if (summons.Role == DutyRole.Notified)
        {
            if (plan.SignsFirst && state == SummonsState.Summoned)
                await SignAsync();
            return null;
        }

        if (state is SummonsState.Released)
            return null;
        if (plan.Attendance == Attendance.Never && state is SummonsState.Summoned or SummonsState.Signed)
            return await StayAwayAsync();
        if (state == SummonsState.Summoned && plan.SignsFirst)
            await SignAsync();
        if (state <= SummonsState.Signed && plan.Announces)
            await DepartAsync();
        if (state <= SummonsState.Departed)
            await ArriveAsync();
        var ledgered = state == SummonsState.Settled ? summons.Outcome?.Kind == OutcomeKind.Ledgered : await SettleAsync(state == SummonsState.Reported);
        if (!ledgered)
            await ReleaseAsync();
        return null;
    }

    private async Task<SummonsView> StayAwayAsync()
    {
        if (stage.Pace.UntilAfter(summons.CheckInBy, stage.Clock.GetUtcNow(), TimeSpan.FromMinutes(2)) is { } wait)
            await Task.Delay(wait, stage.Clock, tokens.Stop);
        else
            await stage.LetPassAsync(plan.Sign + plan.Travel + plan.Work, tokens);
        stage.Tally.StayedAway();
        return summons;
    }

    private async Task SignAsync()
    {
        await stage.LetPassAsync(plan.Sign, tokens);
        if (plan.Attendance == Attendance.Late)
            await DawdleAsync(summons.SignBy, plan.Sign);
        await stage.DoAsync(
            CommandKind.Sign,
            stage.Cast.Dispatcher(department),
            record,
            department,
            Key("sign"),
            (client, options, cancel) => client.SignAsync(whistle.Id, department, options, cancel),
            [],
            tokens);
    }

    private async Task DepartAsync()
    {
        await stage.LetPassAsync(plan.Prepare, tokens);

        // Far enough ahead that a command which has to be repeated for a while does not arrive after its own expectation.
        var arrivesAt = stage.Clock.GetUtcNow() + stage.Pace.Compress(plan.Travel) + TimeSpan.FromMinutes(5);
        await stage.DoAsync(
            CommandKind.Depart,
            stage.Cast.Crew(department),
            record,
            department,
            Key("depart"),
            (client, options, cancel) => client.DepartAsync(whistle.Id, department, new DepartRequest(crew, arrivesAt), options, cancel),
            [],
            tokens);
    }

    private async Task ArriveAsync()
    {
        await stage.LetPassAsync(plan.Travel, tokens);
        if (plan.Attendance == Attendance.Late)
            await DawdleAsync(summons.CheckInBy, plan.Travel);
        var random = StableRandom.For(unchecked((int)number), number, $"{department} place");
        var area = stage.City.Cell(whistle.Grid).Area;
        if (plan.StraysFirst)
            await CheckInAsync("stray", () => Request(Measured(RandomPlaces.FarAway(area, random), "wgs84", 10)), Outside);
        for (var attempt = 1; await CheckInAsync($"check-in-{attempt}", () => Prove(area, random), TooOld) is null; attempt++)
        {
            // Refused as too old: once more, measured anew.
        }
    }

    private async Task<WhistleView?> CheckInAsync(string step, Func<CheckInRequest> request, string[] expected)
    {
        var proof = request();
        var (answer, _) = await stage.DoAsync(
            CommandKind.CheckIn,
            stage.Cast.Crew(department),
            record,
            department,
            Key(step),
            (client, options, cancel) => client.CheckInAsync(whistle.Id, department, proof, options, cancel),
            expected,
            tokens);
        if (answer?.Whistle.Summonses.First(other => other.Department == department).CheckedIn is { } checkIn)
            stage.Tally.CheckedIn(checkIn.Late);
        return answer?.Whistle;
    }

    private CheckInRequest Prove(GeoArea area, Random random)
    {
        var inside = RandomPlaces.Inside(area, random);
        switch (plan.Proof)
        {
            case Proof.Witnessed:
                return new CheckInRequest(
                    Position: null,
                    new WitnessRequest(stage.Cast.NameOf($"witness {whistle.Subdistrict}"), whistle.Subdistrict),
                    crew,
                    plan.Headcount);
            case Proof.NearEdge when RandomPlaces.JustOutside(area, 8, random) is { } near:
                return Request(Measured(near, "wgs84", 15 + (15 * random.NextDouble())));
            case Proof.InsideGcj02:
                return Request(Measured(Gcj02.FromWgs84(inside), "gcj02", 3 + (12 * random.NextDouble())));
            default:
                return Request(Measured(inside, "wgs84", 3 + (12 * random.NextDouble())));
        }
    }

    private CheckInRequest Request(PositionRequest position) => new(position, Witness: null, crew, plan.Headcount);

    private PositionRequest Measured(LonLat place, string datum, double accuracy) =>
        new(place.Lon, place.Lat, datum, stage.Clock.GetUtcNow(), Math.Round(accuracy, 1));

    // Report, be judged, and after a veto once more. True when it ended on the ledger.
    private async Task<bool> SettleAsync(bool reported)
    {
        var vetoes = Math.Max(0, plan.Vetoes - summons.Vetoes.Count);
        for (var round = 1; ; round++)
        {
            if (!reported)
                await ReportAsync(round);
            reported = false;
            await stage.LetPassAsync(plan.Judge, tokens);
            var officer = stage.Cast.Officer(whistle.Subdistrict);
            if (vetoes-- > 0)
            {
                await stage.DoAsync(
                    CommandKind.Veto,
                    officer,
                    record,
                    department,
                    Key($"veto-{round}"),
                    (client, options, cancel) => client.VetoAsync(
                        whistle.Id, new VetoRequest(department, Say("现场复核未达标，请返工。", "Not done as it should be; do it again.")), options, cancel),
                    [],
                    tokens);
                continue;
            }

            var (answer, _) = await stage.DoAsync(
                CommandKind.Accept,
                officer,
                record,
                department,
                Key("accept"),
                (client, options, cancel) => client.AcceptAsync(whistle.Id, new AcceptRequest(department), options, cancel),
                [],
                tokens);
            var accepted = answer!.Whistle.Summonses.First(other => other.Department == department);
            if (accepted.Clocks?.Running.Any(running => running.Clock == Contract.Whistles.Clock.Report) == true)
                await FileReportAsync();
            return accepted.Outcome?.Kind == OutcomeKind.Ledgered;
        }
    }

    private async Task ReportAsync(int round)
    {
        await stage.LetPassAsync(plan.Work, tokens);
        var request = plan.Ledgers ? Ledger() : new OutcomeRequest("resolved", Say("已现场处置完毕，恢复原状。", "Dealt with on the spot."));
        await stage.DoAsync(
            CommandKind.Report,
            stage.Cast.Dispatcher(department),
            record,
            department,
            Key($"report-{round}"),
            (client, options, cancel) => client.ReportAsync(whistle.Id, department, request, options, cancel),
            [],
            tokens);
    }

    private async Task FileReportAsync() => await stage.DoAsync(
        CommandKind.FileReport,
        stage.Cast.Dispatcher(department),
        record,
        department,
        Key("written-report"),
        (client, options, cancel) => client.FileReportAsync(
            whistle.Id, department, new WrittenReportRequest(Say("现将处置情况书面反馈如下：已按职责处置完毕。", "In writing: our part of it is done.")), options, cancel),
        [],
        tokens);

    private OutcomeRequest Ledger()
    {
        var today = stage.City.DayOf(stage.Clock.GetUtcNow());
        return new OutcomeRequest(
            "ledgered",
            Say("需立项改造，列入台账。", "Needs works; put on the ledger."),
            new LedgerRequest(
                Say("涉及权属单位多，需协调资金后实施。", "Several owners; funds are to be agreed."),
                today.AddDays(30),
                stage.Cast.NameOf($"responsible {department}"),
                [
                    new MilestoneRequest(today.AddDays(7), Say("完成现场踏勘和方案", "Survey and plan")),
                    new MilestoneRequest(today.AddDays(21), Say("进场施工", "Works begin")),
                ]));
    }

    private async Task ReleaseAsync()
    {
        await stage.LetPassAsync(TimeSpan.FromMinutes(2), tokens);
        await stage.DoAsync(
            CommandKind.Release,
            stage.Cast.Officer(whistle.Subdistrict),
            record,
            department,
            Key("release"),
            (client, options, cancel) => client.ReleaseAsync(whistle.Id, new ReleaseRequest(department), options, cancel),
            [],
            tokens);
    }

    // Waits until the server's own deadline has passed, if there is patience for that; else just longer than others would.
    private Task DawdleAsync(DateTimeOffset? deadline, TimeSpan usual) =>
        stage.Pace.UntilAfter(deadline, stage.Clock.GetUtcNow(), TimeSpan.FromSeconds(30)) is { } wait
            ? Task.Delay(wait, stage.Clock, tokens.Stop)
            : stage.LetPassAsync(usual * 3, tokens);

    private string Key(string step) => $"{number}-{department}-{step}";

    private string Say(string zh, string en) => stage.City.IsChinese ? zh : en;
}
