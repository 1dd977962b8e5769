using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Lives;

/// <summary>One whistle from the blowing to the end, in the names of all who have to do with it.</summary>
internal sealed class WhistleLife(Stage stage, long number, LifeTokens tokens)
{
    private static readonly string[] NotYet = ["version-outdated"];
    private static readonly string[] Full = ["grid-full"];

    /// <summary>Blows a whistle and lives it.</summary>
    /// <param name="over">Told when the life has ended, however it did, so that nobody need remember it.</param>
    public async Task RunAsync(WhistlePlan plan, Action<WhistleRecord>? over = null)
    {
        var officer = stage.Cast.Officer(stage.City.Cell(plan.Grid).Subdistrict);
        var request = plan.ChangesProposal ? await ChangeProposalAsync(plan) : plan.Request;
        var (blown, _) = await stage.DoAsync(
            CommandKind.Blow,
            officer,
            record: null,
            department: null,
            Key("blow"),
            (client, options, cancel) => client.BlowAsync(plan.Grid, request, options, cancel),
            Full,
            tokens,
            plan: plan);
        if (blown is null)
            return;

        try
        {
            await (plan.IsWithdrawn ? TakeBackAsync(blown.Whistle) : ContinueAsync(blown.Whistle));
        }
        finally
        {
            over?.Invoke(stage.Record(blown.Whistle.Id, since: 0));
        }
    }

    /// <summary>Lives on from whatever state the whistle is in.</summary>
    public async Task ContinueAsync(WhistleView whistle)
    {
        var record = stage.Record(whistle.Id, whistle.Version);
        var absent = (await Task.WhenAll(whistle.Summonses.Select(summons => new SummonsLife(stage, record, whistle, summons, number, tokens).RunAsync())))
            .OfType<SummonsView>().ToList();
        if (absent.Exists(summons => summons.Role == DutyRole.Lead))
        {
            await WithdrawAsync(whistle, Say("主责部门未到场，撤回后按督查程序处理。", "The lead department did not come; withdrawn and handed to supervision."));
            return;
        }

        foreach (var summons in absent)
            await ReleaseAbsentAsync(whistle, record, summons.Department);
        await stage.LetPassAsync(TimeSpan.FromMinutes(3), tokens);
        await CloseAsync(whistle, record);
    }

    private async Task TakeBackAsync(WhistleView whistle)
    {
        await stage.LetPassAsync(TimeSpan.FromMinutes(6), tokens);
        await WithdrawAsync(whistle, Say("误报，现场已恢复正常。", "False alarm: all is well on the spot."));
    }

    private async Task ReleaseAbsentAsync(WhistleView whistle, WhistleRecord record, string department) => await stage.DoAsync(
        CommandKind.Release,
        stage.Cast.Officer(whistle.Subdistrict),
        record,
        department,
        Key($"{department}-release"),
        (client, options, cancel) => client.ReleaseAsync(
            whistle.Id, new ReleaseRequest(department, Say("未在时限内报到，由其他部门完成处置。", "Did not come in time; the others did the work.")), options, cancel),
        [],
        tokens);

    // The closing is bound to the version that the officer has seen; a signature or a deadline may come in between, then the officer looks again.
    private async Task CloseAsync(WhistleView whistle, WhistleRecord record)
    {
        for (var attempt = 1; ; attempt++)
        {
            var officer = stage.Cast.Officer(whistle.Subdistrict);
            var seen = attempt == 1 ? record.Newest?.Version ?? whistle.Version : (await stage.Cast.Observer().WhistleAsync(whistle.Id, tokens.Abort)).Version;
            var (_, refused) = await stage.DoAsync(
                CommandKind.Close,
                officer,
                record,
                department: null,
                Key($"close-{attempt}"),
                (client, options, cancel) => client.CloseAsync(whistle.Id, new CloseRequest(Say("现场复核合格，办结。", "Checked on the spot; closed.")), options, cancel),
                NotYet,
                tokens,
                seen);
            if (refused is null)
                return;
        }
    }

    private async Task WithdrawAsync(WhistleView whistle, string reason) => await stage.DoAsync(
        CommandKind.Withdraw,
        stage.Cast.Officer(whistle.Subdistrict),
        stage.Record(whistle.Id, since: whistle.Version),
        department: null,
        Key("withdraw"),
        (client, options, cancel) => client.WithdrawAsync(whistle.Id, new WithdrawRequest(reason), options, cancel),
        [],
        tokens);

    private async Task<BlowRequest> ChangeProposalAsync(WhistlePlan plan)
    {
        var officer = stage.Cast.Officer(stage.City.Cell(plan.Grid).Subdistrict);
        var proposal = await officer.ProposalAsync(plan.Grid, plan.Request.Matter!, tokens.Abort);
        if (proposal.Summonses.LastOrDefault(summons => summons.Role == DutyRole.Cooperating) is not { } left)
            return plan.Request;
        return plan.Request with
        {
            Summon = [.. proposal.Summonses.Where(summons => summons != left).Select(summons => new SummonRequest(summons.Department, Wire(summons.Role)))],
            ChangedProposal = Say("现场情况无需该部门配合。", "The spot does not need this department."),
        };
    }

    private static string Wire(DutyRole role) => role switch
    {
        DutyRole.Lead => "lead",
        DutyRole.Cooperating => "cooperating",
        _ => "notified",
    };

    private string Key(string step) => $"{number}-{step}";

    private string Say(string zh, string en) => stage.City.IsChinese ? zh : en;
}
