using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Its books of how whistles come to sound: by whom, approved by whom, together with whom, merged into what.</summary>
internal sealed partial class Auditor
{
    private WhistleId? mustTakeInNow;

    private void See(GridState before, WhistleProposed proposed)
    {
        var proposal = proposed.Proposal;
        (proposal.Whistle, proposal.At, proposal.By, proposal.Key).ShouldBe((proposed.Whistle, proposed.At, proposed.By, proposed.Key));
        See(before, proposal, sounds: false);
    }

    private bool SeeSounding(Book book, GridEvent happened)
    {
        switch (happened)
        {
            case WhistleApproved approved:
                MayApprove(book, approved.By!).ShouldBeTrue("not theirs to approve");
                book.DecidedAt.ShouldBeNull("decided twice");
                (approved.Summonses is null).ShouldBe(book.Sounded, "it sounds once");
                approved.Late.ShouldBe(book.Missed, "late is late because it was recorded before");
                if (approved.Summonses is { } stamped)
                {
                    stamped.Select(one => (one.Department, one.Role, one.Basis))
                        .ShouldBe(book.Blown.Summonses.Select(one => (one.Department, one.Role, one.Basis)), "others are summoned than were approved");
                    stamped.Where(one => one.Role != DutyRole.Notified).ShouldAllBe(one => one.SignBy > approved.At && one.CheckInBy > approved.At);
                    (book.Sounded, book.SoundedAt) = (true, approved.At);
                    book.Pages = Book.PagesOf(stamped, approved.Schedules);
                }

                book.DecidedAt = approved.At;
                break;
            case WhistleRejected rejected:
                MayApprove(book, rejected.By!).ShouldBeTrue("not theirs to reject");
                book.DecidedAt.ShouldBeNull("decided twice");
                book.DecidedAt = rejected.At;
                if (!book.Sounded)
                    book.EndedAt = rejected.At;
                break;
            case ApprovalMissed missed:
                missed.By.ShouldBeNull();
                book.DecidedAt.ShouldBeNull("missed what was decided");
                book.Missed.ShouldBeFalse("recorded twice");
                missed.Due.ShouldBe(book.Blown.As!.ApproveBy!.Value);
                missed.At.ShouldBeGreaterThan(missed.Due);
                book.Missed = true;
                break;
            case WhistleJoined joined:
                Is(joined.By!, Role.SubdistrictOfficer, Powers.Convene, joined.Subdistrict.Text).ShouldBeTrue("joined for another");
                book.Asked(joined.Subdistrict).ShouldBeTrue("joined unasked");
                book.Joined.Add(joined.Subdistrict).ShouldBeTrue("joined twice");
                book.Declined.Remove(joined.Subdistrict);
                break;
            case WhistleDeclined declined:
                Is(declined.By!, Role.SubdistrictOfficer, Powers.Convene, declined.Subdistrict.Text).ShouldBeTrue("declined for another");
                book.Asked(declined.Subdistrict).ShouldBeTrue("declined unasked");
                book.Joined.ShouldNotContain(declined.Subdistrict);
                book.Declined.Add(declined.Subdistrict).ShouldBeTrue("declined twice");
                break;
            case ReportAdded added:
                book.Sounded.ShouldBeTrue();
                (IsOfSubdistrict(added.By!, Powers.Convene, book) || IsOfInitiator(added.By!, book)
                    || Is(added.By!, Role.Commander, Powers.Command, book.Blown.District.Text)).ShouldBeTrue("not theirs to report to");
                break;
            case WhistleTookIn took:
                book.Sounded.ShouldBeTrue();
                books[took.From].EndedAt.ShouldBeNull();
                mustTakeInNow = took.From;
                break;
            case WhistleMerged merged:
                mustTakeInNow.ShouldBe(merged.Whistle, "it ended in a whistle that did not take it in");
                MayEnd(book, merged.By!).ShouldBeTrue("not theirs to merge");
                books[merged.Into].EndedAt.ShouldBeNull();
                book.IsExercise.ShouldBe(books[merged.Into].IsExercise);
                book.Pages.Values.Any(page => page.CrewBound).ShouldBeFalse("a crew was left behind");
                book.Pages.Values.All(page => page.Role == DutyRole.Notified || page.FreedAt is not null).ShouldBeTrue("a department was left in doubt");
                (book.EndedAt, book.Mistaken, mustTakeInNow, mustBeWithdrawnNow) = (merged.At, true, null, null);
                break;
            default:
                return false;
        }

        return true;
    }

    private static void CloseApproval(Book book, DateTimeOffset now)
    {
        if (book.Blown.As?.ApproveBy is { } due)
            book.Missed.ShouldBe(due < (new[] { book.DecidedAt, book.EndedAt }.Min() ?? now));
    }

    private static void ByBlower(WhistleBlown blown)
    {
        var by = blown.By.ShouldNotBeNull();
        if (blown.As?.Initiator is not { } department)
        {
            (by.Role is Role.SubdistrictOfficer or Role.SubdistrictLeader && by.Powers.HasFlag(Powers.Convene) && by.Organisation.Text == blown.Subdistrict.Text)
                .ShouldBeTrue("not theirs to blow");
            blown.Summonses.ShouldAllBe(summons => summons.Department.Text != blown.Subdistrict.Text, "a subdistrict answers its own whistle");
            return;
        }

        Is(by, Role.Dispatcher, Powers.Call, department.Text).ShouldBeTrue("not theirs to blow");
        var lead = blown.Summonses.Single(summons => summons.Role == DutyRole.Lead).Department;
        (lead.Text == department.Text || lead == TestCity.DonghuamenAsParty).ShouldBeTrue("a department put its work on another");
        blown.As.Joint.ShouldBeEmpty();
    }

