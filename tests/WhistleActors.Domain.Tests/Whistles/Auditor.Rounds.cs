using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>The rounds of a whistle: who is summoned again, and that nobody on the spot is forgotten over it.</summary>
internal sealed partial class Auditor
{
    private static bool SeeRound(Book book, GridEvent happened)
    {
        switch (happened)
        {
            case WhistleBlownAgain again:
                IsOfInitiator(again.By!, book).ShouldBeTrue("not theirs to blow again");
                again.Round.ShouldBe(book.Round + 1);
                again.Round.ShouldBeLessThanOrEqualTo(TestCity.Pack.Rounds.Most);
                again.Reason.ShouldNotBeNullOrEmpty();
                again.Summonses.Select(summons => summons.Department).ShouldBeUnique();
                var onTheSpot = book.Pages.Where(page => page.Value is { CrewBound: true, FreedAt: null }).Select(page => page.Key);
                again.Summonses.Select(summons => summons.Department).Intersect(onTheSpot).ShouldBeEmpty("who works on the spot was summoned away");
                book.Pages.Where(page => page.Value is { CrewBound: false, Role: not DutyRole.Notified } && (page.Value.FreedAt is null || page.Value.ReturnedAt is not null)).Select(page => page.Key)
                    .Except(again.Summonses.Select(summons => summons.Department)).ShouldBeEmpty("who never came was not summoned again");
                again.Summonses.Where(summons => book.Pages.GetValueOrDefault(summons.Department) is { Role: DutyRole.Notified, Released: true })
                    .ShouldBeEmpty("summoned against a ruling");
                Summon(book, again.Summonses, again.Schedules, again.At, again.At);
                foreach (var (department, page) in book.Pages)
                {
                    page.SummonedAt = again.At;
                    if (department == again.Lead)
                        page.Role = DutyRole.Lead;
                    else if (page.Role == DutyRole.Lead)
                        page.Role = DutyRole.Cooperating;
                }

                book.Round++;
                return true;
            case SubstituteCalled called:
                IsCommand(called.By!, book).ShouldBeTrue("not the command centre");
                called.Reason.ShouldNotBeNullOrEmpty();
                (book.Pages[called.Department] is { Role: not DutyRole.Notified, FreedAt: null }).ShouldBeTrue("a substitute for who owes nothing");
                var told = book.Pages.GetValueOrDefault(called.Summoned.Department);
                (told is null or { Role: DutyRole.Notified, Released: false }).ShouldBeTrue("summoned twice");
                called.Summoned.Role.ShouldBe(DutyRole.Cooperating);
                called.Summoned.CheckInBy!.Value.ShouldBeGreaterThan(called.At);
                book.Pages[called.Summoned.Department] = new Page(called.Summoned, called.Schedules?.FirstOrDefault()) { SummonedAt = called.At };
                return true;
            case WhistleReopened reopened:
                (MayEnd(book, reopened.By!) || IsCommand(reopened.By!, book)).ShouldBeTrue("not theirs to reopen");
                book.Closed.ShouldBeTrue("only what was closed comes back");
                (DayOf(reopened.At).DayNumber - DayOf(book.EndedAt!.Value).DayNumber).ShouldBeLessThanOrEqualTo(TestCity.Pack.Rounds.ReopenWithinDays);
                reopened.Round.ShouldBe(book.Round + 1);
                reopened.Ended.Version.ShouldBe(book.Version, "it comes back as another than it was");
                reopened.Summonses.Select(summons => (summons.Department, summons.Role)).ToHashSet()
                    .SetEquals(book.Pages.Where(page => page.Value.Role != DutyRole.Notified).Select(page => (page.Key, page.Value.Role))).ShouldBeTrue();
                Summon(book, reopened.Summonses, reopened.Schedules, book.EndedAt.Value, reopened.At);
                (book.EndedAt, book.Closed) = (null, false);
                book.Round++;
                return true;
            default:
                return false;
        }
    }

    private static void Summon(
        Book book, IReadOnlyList<StampedSummons> summonses, IReadOnlyList<ClockSchedule>? schedules, DateTimeOffset stopped, DateTimeOffset at)
    {
        // The first one names the first of the schedules that came with it.
        var first = summonses.Min(summons => summons.Schedule);
        foreach (var summons in summonses)
        {
            (summons.SignBy is null).ShouldBe(summons.Role == DutyRole.Notified);
            (summons.CheckInBy is null).ShouldBe(summons.Role == DutyRole.Notified);
            var again = new Page(summons, summons.Schedule is { } index ? schedules![index - first!.Value] : null) { SummonedAt = at };
            if (book.Pages.GetValueOrDefault(summons.Department) is { } page)
            {
                again.Follow(page);
                page.LedgerOpen = false;
                book.Turned.Add((page, stopped));
            }

            book.Pages[summons.Department] = again;
        }
    }

    private static bool IsCommand(Officer by, Book book) => Is(by, Role.Commander, Powers.Command, book.Blown.District.Text);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private sealed partial class Book
    {
        public int Round { get; set; } = 1;

        public bool Closed { get; set; }

        /// <summary>Pages of earlier rounds, with when their clocks stopped at the latest.</summary>
        public List<(Page Page, DateTimeOffset Stopped)> Turned { get; } = [];
    }

    private sealed partial class Page
    {
        /// <summary>A crew on the spot stays there, and a dispute waits on; all else begins anew.</summary>
        public void Follow(Page before)
        {
            (DisputeOpen, Referred) = (before.DisputeOpen, before.Referred);
            DisputedInRound = before.DisputeOpen ? before.DisputedInRound : null;
            if (!before.CrewBound)
                return;
            (SignedAt, DepartedAt, CheckedInAt) = (before.SignedAt, before.DepartedAt, before.CheckedInAt);
            Crews.AddRange(before.Crews);
            foreach (var clock in new[] { Clock.Sign, Clock.Contact, Clock.CheckIn })
                Answered[clock] = before.SignedAt;
        }
    }
}
