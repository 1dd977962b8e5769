using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace WhistleActors.Bench;

/// <summary>
/// Whole whistle lives over HTTP: blow, then for each of two departments sign, check in, report, accept and release, then close.
/// 12 durable commands a life, as the rivals of the design notes were measured with.
/// </summary>
internal sealed class Lives : IDisposable
{
    internal const int CommandsPerLife = 12;

    // The runtime compiles what is hot a second time: that takes so much work, and on a machine that others use so much longer.
    private const int WarmLives = 15_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(90);

    private readonly HttpClient http;
    private readonly List<GridPlace> grids;
    private readonly string matter;
    private readonly Dictionary<string, IReadOnlyList<string>> departments;
    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> tokens = new();
    private int next = -1;
    private int command = -1;
    private string summons = "";

    private Lives(HttpClient http, List<GridPlace> grids, string matter, Dictionary<string, IReadOnlyList<string>> departments) =>
        (this.http, this.grids, this.matter, this.departments) = (http, grids, matter, departments);

    /// <summary>Told of each accepted command: the whistle, its version, and when the answer was there (<see cref="Stopwatch"/> ticks).</summary>
    internal Action<string, long, long>? Answered { get; set; }

    /// <summary>The nodes that commands go to, one after the other; null for the one that it was prepared with.</summary>
    internal IReadOnlyList<Uri>? Nodes { get; set; }

    internal ConcurrentBag<double> Milliseconds { get; private set; } = [];

    /// <param name="bound">How many departments each whistle summons.</param>
    internal static async Task<Lives> PrepareAsync(Uri server, int bound = 2)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        var observer = await SignInAsync(http, "bench", "city", "observer");
        var shapes = await GetAsync(http, "/api/v1/city/grids.geojson", observer);
        var grids = shapes.RootElement.GetProperty("features").EnumerateArray().Select(GridPlace.Of).ToList();

        // A matter that binds exactly so many departments in every district.
        var matters = await GetAsync(http, "/api/v1/city/matters", observer);
        foreach (var matter in matters.RootElement.EnumerateArray().Select(m => m.GetProperty("code").GetString()!))
        {
            var departments = new Dictionary<string, IReadOnlyList<string>>();
            foreach (var grid in grids.DistinctBy(grid => grid.District))
            {
                var proposal = await GetAsync(http, $"/api/v1/grids/{grid.Code}/proposal?matter={matter}", observer);
                departments[grid.District] = [.. proposal.RootElement.GetProperty("summonses").EnumerateArray()
                    .Where(summons => summons.GetProperty("role").GetString() != "notified").Select(summons => summons.GetProperty("department").GetString()!)];
                if (departments[grid.District].Count != bound)
                    break;
            }

            if (departments.Values.All(list => list.Count == bound))
                return new Lives(http, grids, matter, departments);
        }

