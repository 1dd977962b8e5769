using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Conferences and the action plan: who speaks, who decides, and that no task is lost.</summary>
internal sealed partial class Auditor
{
    private static bool SeeConsultation(Book book, GridEvent happened)
    {
        var books = book.Consultation;
        switch (happened)
        {
            case ConferenceConvened convened:
                (IsOfInitiator(convened.By!, book) || IsCommand(convened.By!, book)).ShouldBeTrue("not theirs to convene");
                books.Open.ShouldBeNull("two conferences at once");
                convened.Number.ShouldBe(++books.Conferences);
                if (convened.Joint)
                    (book.Round > 1 || book.Pages.Values.Any(page => page.Referred)).ShouldBeTrue("joint before its time");
                convened.Chair.Text.ShouldBe(convened.Joint ? book.Blown.District.Text : convened.By!.Organisation.Text);
                convened.Parties.ShouldBeUnique();
                convened.Parties.Select(party => party.Text)
                    .ShouldBeSubsetOf(Organisations);
                book.Summoned.Select(department => department.Text).Append(book.Blown.Subdistrict.Text).Append(book.Blown.District.Text)
                    .Concat(book.Joined.Select(joined => joined.Text)).Concat(book.Blown.As?.Initiator is { } initiator ? [initiator.Text] : [])
                    .Except(convened.Parties.Select(party => party.Text)).ShouldBeEmpty("a party was left out");
                books.Open = convened;
                books.Proposals = 0;
                return true;
            case PositionStated stated:
                Speaks(books, stated.By!, stated.Conference);
                return true;
            case MeasureProposed proposed:
                Speaks(books, proposed.By!, proposed.Conference);
                proposed.Number.ShouldBe(++books.Proposals);
                return true;
            case ProposalAnswered answered:
                Speaks(books, answered.By!, answered.Conference);
                answered.Proposal.ShouldBeInRange(1, books.Proposals);
                (answered.Agrees || answered.Reason is not null).ShouldBeTrue("an objection without a reason");
                return true;
            case ConferenceDecided decided:
                Speaks(books, decided.By!, decided.Conference);
                decided.By!.Organisation.ShouldBe(books.Open!.Chair);
                decided.Adopted.ShouldAllBe(number => number >= 1 && number <= books.Proposals);
                decided.Minutes.Zh.ShouldContain(decided.Decision);
                decided.Minutes.En.ShouldContain(decided.Decision);
                foreach (var task in decided.Tasks)
                    task.DueOn.ShouldBeGreaterThanOrEqualTo(DayOf(decided.At));
                decided.Summoned.Select(summons => summons.Department).Intersect(book.Summoned).ShouldBeEmpty("summoned twice in a round");
                Summon(book, decided.Summoned, decided.Schedules, decided.At, decided.At);
                decided.Tasks.Select(task => task.Department).Except(book.Summoned).ShouldBeEmpty("a task for a department that is not summoned");
                books.Tasks.AddRange(decided.Tasks.Select(task => new TaskBook(task.Department)));
                books.Open = null;
                return true;
            case TaskCompleted completed:
                var done = books.Tasks[completed.Task - 1];
                completed.By!.Organisation.Text.ShouldBe(done.Department.Text);
                completed.By.Role.ShouldBeOneOf(done.Department == TestCity.DonghuamenAsParty ? [Role.SubdistrictOfficer, Role.SubdistrictLeader] : [Role.Dispatcher]);
                done.State.ShouldBe(0);
                done.State = 1;
                return true;
            case TaskConfirmed confirmed:
                MayJudge(book, confirmed.By!, books.Tasks[confirmed.Task - 1].Department, Powers.Veto).ShouldBeTrue("not theirs to confirm");
                books.Tasks[confirmed.Task - 1].State.ShouldBe(1);
                books.Tasks[confirmed.Task - 1].State = 2;
                return true;
            case TaskReturned returned:
                MayJudge(book, returned.By!, books.Tasks[returned.Task - 1].Department, Powers.Veto).ShouldBeTrue("not theirs to return");
                books.Tasks[returned.Task - 1].State.ShouldBe(1);
                books.Tasks[returned.Task - 1].State = 0;
                books.Tasks[returned.Task - 1].Returns++;
                return true;
            default:
                return false;
        }
    }

    private static void Speaks(ConsultationBook books, Officer by, int conference)
    {
        var open = books.Open.ShouldNotBeNull("no conference is open");
        open.Number.ShouldBe(conference);
        open.Parties.ShouldContain(by.Organisation);
        by.Role.ShouldBeOneOf(Role.SubdistrictOfficer, Role.SubdistrictLeader, Role.Dispatcher, Role.Commander);
    }

    private sealed partial class Book
    {
        public ConsultationBook Consultation { get; } = new();
    }

    private sealed class ConsultationBook
    {
        public int Conferences { get; set; }

        public ConferenceConvened? Open { get; set; }

        public int Proposals { get; set; }

        public List<TaskBook> Tasks { get; } = [];

        public void ShouldBeDone()
        {
            Open.ShouldBeNull("closed over an open conference");
            Tasks.ShouldAllBe(task => task.State == 2);
        }

        public void ShouldAgreeWith(Whistle whistle)
        {
            var known = whistle.Consultation ?? Consultation.Empty;
            known.Conferences.Length.ShouldBe(Conferences);
            known.Open?.Number.ShouldBe(Open!.Number);
            (known.Open is null).ShouldBe(Open is null);
            known.Tasks.Select(task => (task.Department, task.Returns, task.Confirmation is not null ? 2 : task.Completion is not null ? 1 : 0))
                .ShouldBe(Tasks.Select(task => (task.Department, task.Returns, task.State)));
        }
    }

    // 0: to be done. 1: said to be done. 2: confirmed.
    private sealed class TaskBook(DepartmentCode department)
    {
        public DepartmentCode Department { get; } = department;

        public int State { get; set; }

        public int Returns { get; set; }
    }
}
