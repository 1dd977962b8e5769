using Spectre.Console;
using WhistleActors.Client;
using WhistleActors.Contract.SignIn;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.CommandLine;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Load;
using WhistleActors.Simulator.Load.Reports;
using WhistleActors.Simulator.Reports;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Ledgers;

/// <summary>Holds the ledger of an earlier run, however that ended, against a server.</summary>
/// <param name="Elsewhere">Another server than the ledger's; null for that one.</param>
internal sealed record CheckJob(string File, Uri? Elsewhere, Settings Settings, TimeProvider Clock)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var (console, language) = (AnsiConsole.Console, Settings.Language);
        var name = Path.GetRelativePath(Environment.CurrentDirectory, File);
        var faults = new FaultList();
        Ledger? ledger;
        try
        {
            ledger = Ledger.Read(name, System.IO.File.ReadLines(File), faults);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]{name}: {language.Say("无法读取。", "It cannot be read.")}[/]");
            return ExitCodes.BadFile;
        }

        FaultLines.Print(console, faults, language);
        if (ledger is null)
            return ExitCodes.BadFile;
        var settings = Settings with { Server = Elsewhere ?? ledger.Head.Server };
        if (Run.IsElsewhere(console, settings))
            return ExitCodes.Usage;
        using var http = WhistleClient.CreateHttp(settings.Server);
        var observer = new WhistleClient(
            http, new SignInRequest($"{Cast.Prefix}check", "check", "city", "observer"), new WhistleClientOptions { GiveUpAfter = settings.GiveUpAfter }, Clock);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var check = new LedgerCheck(ledger, observer, new ServerRecord(observer, gone.Cancel));
        var checking = check.RunAsync(gone.Token);
        if (!settings.IsQuiet)
            await new LoadProgress(console, language, Clock).ShowAsync(checking, check);
        try
        {
            var findings = await checking;
            console.WriteLine(language.Say(
                $"流水账 {ledger.Head.Run}：{LoadText.Number(ledger.Commands)} 条命令，{LoadText.Number(check.Verified)} 个哨已核对，{LoadText.Number(ledger.UnansweredBlows.Count)} 个吹哨没有答复。",
                $"Ledger {ledger.Head.Run}: {LoadText.Number(ledger.Commands)} commands, {LoadText.Number(check.Verified)} whistles verified, {LoadText.Number(ledger.UnansweredBlows.Count)} blown without an answer."));
            SummaryTables.PrintFindings(console, [.. findings.Select(FindingRow.Of)], findings.Count == 0, language);
            return findings.Any(finding => finding.Kind != FindingKind.Unreachable) ? ExitCodes.Wrong : findings.Count > 0 ? ExitCodes.Unreachable : ExitCodes.Good;
        }
        catch (OperationCanceledException)
        {
            console.MarkupLineInterpolated($"[red]{language.Say($"只核对了 {check.Verified}/{check.ToVerify} 个哨。", $"Only {check.Verified} of {check.ToVerify} whistles were verified.")}[/]");
            return stop.IsCancellationRequested ? ExitCodes.Stopped : ExitCodes.Unreachable;
        }
    }
}
