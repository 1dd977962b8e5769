using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed partial class RefusalTests
{
    private static Dictionary<string, Func<Refusal>> Sounding => new(StringComparer.Ordinal)
    {
        ["already-declined"] = () => On(Story.Jointly().Do(new DeclineWhistle(Story.First, "x"), TestCity.BorderStreet),
            s => s.Refused(new DeclineWhistle(s.Id, "x"), TestCity.BorderStreet)),
        ["already-joined"] = () => On(Story.Jointly().Do(new JoinWhistle(Story.First), TestCity.BorderStreet),
            s => s.Refused(new DeclineWhistle(s.Id, "x"), TestCity.BorderStreet)),
        ["approval-awaited"] = () => On(Story.Strict().Blow(WhistleLevel.Emergency).FinishAll(),
            s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Street)),
        ["direction-not-allowed"] = () => Summoning((TestCity.Water, DutyRole.Lead), (TestCity.DonghuamenAsParty, DutyRole.Cooperating)),
        ["joint-by-department"] = () => Story.Strict().Refused(
            Story.ABlow() with { JointGrids = [TestCity.Border] }, TestCity.Dispatcher(TestCity.Water)),
        ["joint-grid-apart"] = () => Joining(TestCity.Far),
        ["joint-grid-twice"] = () => Joining(TestCity.Home),
        ["lead-is-not-initiator"] = () => Story.Strict().Refused(
            Story.ABlow() with { Summon = [new SummonedDepartment(TestCity.Water, DutyRole.Lead)], ChangedProposal = "x" }, TestCity.Dispatcher(TestCity.Urban)),
        ["level-not-for-role"] = () => Story.Strict().Refused(Story.ABlow(WhistleLevel.Campaign), TestCity.Dispatcher(TestCity.Water)),
        ["merge-across-grids"] = () => On(Blown(), s => s.Refused(new MergeWhistle(s.Id, new WhistleId(TestCity.Next, 1), "x"), TestCity.Street)),
        ["merge-into-itself"] = () => On(Blown(), s => s.Refused(new MergeWhistle(s.Id, s.Id, "x"), TestCity.Street)),
        ["merge-of-exercise"] = () => On(Blown().Do(Story.ABlow() with { Exercise = true }, TestCity.Street),
            s => s.Refused(new MergeWhistle(s.Id, Story.First, "x"), TestCity.Street)),
        ["merge-target-full"] = () =>
        {
            var story = Blown();
            for (var i = 0; i < 50; i++)
                story.Blow().Do(new MergeWhistle(story.Id, Story.First, "x"), TestCity.Street);
            return story.Blow().Refused(new MergeWhistle(story.Id, Story.First, "x"), TestCity.Street);
        },
        ["merge-target-not-open"] = () => On(Blown(), s => s.Refused(new MergeWhistle(s.Id, new WhistleId(TestCity.Home, 99), "x"), TestCity.Street)),
        ["no-approval-awaited"] = () => On(Blown(), s => s.Refused(new ApproveWhistle(s.Id), TestCity.Leader)),
        ["not-a-co-initiator"] = () => On(Blown(), s => s.Refused(new JoinWhistle(s.Id), TestCity.BorderStreet)),
        ["not-your-approval"] = () => On(Story.Strict().Blow(WhistleLevel.Campaign), s => s.Refused(new ApproveWhistle(s.Id), TestCity.Street)),
        ["own-whistle"] = () => On(Story.Strict().Do(Story.ABlow(), TestCity.Dispatcher(TestCity.Water)),
            s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Dispatcher(TestCity.Water))),
        ["too-many-joint-grids"] = () => Joining([.. Enumerable.Range(0, 6).Select(i => GridCode.Parse($"{i}"))]),
        ["unknown-joint-grid"] = () => Joining(GridCode.Parse("999")),
        ["whistle-not-sounded"] = () => On(Story.Strict().Blow(WhistleLevel.Campaign),
            s => s.Refused(new SignSummons(s.Id, TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
    };

    private static Refusal Joining(params GridCode[] grids) => new Story().Refused(Story.ABlow() with { JointGrids = [.. grids] }, TestCity.Street);
}
