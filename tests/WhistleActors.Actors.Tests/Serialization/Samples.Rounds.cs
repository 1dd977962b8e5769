using System.Collections.Immutable;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

internal static partial class Samples
{
    private static ImmutableArray<StampedSummons> Afresh => [new StampedSummons(Water, DutyRole.Lead, At.AddMinutes(5), At.AddMinutes(30), "《供水条例》第三条")];

    // With everything that later versions of the core added to a whistle and its outcome.
    private static Whistle WithRounds => Whistle with
    {
        Round = 2,
        Summonses = [Summons with { Outcome = Summons.Outcome! with { Evidence = [new Evidence(new string('a', 64), "修复后")] } }],
        Consultation = new Consultation(
            [
                new Conference(
                    1,
                    "管线归属",
                    At,
                    Street,
                    Street.Organisation,
                    Joint: false,
                    [Street.Organisation, Narrowed.Organisation],
                    At.AddHours(2),
                    "街道会议室",
                    [new StatedPosition(Street.Organisation, "李娜", At, "先行抢修")],
                    [new Proposal(1, Street.Organisation, "李娜", At, "更换阀门", Water, new DateOnly(2026, 3, 13), [new ProposalAnswer(Narrowed.Organisation, false, "经费未落实")])],
                    new ConferenceDecision(At, Street, "由自来水公司牵头抢修", [1], MinutesComplete: true)),
            ],
            [new PlanTask(1, 1, Water, "王强", "更换阀门", new DateOnly(2026, 3, 13), new TaskCompletion(At, Narrowed, "已更换"), new Acceptance(At, Street), 1, "仍在渗水")]),
        PastRounds = new PastRounds(
        [
            new PastRound(
                1, At, Street, "首次处置未见效", "夜间仍在漏水", At.AddHours(-1), [new PastSummons(Water, DutyRole.Lead, SummonsState.Settled, At, Late: true, OutcomeKind.Resolved, 1)]),
        ]),
    };

    /// <summary>Forms released before, with what was added to them since: the samples of those forms never change.</summary>
    internal static IReadOnlyList<(object Value, string Added)> Grown =>
    [
        (new GridState(
            Grid,
            18,
            At,
            At.AddMinutes(-20),
            ImmutableDictionary<WhistleId, Whistle>.Empty.Add(Id, WithRounds),
            ImmutableDictionary<WhistleId, EndedWhistle>.Empty,
            ImmutableDictionary<string, RememberedCommand>.Empty,
            Returns: ImmutableDictionary<WhistleId, ImmutableArray<long>>.Empty.Add(Id, [12, 40])), "\"returns\":{\"99010100100101-7\":[12,40]}"),
        (new DepartmentState(
            Water,
            5,
            ImmutableDictionary<WhistleId, HeldSummons>.Empty.Add(Id, Held with { Round = 2 }),
            ImmutableDictionary<WhistleId, OverSummons>.Empty.Add(new WhistleId(Grid, 3), new OverSummons(4, At, 3))), "\"round\":3"),
        (new SummonsHeld(Id, At, Held with { Round = 2 }), "\"round\":2"),
        (new SummonsOver(Id, At, 9, 2), "\"round\":2"),
        (new OutcomeReported(Id, At, Narrowed, Key, Water, OutcomeKind.Resolved, "已修", null, [new Evidence(new string('b', 64), "修复后")]), "\"evidence\":[{\"sha256\":\"bbbb"),
    ];

    /// <summary>As many decided conferences, tasks and earlier rounds as a whistle can have, in words as long as officers write them.</summary>
    internal static (Consultation Consultation, PastRounds Past) LargeHistory(IReadOnlyList<DepartmentCode> departments, int rounds)
    {
        var sentence = string.Concat(Enumerable.Repeat("管线归属不清须先行抢修", 5));
        var sample = WithRounds.Consultation!;
        var conference = sample.Conferences[0] with
        {
            Positions = [],
            Parties = [.. departments.Select(department => OrganisationCode.Parse(department.Text))],
            Decision = sample.Conferences[0].Decision! with { Text = sentence },
        };
        var task = sample.Tasks[0] with { Text = sentence, Completion = sample.Tasks[0].Completion! with { Note = sentence } };
        var round = WithRounds.PastRounds!.Rounds[0];
        return (
            new Consultation(
                [.. Enumerable.Range(1, Consultation.MostConferences).Select(number => conference with { Number = number })],
                [.. Enumerable.Range(1, Consultation.MostTasks).Select(number => task with { Number = number })]),
            new PastRounds([.. Enumerable.Range(1, rounds - 1).Select(number => round with
            {
                Round = number,
                Summonses = [.. departments.Select(department => round.Summonses[0] with { Department = department })],
            })]));
    }

    private static Dictionary<string, object> OfRounds => new()
    {
        ["whistle-blown-again.1"] = new WhistleBlownAgain(Id, At, Street, Key, 2, "首次处置未见效", Water, Afresh),
        ["whistle-reopened.1"] = new WhistleReopened(Id, At, Street, Key, 3, "回访未解决", "夜间仍在漏水", Afresh, WithRounds),
        ["substitute-called.1"] = new SubstituteCalled(
            Id, At, Narrowed, Key, Water, new StampedSummons(DepartmentCode.Parse("990101-roads"), DutyRole.Cooperating, At.AddMinutes(30), At.AddMinutes(120), null), "力量不足"),
        ["whistle-voided.1"] = new WhistleVoided(Id, At, Street, Key, "恶意吹哨"),
        ["ask-returns.1"] = new AskReturns(Grid, Id),
        ["returns.1"] = new Returns(Id, new List<long> { 12, 40 }),
    };

    private static IEnumerable<GiveOrder> OrdersOfRounds =>
    [
        Give(new BlowAgain(Id, "x", Water, [new SummonedDepartment(Water, DutyRole.Cooperating)])),
        Give(new BlowAgain(Id, "x", null, [])),
        Give(new ReopenWhistle(Id, "x", "y")),
        Give(new VoidWhistle(Id, "x")),
        Give(new CallSubstitute(Id, Water, "x")),
        Give(new ReportOutcome(Id, Water, OutcomeKind.Resolved, "note", null, [new Evidence(new string('a', 64), null)])),
    ];
}
