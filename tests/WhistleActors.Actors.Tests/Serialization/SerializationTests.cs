using System.Text;
using System.Text.Json;
using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Reports;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

public sealed class SerializationTests : IDisposable
{
    private readonly ActorSystem system = ActorSystem.Create(
        "serialization", WhistleActorsHosting.Configuration(StorageSettings.Sqlite("unused.db"), "akka.stdout-loglevel = OFF"));

    public static TheoryData<string> ManifestNames => [.. Manifests.Known.Select(known => known.Manifest)];

    public void Dispose() => system.Terminate().GetAwaiter().GetResult();

    [Theory]
    [MemberData(nameof(ManifestNames))]
    public void What_was_stored_or_sent_under_a_manifest_is_still_read_as_what_it_was(string manifest)
    {
        var read = Serializer().FromBinary(Stored(manifest), manifest);

        Content(read).ShouldBeEquivalentTo(Content(Samples.All[manifest]));
    }

    [Theory]
    [MemberData(nameof(ManifestNames))]
    public void A_manifest_is_written_as_it_always_was(string manifest)
    {
        var written = Encoding.UTF8.GetString(Serializer().ToBinary(Samples.All[manifest]));

        written.ShouldBe(Encoding.UTF8.GetString(Stored(manifest)));
    }

    [Fact]
    public void There_is_a_sample_for_every_manifest_and_a_manifest_for_every_sample() =>
        Samples.All.Keys.Order().ShouldBe(Manifests.Known.Select(known => known.Manifest).Order());

    [Fact]
    public void Whatever_is_stored_or_sent_has_a_manifest_and_goes_through_the_one_serializer()
    {
        Type[] roots = [typeof(IWhistleMessage), typeof(GridEvent), typeof(DepartmentEvent), typeof(AlertEvent), typeof(ReportEvent), typeof(AccessEvent)];
        var all = new[] { typeof(IWhistleMessage).Assembly, typeof(GridEvent).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsInterface: false } && roots.Any(root => root.IsAssignableFrom(type)))
            .Append(typeof(GridState)).Append(typeof(DepartmentState)).Append(typeof(BoardState)).Append(typeof(ReportDeskState)).Append(typeof(AccessState)).Append(typeof(Contract.Departments.LoadView))
            .ToList();

