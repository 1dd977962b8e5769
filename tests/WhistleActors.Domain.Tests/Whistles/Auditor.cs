using System.Collections.Immutable;
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
        [.. TestCity.StrictPack.Departments.Keys.Select(department => department.Text), "110101", "110105", "110101001", "110101002", "110105001"];

    private readonly Dictionary<WhistleId, Book> books = [];
    private WhistleId? mustBeWithdrawnNow;

    public void See(GridState before, GridEvent happened, GridState after)
    {
        happened.At.ShouldBeGreaterThanOrEqualTo(before.LastAt, "time ran backwards");
        after.Sequence.ShouldBe(before.Sequence + 1);
        after.LastAt.ShouldBe(happened.At);
        if (mustBeWithdrawnNow is { } withdrawing)
            (happened.Whistle == withdrawing && happened is WhistleWithdrawn or WhistleVoided or WhistleMerged or DepartmentReleased or DisputeRuled { Instead: not null })
                .ShouldBeTrue("a lead was let go, and the whistle stands");

        if (happened is WhistleBlown blown)
            See(before, blown, sounds: true);
        else if (happened is WhistleProposed proposed)
            See(before, proposed);
        else
            See(happened);

        var (book, whistle) = (books[happened.Whistle], after.Whistles[happened.Whistle]);
        whistle.Version.ShouldBe(++book.Version, "the version counts the events of the whistle");
        whistle.Summonses.Count(summons => summons.Role == DutyRole.Lead).ShouldBe(1, "exactly one lead");
        whistle.Summonses.Select(summons => (summons.Department, summons.Role)).ToHashSet()
            .SetEquals(book.Pages.Select(page => (page.Key, page.Value.Role))).ShouldBeTrue("who is summoned as what changed without a ruling");
        whistle.Summonses.Length.ShouldBe(book.Pages.Count);
        (whistle.Ending is null).ShouldBe(book.EndedAt is null);
        whistle.HasSounded.ShouldBe(book.Sounded);
        Remembers(after);
        foreach (var summons in whistle.Summonses)
            book.Of(summons.Department).ShouldAgreeWith(summons);
        book.Dossier.ShouldAgreeWith(whistle.Dossier);
        book.Consultation.ShouldAgreeWith(whistle);
        whistle.Round.ShouldBe(book.Round);
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
            foreach (var page in book.Pages.Values.Where(page => page.Role != DutyRole.Notified))
                Close(page, book.EndedAt, now);
            foreach (var (page, stopped) in book.Turned)
                Close(page, stopped, now);
        }
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
            (summons.Schedule is null).ShouldBe(summons.Role == DutyRole.Notified || !sounds);
        }

        books[blown.Whistle] = new Book(blown) { Sounded = sounds, SoundedAt = blown.At };
    }

    private void See(GridEvent happened)
    {
        var book = books[happened.Whistle];
        if (happened is not WhistleReopened && !IsOfLedger(happened))
            book.EndedAt.ShouldBeNull("a whistle that ended changed");
        switch (happened)
        {
            case SummonsEvent of:
                book.Sounded.ShouldBeTrue("somebody answered a whistle that has not sounded");
                See(book, book.Of(of.Department), of);
                break;
            case PersonRecorded or MatterRecorded or ObjectRecorded or NoteAdded:
                OnTheCase(book, happened);
                break;
            case WhistleWithdrawn withdrawn:
                MayEnd(book, withdrawn.By!).ShouldBeTrue("not theirs to withdraw");
                book.Mistaken = true;
                book.Pages.Values.Any(page => page.CrewBound).ShouldBeFalse("a crew was left behind");
                (book.EndedAt, mustBeWithdrawnNow) = (withdrawn.At, null);
                break;
            case WhistleVoided voided:
                (MayEnd(book, voided.By!) || IsCommand(voided.By!, book)).ShouldBeTrue("not theirs to void");
                book.Mistaken = true;
                voided.Reason.ShouldNotBeNullOrEmpty();
                book.Pages.Values.Any(page => page.CrewBound).ShouldBeFalse("a crew was left behind");
                (book.EndedAt, mustBeWithdrawnNow) = (voided.At, null);
                break;
            case WhistleClosed closed:
                MayEnd(book, closed.By!).ShouldBeTrue("not theirs to close");
                (book.Blown.As?.ApproveBy is null || book.DecidedAt is not null || book.Missed).ShouldBeTrue("closed before its approval was decided");
                book.Pages.Values.All(page => page.Role == DutyRole.Notified || page is { FreedAt: not null, ReturnedAt: null }).ShouldBeTrue("closed with a summons unsettled");
                book.Pages.Values.Any(page => page.OwesReport).ShouldBeFalse("closed without a report that the city wants");
                book.Pages.Values.Any(page => page.CrewBound).ShouldBeFalse("a crew was left behind");
                book.Consultation.ShouldBeDone();
                book.Pages.Values.Any(page => page.DisputeOpen).ShouldBeFalse("closed before a dispute was ruled");
                (book.EndedAt, book.Closed) = (closed.At, true);
                break;
            default:
                (SeeRound(book, happened) || SeeConsultation(book, happened) || SeeSounding(book, happened)).ShouldBeTrue($"unknown event {happened}");
                break;
        }
    }

    private void See(Book book, Page page, SummonsEvent happened)
    {
        var notified = page.Role == DutyRole.Notified;
        switch (happened)
        {
            case SummonsSigned signed:
                ByDepartment(signed, Powers.Answer | Powers.Attend);
                page.SignedAt.ShouldBeNull();
                page.FreedAt.ShouldBeNull();
                signed.Late.ShouldBe(page.IsPast(Clock.Sign, signed.At));
                page.Passed.Contains(Clock.Sign).ShouldBe(signed.Late, "late is late because a deadline was recorded before");
                page.SignedAt = signed.At;
                page.Answered[Clock.Sign] = signed.At;
                break;
            case CrewDeparted departed:
                ByDepartment(departed, Powers.Attend);
                MustWork();
                page.DepartedAt.ShouldBeNull();
                page.CheckedInAt.ShouldBeNull();
                page.DepartedAt = departed.At;
                break;
            case CrewRecalled recalled:
                ByDepartment(recalled, Powers.Answer);
                MustWork();
                page.DepartedAt.ShouldNotBeNull();
                page.CheckedInAt.ShouldBeNull();
                recalled.Reason.ShouldNotBeNullOrEmpty();
                if (recalled.For is not null && book.Blown.Level == WhistleLevel.Emergency)
                    (book.Blown.As?.Exercise == true).ShouldBeTrue("taken from an emergency");
                page.DepartedAt = null;
                break;
            case CrewCheckedIn arrived:
                ByDepartment(arrived, Powers.Attend);
                MustWork();
                page.CheckedInAt.ShouldBeNull();
                arrived.Late.ShouldBe(page.IsPast(Clock.CheckIn, arrived.At));
                page.Passed.Contains(Clock.CheckIn).ShouldBe(arrived.Late, "late is late because a deadline was recorded before");
                OnTheSpot(book, arrived, arrived.Presence);
                page.CheckedInAt = arrived.At;
                page.Answered[Clock.CheckIn] = arrived.At;
                page.Answered.TryAdd(Clock.Contact, arrived.At);
                page.Arrive(1, arrived.Crew, arrived.By!, arrived.PostedTo);
                break;
            case CrewJoined joined:
                MustWork();
                SeeJoining(book, page, joined);
                break;
            case CrewLeft left:
                SeeLeaving(page, left);
                break;
            case CrewReleased released:
                SeeReleaseOfCrew(book, page, released);
                break;
            case SummonsDisputed disputed:
                MustWork();
                SeeDispute(book, page, disputed);
                break;
            case DisputeRuled ruled:
                SeeRuling(book, page, ruled);
                break;
            case DeadlinePassed passed:
                passed.By.ShouldBeNull();
                passed.Key.ShouldBeNull();
                notified.ShouldBeFalse();
                page.IsFree(passed.Clock).ShouldBeFalse("a clock ran out that does not bind any more");
                page.Answered.ShouldNotContainKey(passed.Clock, "an answered clock ran out");
                page.SuspendedUntil.ShouldBeNull("a clock ran out while the summons was suspended");
                passed.Due.ShouldBe(page.Due[passed.Clock]);
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
                (page.Reported, page.Entry) = (reported.Kind, reported.Ledger);
                page.Answered[Clock.Disposal] = reported.At;
                break;
            case OutcomeAccepted accepted:
                MayJudge(book, accepted.By!, accepted.Department, Powers.Veto).ShouldBeTrue("not theirs to accept");
                accepted.By!.Organisation.Text.ShouldNotBe(accepted.Department.Text, "rater and rated are the same");
                page.Reported.ShouldNotBeNull();
                page.FreedAt.ShouldBeNull();
                (page.FreedAt, page.Accepted) = (accepted.At, true);
                See(page, accepted);
                break;
            case OutcomeVetoed vetoed:
                MayJudge(book, vetoed.By!, vetoed.Department, Powers.Veto).ShouldBeTrue("not theirs to veto");
                vetoed.Reason.ShouldNotBeNullOrEmpty();
                page.Reported.ShouldNotBeNull();
                page.FreedAt.ShouldBeNull();
                page.Reported = null;
                See(page, vetoed);
                break;
            case DepartmentReleased released:
                (MayJudge(book, released.By!, released.Department, Powers.Convene)
                    || MayEnd(book, released.By!)
                    || Is(released.By!, Role.Commander, Powers.Command, book.Blown.District.Text)
                    || page.AreAllPostedWith(released.By!)).ShouldBeTrue("not theirs to release");
                notified.ShouldBeFalse();
                page.Released.ShouldBeFalse();
                if (page.ReturnedAt is not null)
                    (page.ReturnedAt, page.LedgerOpen) = (null, false);
                if (!page.Accepted)
                {
                    released.Reason.ShouldNotBeNull();
                    if (page.Role == DutyRole.Lead)
                        mustBeWithdrawnNow = released.Whistle;
                }

                page.Released = true;
                page.FreedAt ??= released.At;
                break;
            default:
                if (!SeeClocks(book, page, happened) && !SeeLedger(book, page, happened))
                    throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event");
                break;
        }

        void MustWork()
        {
            page.SignedAt.ShouldNotBeNull("acted without a signature");
            page.MustOwe();
        }
    }

    private static void OnTheSpot(Book book, SummonsEvent arrived, Presence presence)
    {
        if (presence.Witness is { } witness)
        {
            witness.Organisation.Text.ShouldNotBe(arrived.Department.Text);
            Organisations.ShouldContain(witness.Organisation.Text);
            return;
        }

        var place = presence.Place.ShouldNotBeNull();
        MetresOutsideOf(book, place).ShouldBeLessThanOrEqualTo(Math.Min(presence.AccuracyMetres!.Value, 100) + 0.1);
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

        public IEnumerable<DepartmentCode> Summoned => Pages.Keys;

        public Dictionary<DepartmentCode, Page> Pages { get; set; } = PagesOf(blown.Summonses, blown.Schedules);

        public static Dictionary<DepartmentCode, Page> PagesOf(ImmutableArray<StampedSummons> stamped, ImmutableArray<ClockSchedule>? schedules) =>
            stamped.ToDictionary(one => one.Department, one => new Page(one, one.Schedule is { } index ? schedules!.Value[index] : null));

        public DossierPage Dossier { get; } = new();

        public long Version { get; set; }

        public DateTimeOffset? EndedAt { get; set; }

        public Page Of(DepartmentCode department) => Pages[department];
    }

    private sealed partial class Page(StampedSummons stamped, ClockSchedule? schedule)
    {
        public StampedSummons Stamped { get; set; } = stamped;

        public DutyRole Role { get; set; } = stamped.Role;

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
            summons.Owes.ShouldBe(Role != DutyRole.Notified && (FreedAt is null || ReturnedAt is not null));
            ShouldKnowItsCrews(summons);
            (summons.Dispute is { IsOpen: true }).ShouldBe(DisputeOpen);
            summons.CrewPresent.ShouldBe(CrewBound);
            summons.CrewCommitted.ShouldBe(CrewBound || (DepartedAt is not null && CheckedInAt is null && FreedAt is null));
            summons.State.ShouldBe(
                ReturnedAt is not null ? SummonsState.Returned
                : Accepted ? SummonsState.Settled
                : Released ? SummonsState.Released
                : Reported is not null ? SummonsState.Reported
                : CheckedInAt is not null ? SummonsState.CheckedIn
                : DepartedAt is not null ? SummonsState.Departed
                : SignedAt is not null ? SummonsState.Signed
                : SummonsState.Summoned);
            var overdue = Order.Where(clock => Passed.Contains(clock) && !Answered.ContainsKey(clock) && !IsFree(clock)).ToList();
            summons.OverdueClocks.ShouldBe(overdue);
            summons.Overdue.ShouldBe(overdue.Count == 0 ? null : overdue[^1]);
            ClocksShouldAgreeWith(summons);
        }
    }
}
