using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>
/// Watches a grid event by event, keeps books of its own, and holds what happened against the invariants of the field (DOMAIN 3.7; DESIGN,
/// promises 4, 6 and 7). It trusts no computed property of the rules.
/// </summary>
internal sealed partial class Auditor
{
    private static readonly HashSet<string> Organisations =
        [.. TestCity.Pack.Departments.Keys.Select(department => department.Text), "110101", "110105", "110101001", "110101002", "110105001"];

    private readonly Dictionary<WhistleId, Book> books = [];
    private WhistleId? mustBeWithdrawnNow;

    public void See(GridState before, GridEvent happened, GridState after)
    {
        happened.At.ShouldBeGreaterThanOrEqualTo(before.LastAt, "time ran backwards");
        after.Sequence.ShouldBe(before.Sequence + 1);
        after.LastAt.ShouldBe(happened.At);
        if (mustBeWithdrawnNow is { } withdrawing)
            (happened.Whistle == withdrawing && happened is WhistleWithdrawn or WhistleMerged or DepartmentReleased).ShouldBeTrue("a lead was let go, and the whistle stands");

        if (happened is WhistleBlown blown)
            See(before, blown, sounds: true);
        else if (happened is WhistleProposed proposed)
            See(before, proposed);
        else
            See(happened);

        var (book, whistle) = (books[happened.Whistle], after.Whistles[happened.Whistle]);
        whistle.Version.ShouldBe(++book.Version, "the version counts the events of the whistle");
        whistle.Summonses.Count(summons => summons.Role == DutyRole.Lead).ShouldBe(1, "exactly one lead");
        whistle.Summonses.Select(summons => (summons.Department, summons.Role))
            .SequenceEqual(book.Blown.Summonses.Select(summons => (summons.Department, summons.Role))).ShouldBeTrue("who is summoned as what changed");
        (whistle.Ending is null).ShouldBe(book.EndedAt is null);
        whistle.HasSounded.ShouldBe(book.Sounded);
        Remembers(after);
        foreach (var summons in whistle.Summonses)
            book.Of(summons.Department).ShouldAgreeWith(summons);
        foreach (var other in after.Whistles.Values)
        {
            if (other.Id != happened.Whistle)
                other.ShouldBeSameAs(before.Whistles[other.Id], "an event touched another whistle");
        }
    }

    /// <summary>Never not: after an alarm at <paramref name="now"/>, exactly the clocks that ran out unanswered are recorded.</summary>
    public void Close(DateTimeOffset now)
    {
        foreach (var book in books.Values)
        {
            CloseApproval(book, now);
            if (!book.Sounded)
                continue;
            foreach (var page in book.Pages.Values.Where(page => page.Stamped.Role != DutyRole.Notified))
            {
                page.Passed.Contains(Clock.Sign).ShouldBe(RanOut(page.Stamped.SignBy!.Value, page.SignedAt, page.FreedAt, book.EndedAt));
                page.Passed.Contains(Clock.CheckIn).ShouldBe(RanOut(page.Stamped.CheckInBy!.Value, page.CheckedInAt, page.FreedAt, book.EndedAt));
            }
        }

        bool RanOut(DateTimeOffset due, params DateTimeOffset?[] stops) => due < (stops.Min() ?? now);
    }

    private void See(GridState before, WhistleBlown blown, bool sounds)
    {
        blown.Whistle.Number.ShouldBe(before.Sequence + 1);
        books.ShouldNotContainKey(blown.Whistle, "an id was given twice");
        blown.Subdistrict.ShouldBe(TestCity.GridOf(blown.Whistle.Grid).Subdistrict);
        ByBlower(blown);
        RightlyMarked(blown);
        blown.Summonses.Select(summons => summons.Department).ShouldBeUnique();
        foreach (var summons in blown.Summonses)
        {
            (summons.SignBy is null).ShouldBe(summons.Role == DutyRole.Notified || !sounds);
            (summons.CheckInBy is null).ShouldBe(summons.Role == DutyRole.Notified || !sounds);
        }

        books[blown.Whistle] = new Book(blown) { Sounded = sounds, SoundedAt = blown.At };
    }

