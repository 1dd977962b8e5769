using Shouldly;
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
                ByInitiator(book.Blown, again.By, Powers.Convene);
                again.Round.ShouldBe(book.Round + 1);
                again.Round.ShouldBeLessThanOrEqualTo(TestCity.Pack.Rounds.Most);
                again.Reason.ShouldNotBeNullOrEmpty();
                again.Summonses.Select(summons => summons.Department).ShouldBeUnique();
                var onTheSpot = book.Pages.Where(page => page.Value is { CheckedInAt: not null, FreedAt: null }).Select(page => page.Key);
                again.Summonses.Select(summons => summons.Department).Intersect(onTheSpot).ShouldBeEmpty("who works on the spot was summoned away");
                book.Pages.Where(page => page.Value is { CheckedInAt: null, FreedAt: null, Stamped.Role: not DutyRole.Notified }).Select(page => page.Key)
                    .Except(again.Summonses.Select(summons => summons.Department)).ShouldBeEmpty("who never came was not summoned again");
                Summon(book, again.Summonses, again.At);
                foreach (var (department, page) in book.Pages)
                {
                    if (department == again.Lead)
                        page.Stamped = page.Stamped with { Role = DutyRole.Lead };
                    else if (page.Stamped.Role == DutyRole.Lead)
                        page.Stamped = page.Stamped with { Role = DutyRole.Cooperating };
                }

                book.Round++;
                return true;
            case WhistleReopened reopened:
                ByInitiatorOrCommand(book, reopened.By!);
                book.Closed.ShouldBeTrue("only what was closed comes back");
                (DayOf(reopened.At).DayNumber - DayOf(book.EndedAt!.Value).DayNumber).ShouldBeLessThanOrEqualTo(TestCity.Pack.Rounds.ReopenWithinDays);
                reopened.Round.ShouldBe(book.Round + 1);
                reopened.Ended.Version.ShouldBe(book.Version, "it comes back as another than it was");
                reopened.Summonses.Select(summons => (summons.Department, summons.Role))
                    .ShouldBe(book.Summoned.Select(department => (department, book.Of(department).Stamped.Role)));
                Summon(book, reopened.Summonses, book.EndedAt.Value);
                (book.EndedAt, book.Closed) = (null, false);
                book.Round++;
                return true;
            default:
                return false;
        }
    }

    private static void Summon(Book book, IEnumerable<StampedSummons> summonses, DateTimeOffset stopped)
    {
        foreach (var summons in summonses)
        {
            (summons.SignBy is null).ShouldBe(summons.Role == DutyRole.Notified);
            (summons.CheckInBy is null).ShouldBe(summons.Role == DutyRole.Notified);
            if (book.Pages.TryGetValue(summons.Department, out var page) && page.CrewBound)
            {
                page.Stamped = page.Stamped with { Role = summons.Role };
                (page.Reported, page.Accepted, page.FreedAt) = (null, false, null);
                continue;
            }

            if (page is not null)
                book.Turned.Add((page, stopped));
            else
                book.Summoned.Add(summons.Department);
            book.Pages[summons.Department] = new Page(summons);
        }
    }

    private static void ByInitiatorOrCommand(Book book, Officer by) =>
        (Is(by, Role.SubdistrictOfficer, Powers.Convene, book.Blown.Subdistrict.Text)
            || Is(by, Role.Commander, Powers.Command, book.Blown.District.Text)).ShouldBeTrue("neither initiator nor command centre");

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private sealed partial class Book
    {
        public int Round { get; set; } = 1;

        public bool Closed { get; set; }

        /// <summary>Pages of earlier rounds, with when their clocks stopped at the latest.</summary>
        public List<(Page Page, DateTimeOffset Stopped)> Turned { get; } = [];
    }
}
