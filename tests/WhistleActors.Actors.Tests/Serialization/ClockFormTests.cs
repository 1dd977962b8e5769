using System.Text;
using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>What the six clocks and the ledger added to forms that were stored before.</summary>
public sealed class ClockFormTests : IDisposable
{
    private readonly ActorSystem system = ActorSystem.Create(
        "clock-forms", WhistleActorsHosting.Configuration(StorageSettings.Sqlite("unused.db"), "akka.stdout-loglevel = OFF"));

    public void Dispose() => system.Terminate().GetAwaiter().GetResult();

    [Fact]
    public void A_whistle_with_all_that_can_happen_to_its_clocks_survives_storing() =>
        ((PublishedWhistle)Again(new PublishedWhistle(Samples.Delayed))).Whistle.ShouldBeEquivalentTo(Samples.Delayed);

    [Fact]
    public void Stamped_clocks_survive_storing_and_are_readable()
    {
        var blown = (WhistleBlown)Samples.All["whistle-blown.1"] with { Schedules = Samples.Schedules };

        Again(blown).ShouldBeEquivalentTo(blown);
        Written(blown).ShouldContain("\"limit\":\"4 working-hours\"");
    }

    [Fact]
    public void The_running_clocks_of_thirty_departments_cost_little_more_than_those_of_one()
    {
        var summons = Samples.Delayed.Summonses[0];
        var whistle = Samples.Delayed with
        {
            Summonses = [.. Enumerable.Range(0, 30).Select(n => summons with { Department = DepartmentCode.Parse($"department-{n}") })],
        };
        var undelayed = whistle with { Summonses = [.. whistle.Summonses.Select(one => one with { Clocks = new SummonsClocks(0), Ledger = null })] };
        var bare = whistle with { Schedules = null, Summonses = [.. whistle.Summonses.Select(one => one with { Clocks = null, Ledger = null })] };

        (Size(undelayed) - Size(bare)).ShouldBeLessThan(2 * 1024, "running clocks are shared");

        int Size(Whistle one) => Serializer.ToBinary(new PublishedWhistle(one)).Length;
    }

    [Fact]
    public void What_acceptance_and_veto_carry_now_survives_storing()
    {
        var accepted = (OutcomeAccepted)Samples.All["outcome-accepted.1"] with
        {
            Plan = new LedgerPlan(DateTimeOffset.UnixEpoch, [new LedgerReminder(DateTimeOffset.UnixEpoch, new DateOnly(2026, 4, 1))]),
        };
        var vetoed = (OutcomeVetoed)Samples.All["outcome-vetoed.1"] with { Rework = new ClockRun(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1)) };

        Again(accepted).ShouldBeEquivalentTo(accepted);
        Again(vetoed).ShouldBeEquivalentTo(vetoed);
    }

    [Fact]
    public void What_was_stored_before_there_were_six_clocks_has_the_two_that_it_always_had()
    {
        var whistle = GridFold.Apply((Whistle?)null, (WhistleBlown)Samples.All["whistle-blown.1"]);

        whistle.ClocksOf(whistle.Summonses[0]).Select(standing => standing.Clock).ShouldBe([Clock.Sign, Clock.CheckIn]);
        whistle.NextDeadline.ShouldBe(whistle.Summonses[0].SignBy);
    }

    private object Again(object value) => Serializer.FromBinary(Serializer.ToBinary(value), Serializer.Manifest(value));

    private string Written(object value) => Encoding.UTF8.GetString(Serializer.ToBinary(value));

    private WhistleSerializer Serializer => (WhistleSerializer)system.Serialization.FindSerializerForType(typeof(IWhistleMessage));
}
