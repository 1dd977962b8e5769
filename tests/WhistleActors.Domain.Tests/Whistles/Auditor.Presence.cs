using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Who is on the spot: several crews, coming, leaving, let go one by one.</summary>
internal sealed partial class Auditor
{
    private static void SeeJoining(Book book, Page page, CrewJoined joined)
    {
        ByDepartment(joined, Powers.Attend);
        page.CheckedInAt.ShouldNotBeNull("somebody joined nobody");
        OnTheSpot(book, joined, joined.Presence);
        page.Arrive(joined.CheckIn, joined.Crew, joined.By!, joined.PostedTo);
    }

    private static void SeeLeaving(Page page, CrewLeft left)
    {
        ByDepartment(left, Powers.Attend);
        var crew = page.Crews[left.CheckIn - 1];
        crew.Left.ShouldBeFalse("left twice");
        left.Crew.ShouldBe(crew.Code);
        left.Unreleased.ShouldBe(page.CrewBound && !crew.Released, "a departure is not marked as what it is");
        crew.Left = true;
    }

    private static void SeeReleaseOfCrew(Book book, Page page, CrewReleased released)
    {
        var crew = page.Crews[released.CheckIn - 1];
        (MayJudge(book, released.By!, released.Department, Powers.Convene)
            || Is(released.By!, Role.Commander, Powers.Command, book.Blown.District.Text)
            || IsPostedWith(crew, released.By!)).ShouldBeTrue();
        page.CrewBound.ShouldBeTrue("nobody was bound");
        crew.Released.ShouldBeFalse("released twice");
        if (!page.Accepted)
            released.Reason.ShouldNotBeNull();
        crew.Released = true;
        page.Bound.Any(other => !other.Left).ShouldBeTrue("the last crew on the spot was let go, and its department was not");
    }

    private static bool IsPostedWith(OnSite crew, Officer by) =>
        crew.PostedTo is { } post && Is(by, Role.SubdistrictOfficer, Powers.Convene, post.Text);

    private sealed class OnSite(CrewCode? code, Officer by, SubdistrictCode? postedTo)
    {
        public CrewCode? Code { get; } = code;

        public string Name { get; } = code?.Text ?? $"the people of {by.Person}";

        public SubdistrictCode? PostedTo { get; } = postedTo;

        public bool Left { get; set; }

        public bool Released { get; set; }

        public bool CameBack { get; set; }
    }

    private sealed partial class Page
    {
        public List<OnSite> Crews { get; } = [];

        public IEnumerable<OnSite> Bound => CrewBound ? Crews.Where(crew => crew is { Released: false, CameBack: false }) : [];

        public void Arrive(int number, CrewCode? code, Officer by, SubdistrictCode? postedTo)
        {
            number.ShouldBe(Crews.Count + 1);
            postedTo.ShouldBe(code == TestCity.PostedCrew ? TestCity.Jingshan : null);
            var arrived = new OnSite(code, by, postedTo);
            foreach (var before in Crews.Where(crew => crew.Name == arrived.Name && !crew.CameBack))
            {
                (before.Left || before.Released).ShouldBeTrue("checked in twice at the same time");
                before.CameBack = true;
            }

            Crews.Add(arrived);
        }

        public bool AreAllPostedWith(Officer by) => Bound.Any() && Bound.All(crew => IsPostedWith(crew, by));

        private void ShouldKnowItsCrews(Summons summons)
        {
            summons.BoundCheckIns().Count().ShouldBe(Bound.Count());
            CrewBound.ShouldBe(Bound.Any(), "a department is bound, and none of its crews is");
        }
    }
}
