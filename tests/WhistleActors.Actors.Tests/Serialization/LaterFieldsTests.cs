using System.Text;
using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>Fields that forms of before have gained: kept when filled, and not written when empty (the samples hold that fast).</summary>
public sealed class LaterFieldsTests : IDisposable
{
    private static readonly DepartmentCode Roads = DepartmentCode.Parse("990101-roads");

    private readonly ActorSystem system = ActorSystem.Create(
        "later-fields", WhistleActorsHosting.Configuration(StorageSettings.Sqlite("unused.db"), "akka.stdout-loglevel = OFF"));

    public void Dispose() => system.Terminate().GetAwaiter().GetResult();

    [Fact]
    public void A_first_check_in_keeps_who_came_and_from_which_post() => Survives(
        (CrewCheckedIn)Samples.All["crew-checked-in.1"] with { Persons = [new Attendee("王强", "队长")], PostedTo = SubdistrictCode.Parse("990101002") });

    [Fact]
    public void A_department_keeps_how_many_crews_are_bound_and_which_turn_it_is()
    {
        var held = (SummonsHeld)Samples.All["summons-held.1"];
        Survives(held with { Summons = held.Summons with { Crews = 3, Turn = 1 } });
        Survives((SummonsOver)Samples.All["summons-over.1"] with { Turn = 1 });
        var state = (DepartmentState)Samples.All["department-state.1"];
        Survives(state with { Crews = CrewSamples.Everything });
        Survives(state with { Over = state.Over.SetItem(state.Over.Keys.Single(), new OverSummons(4, DateTimeOffset.UnixEpoch, 1)) });
    }

    [Fact]
    public void A_whistle_keeps_further_crews_and_disputes()
    {
        var whistle = ((PublishedWhistle)Samples.All["whistle.1"]).Whistle;
        var summons = whistle.Summonses[0];
        var (by, at) = (whistle.BlownBy, whistle.BlownAt);
        var checkIn = summons.CheckIn! with { Left = new Leaving(at, by, Unreleased: true, "去取设备"), Released = new Release(at, by, "另有任务") };
        var dispute = new Dispute(
            at, by, 1, "不属我单位职责", Roads, new Referral(at, by, "先行会商", "依据"), new Ruling(at, by, RulingKind.Upheld, "维持", "依据", DutyRole.Lead, null));

        Survives(new PublishedWhistle(whistle with
        {
            Summonses = [summons with { CheckIn = checkIn, Attendance = new Attendance([checkIn]), Dispute = dispute, InPlaceOf = new Reassignment(at, Roads) }],
        }));
    }

    [Fact]
    public void A_checkpoint_keeps_the_rulings()
    {
        var ruled = (DisputeRuled)Samples.All["dispute-ruled.1"];
        var state = (BoardState)Samples.All["board-state.1"];
        Survives(state with { Precedents = [Precedent.Of(state.Open[0], ruled)!] });
    }

    [Fact]
    public void An_assignment_keeps_where_the_crew_goes_from_there()
    {
        var assigned = (CrewAssigned)CrewSamples.All["crew-assigned.1"];
        var next = new WhistleId(assigned.Whistle.Grid, assigned.Whistle.Number + 1);
        Survives(assigned with { Then = [next] });
        Survives(new GiveCrewOrder(Roads, new CrewOrder(new AssignCrew(assigned.Crew, assigned.Whistle, "顺路", [next]), By: null)));

        var (crew, assignment) = CrewSamples.Everything.Assigned.Single();
        var published = ((PublishedCrews)CrewSamples.All["crews.1"]) with
        {
            Crews = CrewSamples.Everything with { Assigned = CrewSamples.Everything.Assigned.SetItem(crew, assignment with { Then = [next] }) },
        };
        ((PublishedCrews)Again(published)).Crews.Assigned[crew].Trip.ShouldBe([assignment.Whistle, next]);
    }

    [Fact]
    public void Orders_to_a_department_keep_where_they_stand_in_a_trace()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Survives(((GiveAlertOrder)AlertSamples.All["give-alert-order.1"]) with { Trace = Trace });
        Survives(((GiveCrewOrder)CrewSamples.All["give-crew-order.1"]) with { Trace = Trace });
    }

    private void Survives(object value) => Content(Again(value)).ShouldBeEquivalentTo(Content(value));

    private object Again(object value)
    {
        var serializer = (Akka.Serialization.SerializerWithStringManifest)system.Serialization.FindSerializerFor(value);
        var written = serializer.ToBinary(value);

        var read = serializer.FromBinary(written, serializer.Manifest(value));

        Encoding.UTF8.GetString(serializer.ToBinary(read)).ShouldBe(Encoding.UTF8.GetString(written));
        return read;
    }

    private static object Content(object value) => value is PublishedWhistle published ? published.Whistle : value;
}
