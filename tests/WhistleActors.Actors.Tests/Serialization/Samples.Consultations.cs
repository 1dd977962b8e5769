using System.Collections.Immutable;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

internal static partial class Samples
{
    private static OrganisationCode District => OrganisationCode.Parse("990101");

    private static ImmutableArray<PlannedTask> Planned => [new PlannedTask(Water, "王强", "更换阀门", new DateOnly(2026, 3, 13))];

    private static Dictionary<string, object> OfConsultations => new()
    {
        ["conference-convened.1"] = new ConferenceConvened(
            Id, At, Street, Key, 2, "管线归属", District, Joint: true, [Street.Organisation, District, Narrowed.Organisation], At.AddHours(2), "街道会议室"),
        ["position-stated.1"] = new PositionStated(Id, At, Street, Key, 2, "由权属单位先行抢修"),
        ["measure-proposed.1"] = new MeasureProposed(Id, At, Street, Key, 2, 1, "夜间更换阀门", Water, new DateOnly(2026, 3, 13)),
        ["proposal-answered.1"] = new ProposalAnswered(Id, At, Narrowed, Key, 2, 1, Agrees: false, "经费未落实"),
        ["conference-decided.1"] = new ConferenceDecided(
            Id,
            At,
            Street,
            Key,
            2,
            "由自来水公司牵头抢修",
            [1],
            Planned,
            [new StampedSummons(Water, DutyRole.Cooperating, At.AddMinutes(5), At.AddMinutes(30), null)],
            MinutesComplete: true,
            new LocalizedText("会议纪要", "Minutes")),
        ["task-completed.1"] = new TaskCompleted(Id, At, Narrowed, Key, 1, "已更换"),
        ["task-confirmed.1"] = new TaskConfirmed(Id, At, Street, Key, 1),
        ["task-returned.1"] = new TaskReturned(Id, At, Street, Key, 1, "仍在渗水"),
    };

    private static IEnumerable<GiveOrder> OrdersOfConsultations =>
    [
        Give(new ConveneConference(Id, "管线归属", [District], Joint: true, At, "街道会议室")),
        Give(new ConveneConference(Id, "管线归属", [], Joint: false, null, null)),
        Give(new StatePosition(Id, "x")),
        Give(new ProposeMeasure(Id, "x", Water, new DateOnly(2026, 3, 13))),
        Give(new AnswerProposal(Id, 1, Agrees: true, null)),
        Give(new DecideConference(Id, "x", [1], Planned, MinutesComplete: false)),
        Give(new CompleteTask(Id, 1, "x")),
        Give(new ConfirmTask(Id, 1)),
        Give(new ReturnTask(Id, 1, "x")),
    ];
}
