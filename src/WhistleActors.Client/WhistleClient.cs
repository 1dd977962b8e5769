using System.Globalization;
using System.Text.Json;
using WhistleActors.Client.Calls;
using WhistleActors.Client.SignIns;
using WhistleActors.Contract.City;
using WhistleActors.Contract.Departments;
using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

/// <summary>
/// The server's HTTP API in the name of one person. Cheap to make: many persons share one <see cref="HttpClient"/>. Thread-safe.
/// </summary>
/// <remarks>
/// Each command carries an <c>Idempotency-Key</c> and is repeated under it until the server has answered or
/// <see cref="WhistleClientOptions.GiveUpAfter"/> has passed. What the server refuses comes as <see cref="RefusedException"/>, no answer at all
/// as <see cref="UnreachableException"/>.
/// </remarks>
public sealed partial class WhistleClient
{
    private readonly Caller caller;
    private readonly Session session;

    /// <summary>Makes a client for one person; it signs in with the first call.</summary>
    /// <param name="http">With the server's address as <see cref="HttpClient.BaseAddress"/>; see <see cref="CreateHttp"/>.</param>
    /// <param name="who">The person, and for whom the person acts.</param>
    /// <param name="options">How patient it is.</param>
    /// <param name="clock">For pauses and time limits.</param>
    public WhistleClient(HttpClient http, SignInRequest who, WhistleClientOptions? options = null, TimeProvider? clock = null)
    {
        Server = http.BaseAddress ?? throw new ArgumentException("The HttpClient needs a BaseAddress.", nameof(http));
        Who = who;
        Options = options ?? new WhistleClientOptions();
        Clock = clock ?? TimeProvider.System;
        caller = new Caller(http, Options, Clock);
        session = new Session(who, caller, Clock);
    }

    /// <summary>The person, and for whom the person acts.</summary>
    public SignInRequest Who { get; }

    /// <summary>The server's address.</summary>
    public Uri Server { get; }

    internal WhistleClientOptions Options { get; }

    internal TimeProvider Clock { get; }

