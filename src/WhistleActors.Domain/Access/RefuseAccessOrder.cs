using WhistleActors.Domain.Refusals;

namespace WhistleActors.Domain.Access;

/// <summary>The refusals that concern access, in both languages. A code, once released, keeps its meaning.</summary>
public static class RefuseAccessOrder
{
    public static Refusal TokensBeforeInFuture() => Of("tokens-before-in-future", RefusalKind.Invalid,
        "只能撤销已签发的令牌，时间不得晚于当前时间。", "Only tokens that exist can be withdrawn: the time must not be in the future.",
        "请填写不晚于当前的时间，或不填。", "Give a time that is past, or none.");

    public static Refusal AccessListFull(int most) => Of("access-list-full", RefusalKind.Full,
        $"最多保存 {most} 人的撤销记录。", $"At most {most} persons' withdrawals are remembered.",
        "请更换签名密钥，使全部令牌失效。", "Change the signing key, so that no token is believed.");

    private static Refusal Of(string code, RefusalKind kind, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, kind, new(zh, en), new(remedyZh, remedyEn));
}