    private void See(GridEvent happened)
    {
        var book = books[happened.Whistle];
        book.EndedAt.ShouldBeNull("a whistle that ended changed");
        switch (happened)
        {
            case SummonsEvent of:
                book.Sounded.ShouldBeTrue("somebody answered a whistle that has not sounded");
                See(book, book.Of(of.Department), of);
                break;
            case WhistleWithdrawn withdrawn:
                MayEnd(book, withdrawn.By!).ShouldBeTrue("not theirs to withdraw");
                book.Mistaken = true;
                book.Pages.Values.Any(page => page.CrewBound).ShouldBeFalse("a crew was left behind");
                (book.EndedAt, mustBeWithdrawnNow) = (withdrawn.At, null);
                break;
            case WhistleClosed closed:
                MayEnd(book, closed.By!).ShouldBeTrue("not theirs to close");
                (book.Blown.As?.ApproveBy is null || book.DecidedAt is not null || book.Missed).ShouldBeTrue("closed before its approval was decided");
                book.Pages.Values.All(page => page.Stamped.Role == DutyRole.Notified || page.FreedAt != null).ShouldBeTrue("closed with a summons unsettled");
                book.Pages.Values.Any(page => page.CrewBound).ShouldBeFalse("a crew was left behind");
                book.EndedAt = closed.At;
                break;
            default:
                SeeSounding(book, happened);
                break;
        }
    }

    private void See(Book book, Page page, SummonsEvent happened)
    {
        var notified = page.Stamped.Role == DutyRole.Notified;
        switch (happened)
        {
            case SummonsSigned signed:
                ByDepartment(signed, Powers.Answer | Powers.Attend);
                page.SignedAt.ShouldBeNull();
                page.FreedAt.ShouldBeNull();
                signed.Late.ShouldBe(signed.At > page.Stamped.SignBy);
                page.Passed.Contains(Clock.Sign).ShouldBe(signed.Late, "late is late because a deadline was recorded before");
                page.SignedAt = signed.At;
                break;
            case CrewDeparted departed:
                ByDepartment(departed, Powers.Attend);
                MustWork();
                page.DepartedAt.ShouldBeNull();
                page.CheckedInAt.ShouldBeNull();
                page.DepartedAt = departed.At;
                break;
            case CrewCheckedIn arrived:
                ByDepartment(arrived, Powers.Attend);
                MustWork();
                page.CheckedInAt.ShouldBeNull();
                arrived.Late.ShouldBe(arrived.At > page.Stamped.CheckInBy);
                page.Passed.Contains(Clock.CheckIn).ShouldBe(arrived.Late, "late is late because a deadline was recorded before");
                OnTheSpot(book, arrived);
                page.CheckedInAt = arrived.At;
                break;
            case DeadlinePassed passed:
                passed.By.ShouldBeNull();
                passed.Key.ShouldBeNull();
                notified.ShouldBeFalse();
                page.FreedAt.ShouldBeNull();
                (passed.Clock == Clock.Sign ? page.SignedAt : page.CheckedInAt).ShouldBeNull("an answered clock ran out");
                passed.Due.ShouldBe((passed.Clock == Clock.Sign ? page.Stamped.SignBy : page.Stamped.CheckInBy)!.Value);
                passed.At.ShouldBeGreaterThan(passed.Due, "recorded before it was due");
                page.Passed.Add(passed.Clock).ShouldBeTrue("recorded twice");
                break;
            case OutcomeReported reported:
                ByDepartment(reported, Powers.Answer);
                MustWork();
                page.CheckedInAt.ShouldNotBeNull();
                page.Reported.ShouldBeNull();
                (reported.Ledger is not null).ShouldBe(reported.Kind == OutcomeKind.Ledgered);
                reported.Ledger?.DueOn.ShouldBeGreaterThan(DateOnly.FromDateTime(reported.At.ToOffset(TimeSpan.FromHours(8)).DateTime));
                page.Reported = reported.Kind;
                break;
            case OutcomeAccepted accepted:
                MayJudge(book, accepted.By!, accepted.Department, Powers.Veto).ShouldBeTrue("not theirs to accept");
                accepted.By!.Organisation.Text.ShouldNotBe(accepted.Department.Text, "rater and rated are the same");
                page.Reported.ShouldNotBeNull();
                page.FreedAt.ShouldBeNull();
                (page.FreedAt, page.Accepted) = (accepted.At, true);
                break;
            case OutcomeVetoed vetoed:
                MayJudge(book, vetoed.By!, vetoed.Department, Powers.Veto).ShouldBeTrue("not theirs to veto");
                vetoed.Reason.ShouldNotBeNullOrEmpty();
                page.Reported.ShouldNotBeNull();
                page.FreedAt.ShouldBeNull();
                page.Reported = null;
                break;
            case DepartmentReleased released:
                (MayJudge(book, released.By!, released.Department, Powers.Convene)
                    || MayEnd(book, released.By!)
                    || Is(released.By!, Role.Commander, Powers.Command, book.Blown.District.Text)).ShouldBeTrue("not theirs to release");
                notified.ShouldBeFalse();
                page.Released.ShouldBeFalse();
                if (!page.Accepted)
                {
                    released.Reason.ShouldNotBeNull();
                    if (page.Stamped.Role == DutyRole.Lead)
                        mustBeWithdrawnNow = released.Whistle;
                }

                page.Released = true;
                page.FreedAt ??= released.At;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event");
        }

        void MustWork()
        {
            notified.ShouldBeFalse();
            page.SignedAt.ShouldNotBeNull("acted without a signature");
            page.FreedAt.ShouldBeNull("acted after it was settled");
        }
    }

