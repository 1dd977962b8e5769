using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>
/// A whole node with a whistle whose events were stored by versions that wrote them otherwise: one that has gained fields since, one under another name with other fields, and one that is
/// two today. The last two kinds never were released; they are examples of docs/schema-evolution.md.
/// </summary>
public sealed class EvolvedNode : IAsyncLifetime
{
    // As whistle-blown.1 was stored before there were six clocks (schedules), and before departments could blow (as).
    private const string Blown =
        """{"subdistrict":"990101001","district":"990101","matter":"burst-main","occasion":"emergency","level":"emergency","chain":"service","round":1,"description":"水管爆裂","packVersion":"example/1","summonses":[{"department":"waterworks","role":"lead","signBy":"2026-03-10T10:05:00+08:00","checkInBy":"2026-03-10T10:30:00+08:00"}],"whistle":"99010100100101-1","at":"2026-03-10T09:58:00+08:00","by":{"person":"street","name":"street","organisation":"990101001","role":"subdistrict-officer"},"key":{"key":"key-1","fingerprint":"same"}}""";

    private const string Acknowledged =
        """{"called":"waterworks","tooLate":false,"whistle":"99010100100101-1","at":"2026-03-10T09:58:30+08:00","by":{"person":"dispatcher-waterworks","name":"dispatcher-waterworks","organisation":"waterworks","role":"dispatcher"},"key":{"key":"key-2","fingerprint":"same"}}""";

    private const string Arrived =
        """{"department":"waterworks","crew":"waterworks-1","setOutAt":"2026-03-10T09:58:40+08:00","whistle":"99010100100101-1","at":"2026-03-10T09:59:30+08:00","by":{"person":"dispatcher-waterworks","name":"dispatcher-waterworks","organisation":"waterworks","role":"dispatcher"},"key":{"key":"key-3","fingerprint":"same"}}""";

    private static readonly JsonSerializerOptions Old = new(StoredJson.Kept) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    internal static readonly FurtherForms Forms = new(
        FormerForm.Lifted<SummonsAcknowledged>("summons-acknowledged.1", Old, old => new SummonsSigned(old.Whistle, old.At, old.By, old.Key, old.Called, old.TooLate)),
        FormerForm.Renamed<CrewReleased>("crew-let-go.1", StoredJson.Kept),
        FormerForm.Lifted<CrewArrived>("crew-arrived.1", Old, old => new EventsAtOnce(
        [
            new CrewDeparted(old.Whistle, old.SetOutAt, old.By, old.Key, old.Department, old.Crew, ArrivesAt: null),
            new CrewCheckedIn(old.Whistle, old.At, old.By, Key: null, old.Department, Late: false, old.Crew, Headcount: null, new Presence(null, null, null, null)),
        ])));

    internal static readonly WhistleId Id = new(ExampleCity.Belfry, 1);

    internal NodeBox Node { get; } = new(forms: Forms);

    public async ValueTask InitializeAsync()
    {
        // An empty journal has no table yet.
        await Node.StartAsync();
        (await Node.City.GiveOrderAsync(ExampleCity.Market, Orders.Blow(), CancellationToken.None)).ShouldBeOfType<OrderAccepted>();
        await Node.StopAsync();
        var actor = GridActor.PersistenceIdOf(ExampleCity.Belfry);
        Node.Store(actor, 1, "whistle-blown.1", Blown);
        Node.Store(actor, 2, "summons-acknowledged.1", Acknowledged);
        Node.Store(actor, 3, "crew-arrived.1", Arrived);
        await Node.StartAsync();
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    /// <summary>What is <see cref="SummonsSigned"/> today.</summary>
    private sealed record SummonsAcknowledged(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Called, bool TooLate);

    /// <summary>What is <see cref="CrewDeparted"/> and <see cref="CrewCheckedIn"/> today.</summary>
    private sealed record CrewArrived(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, CrewCode? Crew, DateTimeOffset SetOutAt);
}
