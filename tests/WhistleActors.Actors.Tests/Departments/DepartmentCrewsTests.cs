using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Departments;

public sealed class DepartmentCrewsTests
{
    private static readonly WhistleId Whistle = new(ExampleCity.Belfry, 1);
    private static readonly CrewCode Crew = CrewCode.Parse("waterworks-1");
    private static readonly Officer Dispatcher = new(PersonId.Parse("wang"), "王强", OrganisationCode.Parse("waterworks"), Role.Dispatcher);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_order_is_stored_before_it_is_answered_told_to_the_boards_and_still_holds_after_a_restart()
    {
        await using var box = new ActorBox();
        var department = await SummonedAsync(box);
        (await OrderAsync(department, new AssignCrew(Crew, Whistle, "近"))).ShouldBe(new DepartmentAnswer(null));
        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'crew-assigned.1'").ShouldBe(1);
        var told = await PublishedAsync(box);
        told.Crews.AssignedTo(Whistle).ShouldBe(Crew);

        await box.RestartAsync();
        department = box.Department(ExampleCity.Waterworks);
        (await OrderAsync(department, new AssignCrew(Crew, Whistle))).ShouldBe(new DepartmentAnswer(null));
        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'crew-assigned.1'").ShouldBe(1, "to say it twice is to say it once");
        (await OrderAsync(department, new AssignCrew(CrewCode.Parse("waterworks-2"), Whistle))).Refusal!.Code.ShouldBe("whistle-has-crew");
    }

    [Fact]
    public async Task A_crew_on_the_way_ends_its_assignment_and_the_boards_hear_of_both_at_one_version()
    {
        await using var box = new ActorBox();
        var department = await SummonedAsync(box);
        await OrderAsync(department, new AssignCrew(Crew, Whistle));
        await department.Ask<NewsHeard>(News(3, SummonsState.Departed, committed: true), Soon);

        PublishedCrews told;
        do
            told = await PublishedAsync(box);
        while (told.Version < 3);
        told.Crews.Assigned.ShouldBeEmpty();
        (await department.Ask<LoadView>(new AskLoad(ExampleCity.Waterworks), Soon)).Version.ShouldBe(told.Version);
    }

    [Fact]
    public async Task An_order_that_cannot_be_stored_says_so_and_does_not_hold()
    {
        await using var box = new ActorBox(FlakyJournal.Hocon);
        var department = await SummonedAsync(box);
        FlakyJournal.Next = FlakyJournal.Trouble.Failure;
        (await OrderAsync(department, new AssignCrew(Crew, Whistle))).ShouldBe(new DepartmentAnswer(null, Stored: false));

        department = box.Department(ExampleCity.Waterworks);
        (await OrderAsync(department, new AssignCrew(CrewCode.Parse("waterworks-2"), Whistle))).ShouldBe(new DepartmentAnswer(null));
    }

    private static async Task<IActorRef> SummonedAsync(ActorBox box)
    {
        var department = box.Department(ExampleCity.Waterworks);
        await department.Ask<NewsHeard>(News(1, SummonsState.Summoned), Soon);
        return department;
    }

    private static Task<DepartmentAnswer> OrderAsync(IActorRef department, CrewCommand command) =>
        department.Ask<DepartmentAnswer>(new GiveCrewOrder(ExampleCity.Waterworks, new CrewOrder(command, Dispatcher)), Soon);

    private static async Task<PublishedCrews> PublishedAsync(ActorBox box)
    {
        while (true)
        {
            if (await box.Boards.ReceiveAsync(Soon) is PublishedCrews crews)
                return crews;
        }
    }

    private static SummonsNews News(long version, SummonsState state, bool committed = false) => new(
        ExampleCity.Waterworks,
        Whistle,
        new HeldSummons(version, DutyRole.Lead, WhistleLevel.Daily, state, null, null, null, committed ? Crew : null, Owes: true, Committed: committed));
}
