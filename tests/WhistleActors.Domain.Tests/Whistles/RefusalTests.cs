using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Every refusal that the rules know, and a way to provoke it.</summary>
public sealed partial class RefusalTests
{
    // The code of each refusal, written down once more: a released code keeps its meaning, so that this list only ever grows.
    private static readonly SortedDictionary<string, Func<Refusal>> Provoke = new(
        Core.Concat(Sounding).ToDictionary(entry => entry.Key, entry => entry.Value), StringComparer.Ordinal);

    private static Dictionary<string, Func<Refusal>> Core => new(StringComparer.Ordinal)
    {
        ["already-checked-in"] = () => On(Blown().CheckIn(TestCity.Water),
            s => s.Refused(s.ACheckIn(TestCity.Water), TestCity.CrewOf(TestCity.Water))),
        ["already-disputed"] = () => On(Blown().Dispute(TestCity.Water), s => s.Refused(s.ADispute(TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
        ["already-left"] = () => On(Blown().CheckIn(TestCity.Water).Leave(TestCity.Water),
            s => s.Refused(new LeaveSite(s.Id, TestCity.Water, 1, null), TestCity.CrewOf(TestCity.Water))),
        ["already-referred"] = () => On(Blown().Dispute(TestCity.Water).Refer(TestCity.Water), s => s.Refused(s.AReferral(TestCity.Water), TestCity.Command)),
        ["already-departed"] = () => On(Blown().Depart(TestCity.Water),
            s => s.Refused(new Depart(s.Id, TestCity.Water, null, null), TestCity.CrewOf(TestCity.Water))),
        ["already-released"] = () => On(Blown().Finish(TestCity.Water),
            s => s.Refused(new ReleaseDepartment(s.Id, TestCity.Water, null), TestCity.Street)),
        ["already-signed"] = () => On(Blown().Sign(TestCity.Water),
            s => s.Refused(new SignSummons(s.Id, TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
        ["arrival-in-the-past"] = () => On(Blown(),
            s => s.Refused(new Depart(s.Id, TestCity.Water, null, s.Now.AddSeconds(-1)), TestCity.CrewOf(TestCity.Water))),
        ["attachments-full"] = () => On(Blown(), s => s.Refused(s.ANote(Dossier.MostAttachments + 1), TestCity.Street)),
        ["component-id-malformed"] = () => On(Blown(), s => s.Refused(s.AnObject("11010101010001"), TestCity.Street)),
        ["check-in-not-named"] = () => On(TwoCrews(), s => s.Refused(new LeaveSite(s.Id, TestCity.Water, null, null), TestCity.Dispatcher(TestCity.Water))),
        ["crews-not-released"] = () => On(Blown().Finish(TestCity.Urban).Finish(TestCity.Police).CheckIn(TestCity.Water).Resolve(TestCity.Water).Accept(TestCity.Water),
            s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Street)),
        ["department-already-summoned"] = () => On(Blown().Dispute(TestCity.Urban),
            s => s.Refused(s.AReassignment(TestCity.Urban, TestCity.Police), TestCity.Command)),
        ["department-not-summoned"] = () => On(Blown(),
            s => s.Refused(new SignSummons(s.Id, TestCity.FarUrban), TestCity.Dispatcher(TestCity.FarUrban))),
        ["department-of-another-district"] = () => Summoning((TestCity.FarUrban, DutyRole.Lead)),
        ["department-twice"] = () => Summoning((TestCity.Water, DutyRole.Lead), (TestCity.Water, DutyRole.Cooperating)),
        ["dossier-full"] = () => On(Blown(), s =>
        {
            for (var i = 0; i < Dossier.MostPeople; i++)
                s.Do(s.APerson(), TestCity.Street);
            return s.Refused(s.APerson(), TestCity.Street);
        }),
        ["dispute-open"] = () => On(Blown().Dispute(TestCity.Water).FinishAll(), s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Street)),
        ["dispute-window-closed"] = () => On(Blown().After(TimeSpan.FromMinutes(121)),
            s => s.Refused(s.ADispute(TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
        ["exactly-one-lead"] = () => Summoning((TestCity.Water, DutyRole.Lead), (TestCity.Urban, DutyRole.Lead)),
        ["grid-full"] = () =>
        {
            var story = new Story();
            for (var i = 0; i < GridRules.MostOpenWhistles; i++)
                story.Blow();
            return story.Refused(Story.ABlow(), TestCity.Street);
        },
        ["grid-not-drawn"] = () => On(Blown().Under(TestCity.PackWithoutHome),
            s => s.Refused(s.ACheckIn(TestCity.Water), TestCity.CrewOf(TestCity.Water))),
        ["idempotency-key-reused"] = () =>
            new Story().Blow(key: new("k", "a")).Refused(Story.ABlow(), TestCity.Street, new CommandKey("k", "b")),
        ["instead-mismatch"] = () => On(Blown().Dispute(TestCity.Water),
            s => s.Refused(s.AReassignment(TestCity.Water, TestCity.Urban) with { Instead = null }, TestCity.Command)),
        ["instead-of-itself"] = () => On(Blown(),
            s => s.Refused(s.ADispute(TestCity.Water, TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
        ["last-crew-stays"] = () => On(Blown().CheckIn(TestCity.Water), s => s.Refused(new ReleaseCrew(s.Id, TestCity.Water, 1, "x"), TestCity.Street)),
        ["lead-stays"] = () => On(Blown(), s => s.Refused(new ReleaseDepartment(s.Id, TestCity.Water, "x"), TestCity.Street)),
        ["ledger-date-past"] = () => On(Blown().CheckIn(TestCity.Water),
            s => s.Refused(s.ALedger(TestCity.Water, new DateOnly(2026, 3, 10)), TestCity.Dispatcher(TestCity.Water))),
        ["ledger-mismatch"] = () => On(Blown().CheckIn(TestCity.Water),
            s => s.Refused(s.ALedger(TestCity.Water) with { Ledger = null }, TestCity.Dispatcher(TestCity.Water))),
        ["milestones-out-of-order"] = () => On(Blown().CheckIn(TestCity.Water), s => s.Refused(
                s.ALedger(TestCity.Water, new DateOnly(2026, 4, 1), new Milestone(new DateOnly(2026, 4, 2), "晚")), TestCity.Dispatcher(TestCity.Water))),
        ["no-dispute"] = () => On(Blown(), s => s.Refused(s.AnUphold(TestCity.Water), TestCity.Command)),
        ["no-lead-proposed"] = () => new Story().Refused(Story.ABlow() with { Matter = TestCity.Orphan }, TestCity.Street),
        ["no-outcome"] = () => On(Blown().CheckIn(TestCity.Water),
            s => s.Refused(new AcceptOutcome(s.Id, TestCity.Water), TestCity.Street)),
        ["no-such-check-in"] = () => On(Blown().CheckIn(TestCity.Water), s => s.Refused(new ReleaseCrew(s.Id, TestCity.Water, 2, "x"), TestCity.Street)),
        ["emergency-keeps-crew"] = () => On(new Story().Blow(level: WhistleLevel.Emergency).Depart(TestCity.Water),
            s => s.Refused(new RecallCrew(s.Id, TestCity.Water, "急情", new WhistleId(s.Id.Grid, 900)), TestCity.Dispatcher(TestCity.Water))),
        ["not-departed"] = () => On(Blown(), s => s.Refused(new RecallCrew(s.Id, TestCity.Water, "车辆故障"), TestCity.Dispatcher(TestCity.Water))),
        ["recall-for-itself"] = () => On(Blown().Depart(TestCity.Water), s => s.Refused(new RecallCrew(s.Id, TestCity.Water, "急情", s.Id), TestCity.Dispatcher(TestCity.Water))),
        ["not-checked-in"] = () => On(Blown().Depart(TestCity.Water),
            s => s.Refused(s.AResult(TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
        ["not-on-the-case"] = () => On(Blown(), s => s.Refused(s.ANote(), TestCity.OtherStreet)),
        ["notes-full"] = () => On(Blown(), s =>
        {
            for (var i = 0; i < Dossier.MostNotes; i++)
                s.Do(s.ANote(), TestCity.Street);
            return s.Refused(s.ANote(), TestCity.Street);
        }),
        ["not-your-department"] = () => On(Blown(),
            s => s.Refused(new SignSummons(s.Id, TestCity.Water), TestCity.Dispatcher(TestCity.Urban))),
        ["no-substitute"] = () => On(Blown(), s => s.Refused(s.ASubstitute(TestCity.Police), TestCity.Command)),
        ["substitute-already-summoned"] = () => On(Blown(), s => s.Refused(s.ASubstitute(TestCity.Water), TestCity.Command)),
        ["not-your-district"] = () => On(Blown().Dispute(TestCity.Water), s => s.Refused(s.AnUphold(TestCity.Water), TestCity.Street)),
        ["not-your-grid"] = () => new Story().Refused(Story.ABlow(), TestCity.OtherStreet),
        ["not-your-whistle"] = () => On(Blown(), s => s.Refused(new WithdrawWhistle(s.Id, "x"), TestCity.OtherStreet)),
        ["nothing-to-release"] = () => On(Blown(), s => s.Refused(new ReleaseDepartment(s.Id, TestCity.Weather, "x"), TestCity.Street)),
        ["notified-only"] = () => On(Blown(), s => s.Refused(s.ACheckIn(TestCity.Weather), TestCity.CrewOf(TestCity.Weather))),
        ["object-already-recorded"] = () => On(Blown(), s => s.Do(s.AnObject(), TestCity.Street).Refused(s.AnObject(), TestCity.Dispatcher(TestCity.Water))),
        ["outcome-already-reported"] = () => On(Blown().CheckIn(TestCity.Water).Resolve(TestCity.Water),
            s => s.Refused(s.AResult(TestCity.Water), TestCity.Dispatcher(TestCity.Water))),
        ["outside-grid"] = () => On(Blown(),
            s => s.Refused(s.ACheckInAt(TestCity.Water, TestCity.EastOfHome(300)), TestCity.CrewOf(TestCity.Water))),
        ["place-outside-grid"] = () => new Story().Refused(Story.ABlow() with { Place = new Position(116.415, 39.905, Datum.Wgs84) }, TestCity.Street),
        ["position-from-the-future"] = () => On(Blown(),
            s => s.Refused(AheadOfTime(s.ACheckIn(TestCity.Water)), TestCity.CrewOf(TestCity.Water))),
        ["position-or-witness-missing"] = () => On(Blown(),
            s => s.Refused(new CheckInCrew(s.Id, TestCity.Water, null, null, null, null), TestCity.CrewOf(TestCity.Water))),
        ["position-too-old"] = () => On(Blown(), s => s.Refused(AnHourAgo(s.ACheckIn(TestCity.Water)), TestCity.CrewOf(TestCity.Water))),
        ["reason-for-change-missing"] = () => new Story().Refused(Story.ABlow() with { Summon = [new SummonedDepartment(TestCity.Water, DutyRole.Lead)] }, TestCity.Street),
        ["reason-for-release-missing"] = () => On(Blown(),
            s => s.Refused(new ReleaseDepartment(s.Id, TestCity.Urban, null), TestCity.Street)),
        ["reason-without-change"] = () => new Story().Refused(Story.ABlow() with { ChangedProposal = "x" }, TestCity.Street),
        ["ruling-basis-missing"] = () => On(Blown().Dispute(TestCity.Water),
            s => s.Refused(s.AnUphold(TestCity.Water) with { Basis = null }, TestCity.Command)),
        ["summons-settled"] = () => On(Blown().Release(TestCity.Urban, "x"),
            s => s.Refused(new SignSummons(s.Id, TestCity.Urban), TestCity.Dispatcher(TestCity.Urban))),
        ["summonses-unsettled"] = () => On(Blown(), s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Street)),
        ["too-many-check-ins"] = () =>
        {
            var story = Blown().CheckIn(TestCity.Water);
            for (var i = 0; i < Attendance.MostFurtherCheckIns; i++)
                story.Do(story.ACheckIn(TestCity.Water), TestCity.Person($"p{i}", TestCity.Water.Text, Role.Crew));
            return story.Refused(story.ACheckIn(TestCity.Water), TestCity.Person("one-more", TestCity.Water.Text, Role.Crew));
        },
        ["too-many-departments"] = () => Summoning(
            [.. Enumerable.Range(0, GridRules.MostDepartments + 1).Select(i => (DepartmentCode.Parse($"d{i}"), DutyRole.Cooperating))]),
        ["too-many-persons"] = () => On(Blown(), s => s.Refused(
            s.ACheckIn(TestCity.Water) with { Persons = [.. Enumerable.Repeat(new Attendee("李强", null), Attendance.MostPersons + 1)] }, TestCity.CrewOf(TestCity.Water))),
        ["unknown-crew"] = () => On(Blown(),
            s => s.Refused(new Depart(s.Id, TestCity.Water, TestCity.UrbanCrew, null), TestCity.CrewOf(TestCity.Water))),
        ["unknown-department"] = () => Summoning((DepartmentCode.Parse("atlantis"), DutyRole.Lead)),
        ["unknown-grid"] = () => new Story(GridCode.Parse("999")).Refused(Story.ABlow(), TestCity.Street),
        ["unknown-matter"] = () => new Story().Refused(Story.ABlow() with { Matter = MatterCode.Parse("ufo") }, TestCity.Street),
        ["unknown-whistle"] = () => On(Blown(), s => s.Refused(new CloseWhistle(new WhistleId(TestCity.Next, 1), null), TestCity.Street)),
        ["unknown-witness-organisation"] = () => On(Blown(),
            s => s.Refused(s.AWitnessedCheckIn(TestCity.Water, "atlantis"), TestCity.CrewOf(TestCity.Water))),
        ["version-outdated"] = () => On(Blown().Sign(TestCity.Water),
            s => s.Refused(new WithdrawWhistle(s.Id, "x"), TestCity.Street, ifVersion: 1)),
        ["whistle-not-open"] = () => On(Blown().Withdraw(), s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Street)),
        ["witness-of-own-department"] = () => On(Blown(),
            s => s.Refused(s.AWitnessedCheckIn(TestCity.Water, TestCity.Water.Text), TestCity.CrewOf(TestCity.Water))),
    };

    static RefusalTests()
    {
        foreach (var (code, provoke) in OfConferences.Concat(OfRounds).Concat(OfClocks).Concat(OfLedger))
            Provoke.Add(code, provoke);
    }

    public static TheoryData<string> Codes => [.. Provoke.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_refusal_can_be_provoked_and_says_in_both_languages_what_was_wrong_and_what_would_be_right(string code)
    {
        var refusal = Provoke[code]();

        refusal.Code.ShouldBe(code);
        foreach (var text in new[] { refusal.Detail, refusal.Remedy })
        {
            text.Zh.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF);
            text.Zh.ShouldEndWith("。");
            text.En.ShouldAllBe(c => c < 128);
            text.En.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Every_refusal_has_a_code_of_its_own_and_each_is_provoked_here() =>
        Known.Select(refusal => refusal.Code).Order(StringComparer.Ordinal).ShouldBe(Provoke.Keys);

    [Fact]
    public void Codes_are_plain_lower_case_words() =>
        Provoke.Keys.ShouldAllBe(code => code.All(c => char.IsAsciiLetterLower(c) || c == '-'));

    [Fact]
    public void A_distance_never_reads_as_if_it_were_within_the_tolerance() =>
        Refuse.OutsideGrid(50.2, 50.1).Detail.En.ShouldBe("The position is 51 m outside the grid, more than the 50 m of accuracy that count.");

    /// <summary>One sample of each refusal that <see cref="Refuse"/> can make.</summary>
    internal static ImmutableArray<Refusal> Known { get; } =
    [
        .. typeof(Refuse).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(Refusal))
            .Select(method => (Refusal)method.Invoke(null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType))])!),
    ];

    private static object Sample(Type type) =>
        type == typeof(string) ? "x"
        : typeof(IEnumerable).IsAssignableFrom(type) ? new[] { TestCity.Water, TestCity.Urban }
        : Activator.CreateInstance(type)!;

    private static CheckInCrew AheadOfTime(CheckInCrew checkIn) => checkIn with { Fix = checkIn.Fix! with { MeasuredAt = TestCity.Morning.AddMinutes(1) } };

    private static CheckInCrew AnHourAgo(CheckInCrew checkIn) => checkIn with { Fix = checkIn.Fix! with { MeasuredAt = TestCity.Morning.AddHours(-1) } };

    private static Refusal On(Story story, Func<Story, Refusal> provoke) => provoke(story);

    private static Story TwoCrews() => Blown().CheckIn(TestCity.Water).Join(TestCity.Water, TestCity.WaterCrew);

    private static Story Blown() => new Story().Blow();

    private static Refusal Summoning(params (DepartmentCode Department, DutyRole Role)[] departments) => new Story().Refused(
        Story.ABlow() with { Summon = [.. departments.Select(d => new SummonedDepartment(d.Department, d.Role))], ChangedProposal = "x" },
        TestCity.Street);
}
