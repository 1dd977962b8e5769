using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Server.Hosting;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Harness;

/// <summary>The whole server in this process, on a free port of the loopback address, with data of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string data;
    private readonly string[] settings;
    private readonly FakeTimeProvider? clock;
    private readonly Dictionary<(string Person, string Organisation, string Role), Task<Person>> people = [];
    private WebApplication? app;

    private readonly CityPack pack;

    private TestServer(FakeTimeProvider? clock, CityPack pack, string[] settings, string? data = null)
    {
        this.pack = pack;
        this.data = data ?? Path.Combine(Path.GetTempPath(), "whistle-server-" + Guid.NewGuid().ToString("N"));
        (this.clock, this.settings) = (clock, settings);
    }

    /// <summary>Where its data is, as the program's verbs are told.</summary>
    public DataPlaces Places => DataPlaces.Read(new ConfigurationBuilder().AddCommandLine(["--data", data, .. settings]).Build());

    /// <summary>Without a token.</summary>
    public HttpClient Http { get; private set; } = new();

    public Uri Address => Http.BaseAddress!;

    public FakeTimeProvider Clock => clock ?? throw new InvalidOperationException("This server is on the real clock.");

    public DateTimeOffset Now => (clock ?? TimeProvider.System).GetUtcNow();

    public IServiceProvider Services => app!.Services;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="fakeClock">Begins on <see cref="ExampleCity.Morning"/> and moves only when told; else it is the real one.</param>
    public static Task<TestServer> StartAsync(bool fakeClock, params string[] settings) => StartAsync(fakeClock, ExampleCity.Pack, settings);

    /// <summary>The same for another city.</summary>
    public static async Task<TestServer> StartAsync(bool fakeClock, CityPack pack, params string[] settings)
    {
        var server = new TestServer(fakeClock ? new FakeTimeProvider(ExampleCity.Morning) : null, pack, settings);
        await server.StartAgainAsync();
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Starts another one at the same moment in the same city, on data that is there; it is removed in the end.</summary>
    public async Task<TestServer> StartTwinAsync(DataPlaces places)
    {
        string[] database = places.Postgres is { } postgres ? ["--postgres", postgres] : [];
        var twin = new TestServer(new FakeTimeProvider(Now), pack, database, places.Folder);
        await twin.StartAgainAsync();
        await twin.ReadyAsync();
        return twin;
    }

    /// <summary>Starts again on the same data, in doubt whether it will become ready.</summary>
    public Task StartUnreadyAsync() => StartAgainAsync();

    /// <summary>Changes the data of a stopped server.</summary>
    public void Execute(string sql)
    {
        SqliteConnection.ClearAllPools();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "whistle-actors.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write their own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Ends in order, and starts again on the same data and the same clock.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
        await ReadyAsync();
    }

    public async Task StopAsync()
    {
        Http.Dispose();
        people.Clear();
        if (app is null)
            return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
    }

    /// <summary>Signs somebody in, once.</summary>
    public Task<Person> AsAsync(string person, string organisation, string role)
    {
        if (!people.TryGetValue((person, organisation, role), out var known))
            people[(person, organisation, role)] = known = Person.SignInAsync(this, person, organisation, role);
        return known;
    }

    public Task<Person> StreetAsync() => AsAsync("street", ExampleCity.OldTown.Text, "subdistrict-officer");

    public Task<Person> WaterworksAsync() => AsAsync("water", "waterworks", "dispatcher");

    public Task<Person> RoadsAsync() => AsAsync("roads", "990101-roads", "dispatcher");

    private async Task StartAgainAsync()
    {
        string[] args = ["--urls", "http://127.0.0.1:0", "--data", data, .. settings];
        app = WhistleServer.Build(args, ServerSettings.Read(args), pack, builder =>
        {
            builder.Logging.ClearProviders();
            if (clock is null)
                return;
            builder.Services.AddSingleton<TimeProvider>(clock);

            // Clients beat on the real clock: to a hub whose minutes are moved on they would seem to have died.
            builder.Services.Configure<HubOptions>(hub => hub.ClientTimeoutInterval = TimeSpan.FromDays(30));
        });
        await app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    private Task ReadyAsync() => Eventually.TrueAsync(
        async () => (await Http.GetAsync("/health/ready")).IsSuccessStatusCode,
        TimeSpan.FromSeconds(60),
        async () => await (await Http.GetAsync("/health/ready")).Content.ReadAsStringAsync());
}
