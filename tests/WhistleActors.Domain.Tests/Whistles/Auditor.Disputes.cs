using Shouldly;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>"Not ours": the department stays bound until it is ruled, once, and who takes its place has time limits from that moment.</summary>
internal sealed partial class Auditor
{
    private static void SeeDispute(Book book, Page page, SummonsDisputed disputed)
    {
        ByDepartment(disputed, Powers.Answer);
        page.DisputedInRound.ShouldNotBe(disputed.Round, "disputed twice in a round");
        page.DisputeOpen.ShouldBeFalse();
        page.Reported.ShouldBeNull();
        disputed.At.ShouldBeLessThanOrEqualTo((page.SummonedAt ?? book.SoundedAt) + TestCity.Pack.Disputes.Window);
        disputed.Instead.ShouldNotBe(disputed.Department);
        (page.DisputeOpen, page.DisputedInRound) = (true, disputed.Round);
    }

    private void SeeRuling(Book book, Page page, DisputeRuled ruled)
    {
        Is(ruled.By!, Role.Commander, Powers.Command, book.Blown.District.Text).ShouldBeTrue("not the command centre");
        page.DisputeOpen.ShouldBeTrue("ruled what nobody disputed");
        ruled.Role.ShouldBe(page.Role);
        (ruled.Instead is not null).ShouldBe(ruled.Kind == RulingKind.Reassigned);
        if (ruled.Kind == RulingKind.Referred)
        {
            page.Referred.ShouldBeFalse("referred twice");
            page.Referred = true;
            return;
        }

        ruled.Basis.ShouldNotBeNull();
        page.DisputeOpen = page.Referred = false;
        if (ruled.Instead is not { } instead)
            return;
        page.Released.ShouldBeTrue("let go without being released");
        page.CrewBound.ShouldBeFalse();
        page.Role = DutyRole.Notified;
        mustBeWithdrawnNow = null;
        var before = book.Pages.GetValueOrDefault(instead);
        if (ruled.Summoned is not { } stamped)
        {
            (before is { Role: DutyRole.Cooperating, FreedAt: null } && ruled.Role == DutyRole.Lead).ShouldBeTrue("took over what it cannot");
            (before!.Role, before.SummonedAt) = (DutyRole.Lead, ruled.At);
            if (!before.DisputeOpen)
                before.DisputedInRound = null;
            return;
        }

        (before is null or { Role: DutyRole.Notified, Released: false }).ShouldBeTrue("summoned twice");
        (stamped.Department, stamped.Role).ShouldBe((instead, ruled.Role));
        stamped.SignBy!.Value.ShouldBeGreaterThan(ruled.At);
        stamped.CheckInBy!.Value.ShouldBeGreaterThan(ruled.At);
        book.Pages[instead] = new Page(stamped, ruled.Schedules?.FirstOrDefault()) { SummonedAt = ruled.At };
    }

    private sealed partial class Page
    {
        public DateTimeOffset? SummonedAt { get; set; }

        public int? DisputedInRound { get; set; }

        public bool DisputeOpen { get; set; }

        public bool Referred { get; set; }
    }
}
