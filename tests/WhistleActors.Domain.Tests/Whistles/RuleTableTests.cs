using Shouldly;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>The table of commands in the README of the rules says what the code does: no command, event or refusal more or less.</summary>
public sealed class RuleTableTests
{
    private const string EveryCommand = "every command";
    private const string EveryCommandOfAWhistle = "every command about a whistle";
    private const string EveryCommandOfAnOpenWhistle = "every command about an open whistle";
    private const string EveryCommandOfASoundingWhistle = "every command about a whistle that sounds";
    private const string Time = "time itself";

    // Refusals that chance does not come by: RefusalTests provokes them by name.
    private static readonly string[] TooRareForChance =
    [
        "BlowWhistle grid-full", "BlowWhistle too-many-departments", "BlowWhistle unknown-department", "ConveneConference too-many-conferences",
        "DecideConference too-many-departments", "ProposeMeasure too-many-proposals", "ReopenWhistle grid-full", "ReopenWhistle rounds-exhausted",
        "RecordPerson dossier-full", "RecordMatter dossier-full", "RecordObject dossier-full", "AddNote notes-full",
        "CheckInCrew too-many-check-ins", "CheckInCrew too-many-persons", "RuleDispute too-many-departments", "CallSubstitute too-many-departments", "ApproveSuspension ledger-not-done",
        "ReportOutcome ledger-not-done", "ApproveLedgerExtension ledger-day-not-later", "CompleteLedger whistle-not-open", "ConfirmLedger whistle-not-open",
        "RefuseLedger whistle-not-open", "ApproveLedgerExtension whistle-not-open", "RefuseLedgerExtension whistle-not-open", "ApproveSuspension notified-only",
        "MergeWhistle merge-target-full", "ApproveLedgerExtension own-whistle", "RefuseLedgerExtension own-whistle", "ConfirmLedger own-whistle",
        "RefuseLedger own-whistle", "EndSuspension own-whistle", "RefuseExtension own-whistle", "RefuseSuspension own-whistle",
        "ConfirmLedger idempotency-key-reused", "ReleaseCrew own-whistle", "ConfirmLedger whistle-not-sounded", "RefuseLedger whistle-not-sounded", "RefuseLedgerExtension whistle-not-sounded",
        "ConfirmTask own-whistle", "ReturnTask own-whistle", "StatePosition whistle-not-sounded",
        "RecordMeasure too-many-measures", "RequestExtension too-many-delays", "RequestSuspension too-many-delays", "RequestLedgerExtension too-many-delays",
    ];

    private readonly List<Row> table = ReadTable();

    [Fact]
    public void The_table_names_every_command_and_nothing_else() =>
        table.Select(row => row.Command).Order(StringComparer.Ordinal)
            .ShouldBe(NamesOf(typeof(GridCommand)).Append(EveryCommand).Append(EveryCommandOfAWhistle).Append(EveryCommandOfAnOpenWhistle)
                .Append(EveryCommandOfASoundingWhistle).Append(Time).Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_names_every_event_and_nothing_else() =>
        table.SelectMany(row => row.Events).Distinct().Order(StringComparer.Ordinal).ShouldBe(NamesOf(typeof(GridEvent)));

    [Fact]
    public void The_table_names_every_refusal_and_nothing_else() =>
        table.SelectMany(row => row.Refusals).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(RefusalTests.Known.Select(refusal => refusal.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_command_causes_and_is_refused_what_its_row_says_and_nothing_else()
    {
        var (caused, refused) = (new HashSet<string>(), new HashSet<string>());
        var chance = new Random(20_180_207);
        for (var life = 0; life < 2_000; life++)
            RandomLife.Live([.. Enumerable.Range(0, 100).Select(_ => (uint)chance.Next())], Note);

        ShouldSay(caused, Said(row => row.Events));
        ShouldSay(refused.Concat(TooRareForChance), Said(row => row.Refusals));

        void Note(GridCommand command, Decision decision)
        {
            var name = command.GetType().Name;
            if (decision is Decision.Accepted accepted)
                caused.UnionWith(accepted.Events.Where(happened => happened.By is not null).Select(happened => $"{name} {happened.GetType().Name}"));
            if (decision is Decision.Refused refusal)
                refused.Add($"{name} {refusal.Refusal.Code}");
        }
    }

    private static void ShouldSay(IEnumerable<string> done, IEnumerable<string> said)
    {
        var (seen, table) = (done.ToHashSet(), said.ToHashSet());
        seen.Except(table).Order(StringComparer.Ordinal).ShouldBeEmpty("the code does what the table does not say");
        table.Except(seen).Order(StringComparer.Ordinal).ShouldBeEmpty("the table says what was never seen");
    }

    private IEnumerable<string> Said(Func<Row, IEnumerable<string>> what) => (
        from command in typeof(GridCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GridCommand)) && !type.IsAbstract)
        from row in table
        where row.Command == command.Name
            || row.Command == EveryCommand
            || (row.Command == EveryCommandOfAWhistle && command.IsSubclassOf(typeof(WhistleCommand)))
            || (row.Command == EveryCommandOfAnOpenWhistle && command.IsSubclassOf(typeof(WhistleCommand)) && !command.IsSubclassOf(typeof(EndedWhistleCommand)))
            || (row.Command == EveryCommandOfASoundingWhistle && command.IsSubclassOf(typeof(WhistleCommand))
                && !command.IsSubclassOf(typeof(EarlyWhistleCommand)) && !command.IsSubclassOf(typeof(EndedWhistleCommand)))
        from said in what(row)
        select $"{command.Name} {said}").Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(Type family) => family.Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(family) && !type.IsAbstract)
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal);

    // Rows look like: | `Command` 中文 | who | when | `Event` | `refusal` |
    private static List<Row> ReadTable() =>
    [
        .. from line in ReadmeTable.Lines()
           let cells = line.Split('|')
           where cells.Length == 7 && (cells[1].Contains('`') || cells[1].Trim() is EveryCommand or EveryCommandOfAWhistle or EveryCommandOfAnOpenWhistle or EveryCommandOfASoundingWhistle or Time)
           select new Row(ReadmeTable.Names(cells[1]).SingleOrDefault() ?? cells[1].Trim(), [.. ReadmeTable.Names(cells[4])], [.. ReadmeTable.Names(cells[5])]),
    ];

    private sealed record Row(string Command, string[] Events, string[] Refusals);
}
