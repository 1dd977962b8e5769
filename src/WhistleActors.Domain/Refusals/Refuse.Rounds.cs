using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal RoundsExhausted(int most) => Conflict("rounds-exhausted",
        $"该哨已吹响 {most} 次，达到上限。", $"This whistle was blown {most} times, which is the most.",
        "请召集区级联席会议，或按行动计划落实。", "Convene a joint conference, or carry out the action plan.");

    public static Refusal NothingToBlowAgain() => Conflict("nothing-to-blow-again",
        "所有召集均已了结，也未增加部门，无需再次吹哨。", "Every summons is settled and no department is added: there is nothing to blow again for.",
        "请增加需要召集的部门，或办结该哨。", "Add the departments that are needed, or close the whistle.");

    public static Refusal WhistleStillOpen() => Conflict("whistle-still-open",
        "该哨尚未结束，无需重新开启。", "This whistle has not ended; there is nothing to reopen.",
        "如处置不力，请再次吹哨。", "Blow it again if it does not work.");

    public static Refusal NotReopenable(WhistleStage stage) => Conflict("not-reopenable",
        $"该哨已{Ended(stage).Zh}，不能重新开启。", $"This whistle was {Ended(stage).En}; only a closed one can be reopened.",
        "请重新吹哨。", "Blow a new whistle.");

    public static Refusal ReopenTooLate(DateTimeOffset closedAt, int days) => Conflict("reopen-too-late",
        $"该哨已于 {Time(closedAt)} 办结，超过 {days} 天的回访期限。", $"This whistle was closed at {Time(closedAt)}, more than {days} days ago.",
        "请重新吹哨。", "Blow a new whistle.");
}
