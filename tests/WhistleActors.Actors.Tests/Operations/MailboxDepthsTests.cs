using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Operations;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Operations;

public sealed class MailboxDepthsTests
{
    [Fact]
    public async Task What_waits_for_a_busy_grid_is_counted_though_the_grid_has_put_it_aside_and_no_more_when_it_is_done()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        var journal = (IInternalActorRef)node.Journal;
        journal.Suspend();

        for (var i = 0; i < 20; i++)
            node.Region<GridActor>().Tell(new GiveOrder(ExampleCity.Belfry, Orders.Blow()), ActorRefs.NoSender);
        for (var i = 0; i < 5; i++)
            node.Region<GridActor>().Tell(new GiveOrder(ExampleCity.Market, Orders.Blow()), ActorRefs.NoSender);

        // Neither is there before the journal has told what is stored of it: so all of them wait, and the journal is asked by both.
        await Eventually.TrueAsync(() => DepthOf(node, "grid") is { Deepest: 20, Waiting: 25 } && DepthOf(node, "journal").Waiting >= 2);
        DepthOf(node, "department").Waiting.ShouldBe(0, "what is not stored is told to nobody");

        journal.Resume();

        await Eventually.TrueAsync(() => node.Mailboxes.Now.All(depth => depth is { Deepest: 0, Waiting: 0 }));
        (await node.City.OpenInGridAsync(ExampleCity.Belfry, TestContext.Current.CancellationToken)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task What_leads_to_the_actors_has_a_mailbox_too_and_each_kind_is_told_whether_anything_waits_or_not()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        var region = (IInternalActorRef)node.Region<DepartmentActor>();
        region.Suspend();

        for (var i = 0; i < 7; i++)
            region.Tell(new AskLoad(ExampleCity.Waterworks), ActorRefs.NoSender);

        await Eventually.TrueAsync(() => DepthOf(node, "region") is { Deepest: >= 7, Waiting: >= 7 });
        node.Mailboxes.Now.Select(depth => depth.Actor).ShouldBe(["grid", "department", "desk", "access", "region", "board", "pub-sub", "journal", "snapshots"]);

        region.Resume();
        await Eventually.TrueAsync(() => DepthOf(node, "region") is { Deepest: 0, Waiting: 0 });
    }

    private static MailboxDepth DepthOf(NodeBox node, string actor) => node.Mailboxes.Now.Single(depth => depth.Actor == actor);
}