        all.Count.ShouldBeGreaterThan(30);
        var known = Manifests.Known.Select(entry => entry.Type == typeof(Whistle) ? typeof(PublishedWhistle) : entry.Type).ToHashSet();
        foreach (var type in all)
        {
            known.ShouldContain(type);
            system.Serialization.FindSerializerForType(type).Identifier.ShouldBe(1401, type.Name);
        }
    }

    [Fact]
    public void What_was_added_to_a_form_survives_too()
    {
        foreach (var (value, added) in Samples.Grown)
        {
            var written = Serializer().ToBinary(value);
            Encoding.UTF8.GetString(written).ShouldContain(added);
            var read = Serializer().FromBinary(written, Serializer().Manifest(value));
            Encoding.UTF8.GetString(Serializer().ToBinary(read)).ShouldBe(Encoding.UTF8.GetString(written));
        }
    }

    [Fact]
    public void Every_command_survives_the_way_to_another_node()
    {
        var commands = typeof(GridCommand).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(GridCommand).IsAssignableFrom(type));
        Samples.Orders.Select(order => order.Order.Command.GetType()).Distinct().ShouldBe(commands, ignoreOrder: true);
        foreach (var order in Samples.Orders)
            Serializer().FromBinary(Serializer().ToBinary(order), "give-order.1").ShouldBeEquivalentTo(order);
    }

    [Fact]
    public void How_a_whistle_came_to_sound_and_what_a_grid_remembers_survive_a_snapshot()
    {
        var stored = Serializer().ToBinary(Samples.Sounding);
        var read = Serializer().FromBinary(stored, "grid-state.1").ShouldBeOfType<GridState>();

        Encoding.UTF8.GetString(Serializer().ToBinary(read)).ShouldBe(Encoding.UTF8.GetString(stored));
        read.Past!.Value.ShouldBe(Samples.Sounding.Past!.Value);
        read.Whistles.Values.Single().Blowing.ShouldBeEquivalentTo(Samples.Sounding.Whistles.Values.Single().Blowing);
    }

    [Fact]
    public void Every_command_about_alerts_survives_the_way_to_another_node() =>
        OrdersSurvive<AlertCommand, GiveAlertOrder>(AlertSamples.Orders, given => given.Order.Command, "give-alert-order.1");

    [Fact]
    public void Every_order_about_crews_survives_the_way_to_another_node() =>
        OrdersSurvive<CrewCommand, GiveCrewOrder>(CrewSamples.Orders, given => given.Order.Command, "give-crew-order.1");

    [Fact]
    public void Every_order_to_a_report_desk_survives_the_way_to_another_node() =>
        OrdersSurvive<ReportCommand, GiveReportOrder>(Samples.ReportOrders, given => given.Order.Command, "give-report-order.1");

    [Fact]
    public void A_stored_event_is_plain_JSON_that_a_person_can_read()
    {
        var stored = Encoding.UTF8.GetString(Serializer().ToBinary(Samples.All["whistle-blown.1"]));

        stored.ShouldContain("水管爆裂");
        stored.ShouldContain("\"level\":\"emergency\"");
        JsonDocument.Parse(stored).RootElement.TryGetProperty("$type", out _).ShouldBeFalse();
    }

    [Fact]
    public void What_a_newer_version_wrote_is_refused_and_never_guessed() =>
        Should.Throw<ArgumentException>(() => Serializer().FromBinary("{}"u8.ToArray(), "whistle-blown.2")).Message.ShouldContain("whistle-blown.2");

    [Fact]
    public void A_type_without_a_manifest_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => Serializer().Manifest("a text")).Message.ShouldContain("String");

    [Theory]
    [InlineData("{\"grid\":\"a b\"}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"grid\":1}")]
    [InlineData("\u0000")]
    public void Broken_bytes_are_refused_with_an_exception_that_a_journal_understands(string bytes) =>
        Should.Throw<Exception>(() => Serializer().FromBinary(Encoding.UTF8.GetBytes(bytes), "wake-grid.1"))
            .ShouldBeAssignableTo<Exception>().ShouldNotBeOfType<NullReferenceException>();

    [Fact]
    public void Names_of_the_wire_agree_with_names_of_the_rules()
    {
        Agree<Contract.Whistles.Occasion, WhistleOccasion>();
        Agree<Contract.Whistles.Level, WhistleLevel>();
        Agree<Contract.Whistles.Chain, WhistleChain>();
        Agree<Contract.Whistles.DutyRole, Domain.Matters.DutyRole>();
        Agree<Contract.Whistles.WhistleStage, WhistleStage>();
        Agree<Contract.Whistles.SummonsState, SummonsState>();
        Agree<Contract.Whistles.Clock, Domain.Deadlines.Clock>();
        Agree<Contract.Whistles.OutcomeKind, OutcomeKind>();
        Agree<Contract.Reports.ReportSource, ReportSource>();
        Agree<Contract.Whistles.PersonKind, PersonKind>();
        Agree<Contract.Whistles.ComponentScheme, ComponentScheme>();
        Agree<Contract.Whistles.RulingKind, Domain.Disputes.RulingKind>();
        Agree<Contract.Whistles.Datum, Domain.Geography.Datum>();
        Views.RoleNames.All.ShouldBe(Enum.GetNames<Domain.Officers.Role>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
    }

    private static void Agree<TWire, TRules>()
        where TWire : struct, Enum
        where TRules : struct, Enum =>
        Enum.GetValues<TWire>().Select(value => (Convert.ToInt32(value, null), value.ToString()))
            .ShouldBe(Enum.GetValues<TRules>().Select(value => (Convert.ToInt32(value, null), value.ToString())));

    private void OrdersSurvive<TCommand, TOrder>(IReadOnlyList<TOrder> orders, Func<TOrder, TCommand> commandOf, string manifest)
        where TCommand : notnull
        where TOrder : notnull
    {
        var commands = typeof(TCommand).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(TCommand).IsAssignableFrom(type));
        orders.Select(order => commandOf(order).GetType()).ShouldBe(commands, ignoreOrder: true);
        foreach (var order in orders)
            Serializer().FromBinary(Serializer().ToBinary(order), manifest).ShouldBeEquivalentTo(order);
    }

    // A sample is made once, looked at, and then never changes: what a missing one would be is left beside the test program.
    private byte[] Stored(string manifest)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Samples", $"{manifest}.json");
        if (File.Exists(file))
            return File.ReadAllBytes(file);
        var proposal = Path.Combine(AppContext.BaseDirectory, "proposed-samples", $"{manifest}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(proposal)!);
        File.WriteAllBytes(proposal, Serializer().ToBinary(Samples.All[manifest]));
        throw new FileNotFoundException($"There is no sample of {manifest}. Look at {proposal}, and keep it as Samples/{manifest}.json.");
    }

    private WhistleSerializer Serializer() => system.Serialization.FindSerializerForType(typeof(IWhistleMessage)).ShouldBeOfType<WhistleSerializer>();

    // Pairs of a dictionary are compared part by part; as pairs they would be compared as a whole, and lists in them by reference.
    private static object Content(object value) => value switch
    {
        PublishedWhistle published => published.Whistle,
        GridState grid => new { grid.Grid, grid.Sequence, grid.LastAt, Ids = grid.Whistles.Keys.ToList(), Whistles = grid.Whistles.Values.ToList(), Commands = grid.Commands.ToList() },
        AlertsAnswer answer => new
        {
            answer.Department,
            Open = answer.Alerts.Open.Keys.ToList(),
            Alerts = answer.Alerts.Open.Values.ToList(),
            People = answer.Alerts.People.Values.ToList(),
            Pending = answer.Alerts.Pending.Values.ToList(),
            answer.Alerts.DeadLetters,
            answer.Alerts.Notices,
            answer.Alerts.Roster,
            Rules = answer.Alerts.Rules.Values.ToList(),
            Subscriptions = answer.Alerts.Subscriptions.Values.ToList(),
        },
        ReportDeskState desk => new { desk.Desk, desk.Sequence, desk.LastAt, Open = desk.Open.Values.ToList(), Known = desk.Known.ToList() },
        _ => value,
    };
}
