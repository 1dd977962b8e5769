using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client.Tests;

internal static class Sample
{
    public static SignInRequest Officer { get; } = new("li.si", "李四", "110101001", "subdistrict-officer");

    public static WhistleView Whistle(string id, long version, WhistleStage stage = WhistleStage.Open) => new(
        id, version, "110101001001001", "110101001", "110101", "event-0201", Occasion.PublicDemand, Level.Daily, Chain.Enforcement, Round: 1, "路面塌陷",
        Place: null, "beijing/1", ChangedProposal: null, stage, DateTimeOffset.UnixEpoch,
        new OfficerView("li.si", "李四", "110101001", "subdistrict-officer"), EndedAt: null, EndedBy: null, Reason: null, Summonses: []);
}
