using System.Collections.Immutable;
using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Actors.Tests.Access;

public sealed class AccessActorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly PersonId Wang = PersonId.Parse("wang");
    private static readonly Officer Admin = new(PersonId.Parse("admin"), "管理员", OrganisationCode.Parse("city"), Role.Administrator);

    [Fact]
    public async Task A_withdrawal_is_answered_when_it_is_stored_told_to_the_nodes_and_there_after_a_restart()
    {
        await using var box = new ActorBox();
        var told = new List<AccessState>();
        var answer = await WithdrawAsync(Access(box, told));

        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'access-withdrawn.1'").ShouldBe(1);
        answer.State.Refuses(Wang, box.Clock.GetUtcNow().AddSeconds(-1)).ShouldBeTrue();
        told.ShouldHaveSingleItem().ShouldBe(answer.State);

        await box.RestartAsync();
        var access = Access(box, told);
        (await access.Ask<AccessState>(new AskAccess(), Patience)).Withdrawn.ShouldBe(answer.State.Withdrawn);
        (await WithdrawAsync(access)).State.Version.ShouldBe(1, "the same key, the same withdrawal");
        told.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_refused_changes_nothing()
    {
        await using var box = new ActorBox();
        var access = Access(box, []);

        var answer = await access.Ask<AccessAnswer>(new GiveAccessOrder(new AccessOrder(new WithdrawAccess(Wang, "x"), Admin with { Role = Role.Observer })), Patience);

        answer.Refusal!.Code.ShouldBe("not-administrator");
        (await access.Ask<AccessState>(new AskAccess(), Patience)).Version.ShouldBe(0);
        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(0);
    }

    [Fact]
    public void A_node_takes_what_is_newer_and_knows_nobody_before_it_has_heard()
    {
        var book = new AccessBook();
        book.Known.IsCompleted.ShouldBeFalse();
        book.Take(AccessState.Empty);
        book.Known.IsCompleted.ShouldBeTrue();

        var newer = new AccessState(2, ImmutableDictionary<PersonId, AccessWithdrawn>.Empty);
        book.Take(newer);
        book.Take(new AccessState(1, ImmutableDictionary<PersonId, AccessWithdrawn>.Empty));
        book.Now.ShouldBe(newer);
    }

    private static IActorRef Access(ActorBox box, List<AccessState> told)
    {
        var clock = box.Clock;
        return box.System.ActorOf(Props.Create(() => new AccessActor(clock, told.Add)));
    }

    private static Task<AccessAnswer> WithdrawAsync(IActorRef access) =>
        access.Ask<AccessAnswer>(new GiveAccessOrder(new AccessOrder(new WithdrawAccess(Wang, "调离", Key: "k"), Admin)), Patience);
}