        throw new InvalidOperationException($"No matter of this city binds exactly {bound} departments everywhere.");
    }

    /// <summary>Lives until the server is warm.</summary>
    internal async Task WarmUpAsync()
    {
        var (clock, lived) = (Stopwatch.StartNew(), 0d);
        while (clock.Elapsed < WarmUp || (lived < WarmLives && clock.Elapsed < LongestWarmUp))
            lived += await ClosedLoopAsync(CoreBench.AtOnce, WarmUp / 5) * WarmUp.TotalSeconds / 5;
    }

    /// <summary>Lives as fast as so many at once go, for so long.</summary>
    /// <returns>Whole lives in a second.</returns>
    internal async Task<double> ClosedLoopAsync(int atOnce, TimeSpan time)
    {
        Milliseconds = [];
        var clock = Stopwatch.StartNew();
        var lives = 0;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (clock.Elapsed < time)
            {
                await LiveAsync();
                Interlocked.Increment(ref lives);
            }
        }));
        return lives / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Lives at a given rate, however long each takes, for so long.</summary>
    internal async Task OpenLoopAsync(double perSecond, TimeSpan time)
    {
        Milliseconds = [];
        var clock = Stopwatch.StartNew();
        var running = new List<Task>();
        for (var i = 0; clock.Elapsed < time; i++)
        {
            var wait = TimeSpan.FromSeconds(i / perSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            running.Add(LiveAsync());
        }

        await Task.WhenAll(running);
    }

    /// <summary>Whistles everywhere at once; returns when the last answer is there.</summary>
    internal async Task<TimeSpan> SurgeAsync(int whistles)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, whistles).Select(_ => BlowAsync(Next())));
        return clock.Elapsed;
    }

    internal IReadOnlyList<GridPlace> Grids => grids;

    /// <summary>Whistles come from so many grids only, spread over the city; from all when null.</summary>
    internal int? Among { get; set; }

    // A stride that is prime to the number of grids, so that all take their turn, spread over the city.
    internal GridPlace Next()
    {
        var among = Among ?? grids.Count;
        return grids[(int)((uint)Interlocked.Increment(ref next) * 4_001L % among) * (grids.Count / among)];
    }

    /// <summary>Whistles are emergencies unless this says that they are of every day.</summary>
    internal bool Everyday { get; set; }

    /// <summary>Blows so many whistles and leaves them open.</summary>
    internal async Task LeaveOpenAsync(int whistles)
    {
        var left = whistles;
        await Task.WhenAll(Enumerable.Range(0, CoreBench.AtOnce).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await BlowAsync(Next());
        }));
    }

    /// <summary>From now on each whistle summons this department in the lead instead of the one that would have it.</summary>
    internal void SummonEverywhere(string department)
    {
        foreach (var (district, bound) in departments)
            departments[district] = [department, .. bound.Skip(1)];
        summons = department;
    }

    /// <summary>Signs in the officers of all subdistricts, so that no whistle has to wait for that.</summary>
    internal async Task SignInOfficersAsync()
    {
        foreach (var subdistrict in grids.Select(grid => grid.Subdistrict).Distinct())
            tokens[subdistrict] = await SignInAsync(http, $"bench.{subdistrict}", subdistrict, "subdistrict-officer");
    }

    internal async Task<string> BlowAsync(GridPlace grid) =>
        await CommandAsync($"/api/v1/grids/{grid.Code}/whistles", grid.Subdistrict, "subdistrict-officer",
            $$"""{"matter":"{{matter}}","occasion":"{{(Everyday ? "public-demand" : "emergency")}}","level":"{{(Everyday ? "daily" : "emergency")}}","description":"自来水管破裂，路面积水"{{Summoned(grid)}}}""");

    /// <summary>The departments that a whistle in a grid summons.</summary>
    internal IReadOnlyList<string> DepartmentsOf(GridPlace grid) => departments[grid.District];

    private string Summoned(GridPlace grid) => summons.Length == 0
        ? ""
        : ",\"changedProposal\":\"测量\",\"summon\":[" + string.Join(',', departments[grid.District].Select((code, i) => $$"""{"department":"{{code}}","role":"{{(i == 0 ? "lead" : "cooperating")}}"}""")) + "]";

    /// <summary>A token of a dispatcher of each department that may be summoned.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> DispatchersAsync()
    {
        foreach (var department in departments.Values.SelectMany(all => all))
            tokens[department] = await SignInAsync(http, $"bench.{department}", department, "dispatcher");
        return departments.Values.SelectMany(all => all).Distinct().ToDictionary(department => department, department => tokens[department].Parameter!);
    }

    /// <summary>Each department signs, and the whistle is taken back.</summary>
    internal async Task AnswerAsync(string whistle, GridPlace grid)
    {
        foreach (var department in departments[grid.District])
            await CommandAsync($"/api/v1/whistles/{whistle}/summonses/{department}/sign", department, "dispatcher", "{}");
        await CommandAsync($"/api/v1/whistles/{whistle}/withdraw", grid.Subdistrict, "subdistrict-officer", """{"reason":"测量"}""");
    }

    private async Task LiveAsync()
    {
        var grid = Next();
        var whistle = await BlowAsync(grid);
        var path = $"/api/v1/whistles/{whistle}";
        foreach (var department in departments[grid.District])
        {
            var body = $$"""{"department":"{{department}}"}""";
            var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            var position = string.Create(CultureInfo.InvariantCulture, $$$"""{"position":{"lon":{{{grid.Lon}}},"lat":{{{grid.Lat}}},"datum":"wgs84","accuracyMetres":100,"measuredAt":"{{{now}}}"}}""");
            await CommandAsync($"{path}/summonses/{department}/sign", department, "dispatcher", "{}");
            await CommandAsync($"{path}/summonses/{department}/check-in", department, "dispatcher", position);
            await CommandAsync($"{path}/summonses/{department}/outcome", department, "dispatcher", """{"kind":"resolved","note":"已修复，恢复供水"}""");
            await CommandAsync($"{path}/accept", grid.Subdistrict, "subdistrict-officer", body);
            await CommandAsync($"{path}/release", grid.Subdistrict, "subdistrict-officer", body);
        }

        await CommandAsync($"{path}/close", grid.Subdistrict, "subdistrict-officer", "{}");
    }

    private async Task<string> CommandAsync(string path, string organisation, string role, string body)
    {
        if (!tokens.TryGetValue(organisation, out var token))
            tokens[organisation] = token = await SignInAsync(http, $"bench.{organisation}", organisation, role);
        var start = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, Nodes is { } nodes ? new Uri(nodes[(int)((uint)Interlocked.Increment(ref command) % nodes.Count)], path) : new Uri(path, UriKind.Relative));
        request.Headers.Authorization = token;
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var end = Stopwatch.GetTimestamp();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        Milliseconds.Add(Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);
        var whistle = IdOf(bytes);
        Answered?.Invoke(whistle, long.Parse(answer.Headers.ETag!.Tag.Trim('"'), CultureInfo.InvariantCulture), end);
        return whistle;
    }

    // The id is the first field: reading the whole answer would be the generator's cost, not the server's.
    private static string IdOf(byte[] view)
    {
        var reader = new Utf8JsonReader(view);
        reader.Read();
        reader.Read();
        reader.Read();
        return reader.GetString()!;
    }

    private static async Task<AuthenticationHeaderValue> SignInAsync(HttpClient http, string person, string organisation, string role)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/sign-in", new { person, name = person, organisation, role });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
    }

    private static async Task<JsonDocument> GetAsync(HttpClient http, string path, AuthenticationHeaderValue token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token;
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Looks something up, as a command centre may.</summary>
    internal async Task AskAsync(string path)
    {
        const string Centre = "city";
        if (!tokens.TryGetValue(Centre, out var token))
            tokens[Centre] = token = await SignInAsync(http, "bench.centre", Centre, "observer");
        using var answer = await GetAsync(http, path, token);
    }

    internal Task<string> TokenAsync() => SignInAsync(http, "bench.wall", "city", "observer").ContinueWith(token => token.Result.Parameter!, TaskScheduler.Default);

    public void Dispose() => http.Dispose();
}

/// <summary>A grid and a point in it.</summary>
internal sealed record GridPlace(string Code, string Subdistrict, string District, double Lon, double Lat)
{
    internal static GridPlace Of(JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        var geometry = feature.GetProperty("geometry");
        var ring = geometry.GetProperty("type").GetString() == "Polygon"
            ? geometry.GetProperty("coordinates")[0]
            : geometry.GetProperty("coordinates")[0][0];

        // Schematic cells are convex: the mean of the corners lies inside.
        var corners = ring.EnumerateArray().Skip(1).Select(point => (Lon: point[0].GetDouble(), Lat: point[1].GetDouble())).ToList();
        return new GridPlace(
            properties.GetProperty("code").GetString()!,
            properties.GetProperty("subdistrict").GetString()!,
            properties.GetProperty("district").GetString()!,
            corners.Average(corner => corner.Lon),
            corners.Average(corner => corner.Lat));
    }
}