    private static void OnTheSpot(Book book, CrewCheckedIn arrived)
    {
        if (arrived.Presence.Witness is { } witness)
        {
            witness.Organisation.Text.ShouldNotBe(arrived.Department.Text);
            Organisations.ShouldContain(witness.Organisation.Text);
            return;
        }

        var place = arrived.Presence.Place.ShouldNotBeNull();
        MetresOutsideOf(book, place).ShouldBeLessThanOrEqualTo(Math.Min(arrived.Presence.AccuracyMetres!.Value, 100) + 0.1);
    }

    /// <summary>In a plane, against the square that the grid is: another way to measure than the rules have.</summary>
    public static double MetresOutside(GridCode grid, LonLat place)
    {
        var ring = TestCity.GridOf(grid).Area.Polygons[0].Shell;
        var nearest = new LonLat(
            Math.Clamp(place.Lon, ring.Min(p => p.Lon), ring.Max(p => p.Lon)), Math.Clamp(place.Lat, ring.Min(p => p.Lat), ring.Max(p => p.Lat)));
        var (east, north) = ((place.Lon - nearest.Lon) * 85_300, (place.Lat - nearest.Lat) * 111_195);
        return Math.Sqrt((east * east) + (north * north));
    }

    private static void ByDepartment(SummonsEvent happened, Powers oneOf)
    {
        var by = happened.By.ShouldNotBeNull();
        by.Organisation.Text.ShouldBe(happened.Department.Text);
        if (happened.Department == TestCity.DonghuamenAsParty)
            (by.Role is Role.SubdistrictOfficer or Role.SubdistrictLeader).ShouldBeTrue("not the role for it");
        else
            (by.Role is Role.Dispatcher || (by.Role is Role.Crew && oneOf.HasFlag(Powers.Attend))).ShouldBeTrue("not the role for it");
        ((by.Powers & oneOf) != Powers.None).ShouldBeTrue("not the power for it");
    }

    private static bool Is(Officer officer, Role role, Powers power, string organisation) =>
        officer.Role == role && (officer.Powers & power) == power && officer.Organisation.Text == organisation;

    private sealed partial class Book(WhistleBlown blown)
    {
        public WhistleBlown Blown { get; } = blown;

        public Dictionary<DepartmentCode, Page> Pages { get; set; } = blown.Summonses.ToDictionary(s => s.Department, s => new Page(s));

        public long Version { get; set; }

        public DateTimeOffset? EndedAt { get; set; }

        public Page Of(DepartmentCode department) => Pages[department];
    }

    private sealed class Page(StampedSummons stamped)
    {
        public StampedSummons Stamped { get; } = stamped;

        public HashSet<Clock> Passed { get; } = [];

        public DateTimeOffset? SignedAt { get; set; }

        public DateTimeOffset? DepartedAt { get; set; }

        public DateTimeOffset? CheckedInAt { get; set; }

        /// <summary>The outcome that awaits its answer or was accepted.</summary>
        public OutcomeKind? Reported { get; set; }

        public bool Accepted { get; set; }

        public bool Released { get; set; }

        /// <summary>When it stopped owing anything.</summary>
        public DateTimeOffset? FreedAt { get; set; }

        public bool CrewBound => CheckedInAt is not null && !Released && !(Accepted && Reported == OutcomeKind.Ledgered);

        public void ShouldAgreeWith(Summons summons)
        {
            summons.Owes.ShouldBe(Stamped.Role != DutyRole.Notified && FreedAt is null);
            summons.CrewPresent.ShouldBe(CrewBound);
            summons.CrewCommitted.ShouldBe(CrewBound || (DepartedAt is not null && CheckedInAt is null && FreedAt is null));
            summons.State.ShouldBe(
                Accepted ? SummonsState.Settled
                : Released ? SummonsState.Released
                : Reported is not null ? SummonsState.Reported
                : CheckedInAt is not null ? SummonsState.CheckedIn
                : DepartedAt is not null ? SummonsState.Departed
                : SignedAt is not null ? SummonsState.Signed
                : SummonsState.Summoned);
            summons.Overdue.ShouldBe(
                Stamped.Role == DutyRole.Notified || FreedAt is not null ? null
                : Passed.Contains(Clock.CheckIn) && CheckedInAt is null ? Clock.CheckIn
                : Passed.Contains(Clock.Sign) && SignedAt is null ? Clock.Sign
                : null);
        }
    }
}