    // Counted anew from the books, in the plane.
    private void RightlyMarked(WhistleBlown blown)
    {
        var before = blown.As?.Exercise == true ? [] : books.Values
            .Where(book => book is { Sounded: true, IsExercise: false, Mistaken: false }
                && book.Blown.Matter == blown.Matter
                && book.SoundedAt >= blown.At.AddDays(-30)
                && (book.Blown.Place is null || blown.Place is null || Metres(book.Blown.Place.Value, blown.Place.Value) <= 100))
            .OrderBy(book => book.SoundedAt)
            .ToList();
        (blown.As?.Repeat?.Count ?? 0).ShouldBe(before.Count, "a repeat is not recognised, or something else is taken for one");
    }

    private void Remembers(GridState state)
    {
        var past = state.Past ?? [];
        past.Length.ShouldBeLessThanOrEqualTo(GridState.MostPast);
        past.ShouldAllBe(one => !books[one.Whistle].IsExercise && !books[one.Whistle].Mistaken && books[one.Whistle].Sounded);
    }

    private static bool MayJudge(Book book, Officer by, DepartmentCode department, Powers power)
    {
        if (by.Organisation.Text == department.Text)
            return false;
        if (book.Blown.As?.Initiator is not { } initiator)
            return IsOfSubdistrict(by, power, book) || IsJoined(by, power, book);
        return initiator.Text != department.Text
            ? IsOfInitiator(by, book)
            : IsOfSubdistrict(by, power, book) || Is(by, Role.Commander, Powers.Command, book.Blown.District.Text);
    }

    private static bool MayEnd(Book book, Officer by)
    {
        var ofDepartment = book.Blown.As?.Initiator is not null;
        if (!book.Sounded && ofDepartment && IsOfInitiator(by, book))
            return true;
        var summoned = book.Blown.Summonses.Any(summons => summons.Department.Text == by.Organisation.Text);
        return (IsOfSubdistrict(by, Powers.Convene, book) && !summoned)
            || (ofDepartment && Is(by, Role.Commander, Powers.Command, book.Blown.District.Text));
    }

    private static bool MayApprove(Book book, Officer by) =>
        Is(by, Role.Commander, Powers.Approve, book.Blown.District.Text)
        || (book.Blown is { As: { Initiator: null, Approver: Role.SubdistrictLeader } }
            && Is(by, Role.SubdistrictLeader, Powers.Approve, book.Blown.Subdistrict.Text));

    private static bool IsOfSubdistrict(Officer by, Powers power, Book book) =>
        by.Role is Role.SubdistrictOfficer or Role.SubdistrictLeader && by.Powers.HasFlag(power) && by.Organisation.Text == book.Blown.Subdistrict.Text;

    private static bool IsJoined(Officer by, Powers power, Book book) =>
        by.Role is Role.SubdistrictOfficer or Role.SubdistrictLeader && by.Powers.HasFlag(power) && book.Joined.Any(joined => joined.Text == by.Organisation.Text);

    private static bool IsOfInitiator(Officer by, Book book) => book.Blown.As?.Initiator is { } initiator
        ? Is(by, Role.Dispatcher, Powers.Call, initiator.Text)
        : IsOfSubdistrict(by, Powers.Convene, book) || IsJoined(by, Powers.Convene, book);

    private static double MetresOutsideOf(Book book, LonLat place) =>
        (book.Blown.As?.Joint ?? ImmutableArray<CoInitiator>.Empty)
            .Where(other => !book.Declined.Contains(other.Subdistrict))
            .Select(other => MetresOutside(other.Grid, place))
            .Append(MetresOutside(book.Blown.Whistle.Grid, place))
            .Min();

    private static double Metres(LonLat one, LonLat other)
    {
        var (east, north) = ((one.Lon - other.Lon) * 85_300, (one.Lat - other.Lat) * 111_195);
        return Math.Sqrt((east * east) + (north * north));
    }

    private sealed partial class Book
    {
        /// <summary>False while it waits for its approval.</summary>
        public bool Sounded { get; set; }

        public DateTimeOffset SoundedAt { get; set; }

        public DateTimeOffset? DecidedAt { get; set; }

        public bool Missed { get; set; }

        /// <summary>Withdrawn, voided, or merged into another.</summary>
        public bool Mistaken { get; set; }

        public HashSet<Domain.Territory.SubdistrictCode> Joined { get; } = [.. (blown.As?.Joint ?? []).Where(other => other.Joined is not null).Select(other => other.Subdistrict)];

        public HashSet<Domain.Territory.SubdistrictCode> Declined { get; } = [];

        public bool IsExercise => Blown.As?.Exercise == true;

        /// <summary>Asked to join, and did not decline.</summary>
        public bool Asked(string organisation) =>
            Blown.As?.Joint.Any(other => other.Subdistrict.Text == organisation && !Declined.Contains(other.Subdistrict)) == true;

        public bool Asked(Domain.Territory.SubdistrictCode subdistrict) => Blown.As?.Joint.Any(other => other.Subdistrict == subdistrict) == true;
    }
}