    /// <summary>An <see cref="HttpClient"/> that suits this client: its own time limits are off, because the client has finer ones.</summary>
    public static HttpClient CreateHttp(Uri server) => new(
        new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = System.Net.DecompressionMethods.All,
        })
    {
        BaseAddress = server,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Signs in now, instead of with the first call.</summary>
    public Task SignInAsync(CancellationToken cancel = default) => session.TokenAsync(cancel);

    /// <summary>The city that the server coordinates.</summary>
    public Task<CityView> CityAsync(CancellationToken cancel = default) => AskAsync<CityView>("city", cancel);

    /// <summary>The outlines of all districts: a GeoJSON feature collection as UTF-8 text.</summary>
    public Task<byte[]> DistrictShapesAsync(CancellationToken cancel = default) => AskRawAsync("city/districts.geojson", cancel);

    /// <summary>The outlines of all grids: a GeoJSON feature collection as UTF-8 text, with <c>code</c>, <c>community</c>, <c>subdistrict</c>, <c>district</c>.</summary>
    public Task<byte[]> GridShapesAsync(CancellationToken cancel = default) => AskRawAsync("city/grids.geojson", cancel);

    /// <summary>All subdistricts and townships.</summary>
    public Task<IReadOnlyList<SubdistrictView>> SubdistrictsAsync(CancellationToken cancel = default) =>
        AskAsync<IReadOnlyList<SubdistrictView>>("city/subdistricts", cancel);

    /// <summary>All matters.</summary>
    public Task<IReadOnlyList<MatterView>> MattersAsync(CancellationToken cancel = default) => AskAsync<IReadOnlyList<MatterView>>("city/matters", cancel);

    /// <summary>All departments with their crews.</summary>
    public Task<IReadOnlyList<DepartmentView>> DepartmentsAsync(CancellationToken cancel = default) =>
        AskAsync<IReadOnlyList<DepartmentView>>("departments", cancel);

    /// <summary>A grid and its open whistles.</summary>
    public Task<GridView> GridAsync(string grid, CancellationToken cancel = default) => AskAsync<GridView>($"grids/{Escape(grid)}", cancel);

    /// <summary>The grid that a position lies in.</summary>
    /// <param name="datum"><c>wgs84</c> or <c>gcj02</c>.</param>
    public Task<GridView> LocateAsync(double lon, double lat, string datum, CancellationToken cancel = default) =>
        AskAsync<GridView>(string.Create(CultureInfo.InvariantCulture, $"grids/locate?lon={lon:R}&lat={lat:R}&datum={Escape(datum)}"), cancel);

    /// <summary>Whom the duty list would summon.</summary>
    public Task<ProposalView> ProposalAsync(string grid, string matter, CancellationToken cancel = default) =>
        AskAsync<ProposalView>($"grids/{Escape(grid)}/proposal?matter={Escape(matter)}", cancel);

    /// <summary>One page of the open whistles of a board.</summary>
    /// <param name="board"><c>city</c>, or <c>district:</c>, <c>subdistrict:</c>, <c>department:</c> and a code.</param>
    /// <param name="cursor">From the page before; null for the first.</param>
    public Task<WhistlePage> OpenWhistlesAsync(string board, int? limit = null, string? cursor = null, CancellationToken cancel = default)
    {
        var path = $"whistles?board={Escape(board)}";
        if (limit is { } most)
            path += string.Create(CultureInfo.InvariantCulture, $"&limit={most}");
        if (cursor is not null)
            path += $"&cursor={Escape(cursor)}";
        return AskAsync<WhistlePage>(path, cancel);
    }

    /// <summary>One whistle.</summary>
    public Task<WhistleView> WhistleAsync(string whistle, CancellationToken cancel = default) =>
        AskAsync<WhistleView>($"whistles/{Escape(whistle)}", cancel);

    /// <summary>The events of a whistle.</summary>
    public Task<TraceView> TraceAsync(string whistle, CancellationToken cancel = default) =>
        AskAsync<TraceView>($"whistles/{Escape(whistle)}/trace", cancel);

    /// <summary>How many whistles want a department, against its crews.</summary>
    public Task<LoadView> LoadAsync(string department, CancellationToken cancel = default) =>
        AskAsync<LoadView>($"departments/{Escape(department)}/load", cancel);

    /// <summary>The load of all departments.</summary>
    public Task<IReadOnlyList<LoadView>> LoadsAsync(CancellationToken cancel = default) => AskAsync<IReadOnlyList<LoadView>>("load", cancel);

    /// <summary>Blows a whistle in a grid.</summary>
    public Task<CommandAnswer> BlowAsync(string grid, BlowRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"grids/{Escape(grid)}/whistles", request, options, cancel);

    /// <summary>Confirms that a department received its summons.</summary>
    public Task<CommandAnswer> SignAsync(string whistle, string department, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/sign", new SignRequest(), options, cancel);

    /// <summary>Says that a crew is on the way.</summary>
    public Task<CommandAnswer> DepartAsync(
        string whistle, string department, DepartRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/depart", request, options, cancel);

    /// <summary>Calls back a crew that has set out and not arrived.</summary>
    public Task<CommandAnswer> RecallAsync(
        string whistle, string department, RecallRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/recall", request, options, cancel);

    /// <summary>Checks a crew in on the spot.</summary>
    public Task<CommandAnswer> CheckInAsync(
        string whistle, string department, CheckInRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/check-in", request, options, cancel);

    /// <summary>Reports what became of the work.</summary>
    public Task<CommandAnswer> ReportAsync(
        string whistle, string department, OutcomeRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/outcome", request, options, cancel);

    /// <summary>Accepts a department's outcome.</summary>
    public Task<CommandAnswer> AcceptAsync(string whistle, AcceptRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/accept", request, options, cancel);

    /// <summary>Refuses a department's outcome.</summary>
    public Task<CommandAnswer> VetoAsync(string whistle, VetoRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/veto", request, options, cancel);

    /// <summary>Lets a department go.</summary>
    public Task<CommandAnswer> ReleaseAsync(string whistle, ReleaseRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/release", request, options, cancel);

    /// <summary>Takes a whistle back.</summary>
    public Task<CommandAnswer> WithdrawAsync(string whistle, WithdrawRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/withdraw", request, options, cancel);

    /// <summary>Closes a whistle.</summary>
    public Task<CommandAnswer> CloseAsync(string whistle, CloseRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/close", request, options, cancel);

    internal Task<string> TokenAsync(CancellationToken cancel) => session.TokenAsync(cancel);

    internal void ForgetToken(string token) => session.Forget(token);

    private static string Summons(string whistle, string department) => $"whistles/{Escape(whistle)}/summonses/{Escape(department)}";

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private async Task<byte[]> AskRawAsync(string path, CancellationToken cancel)
    {
        var reply = await caller.SendAsync(new Call(HttpMethod.Get, $"api/v1/{path}"), session, cancel).ConfigureAwait(false);
        return reply.Body;
    }

    private async Task<T> AskAsync<T>(string path, CancellationToken cancel) =>
        JsonSerializer.Deserialize(await AskRawAsync(path, cancel).ConfigureAwait(false), ClientJson.Type<T>())!;

    private async Task<CommandAnswer> CommandAsync<T>(string path, T request, CommandOptions? options, CancellationToken cancel)
    {
        var key = options?.Key ?? Guid.CreateVersion7(Clock.GetUtcNow()).ToString();
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Type<T>());
        var call = new Call(HttpMethod.Post, $"api/v1/{path}", body, key, options?.IfVersion);
        var reply = await caller.SendAsync(call, session, cancel).ConfigureAwait(false);
        return new CommandAnswer(JsonSerializer.Deserialize(reply.Body, ClientJson.Type<WhistleView>())!, key, reply.Replayed, reply.Attempts);
    }
}
