using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Contract.SignIn;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>The real server as a process of its own, that can be killed and started again on the same data and address.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string data = Directory.CreateTempSubdirectory("whistle-node-").FullName;
    private readonly Dictionary<string, string> settings;
    private readonly ConcurrentQueue<string> output = new();
    private readonly HttpClient http;
    private Process? process;

    public ServerProcess(params (string Name, string Value)[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
        http = WhistleClient.CreateHttp(Address);
        this.settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        this.settings["ASPNETCORE_URLS"] = Address.ToString();
        this.settings["WHISTLE_DATA"] = data;
    }

    public Uri Address { get; }

    /// <summary>Whether it has been started and has not ended.</summary>
    public bool Runs => process is { HasExited: false };

    /// <summary>The folder of its data.</summary>
    public string Data => data;

    /// <summary>Changes a setting for its next start.</summary>
    public void Set(string name, string value) => settings[name] = value;

    /// <summary>Runs the same program with the same settings for one of its verbs.</summary>
    /// <returns>A running process, whose output is the caller's.</returns>
    public Process Verb(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WhistleActors.Server.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a verb to its end.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var verb = Verb(arguments);
        var (output, errors) = (verb.StandardOutput.ReadToEndAsync(), verb.StandardError.ReadToEndAsync());
        await verb.WaitForExitAsync();
        return (verb.ExitCode, await output + await errors);
    }

    /// <summary>Nodes of a cluster believe each other's tokens when they share the key.</summary>
    public void GiveKey(byte[] key) => File.WriteAllBytes(Path.Combine(data, "development-signing.key"), key);

    /// <summary>Starts it.</summary>
    /// <param name="build">Folder of another build of the server; this one when null.</param>
    public void Start(string? build = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(build ?? AppContext.BaseDirectory, "WhistleActors.Server.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until it can serve.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync(
        async () =>
        {
            if (process!.HasExited)
                throw new InvalidOperationException($"The server has ended with {process.ExitCode}:\n{Output}");
            try
            {
                using var answer = await http.GetAsync("health/ready");
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        Patience,
        () => Output);

    /// <summary>Ends it as a loss of power would: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Stops it in order: <c>kill -TERM</c>.</summary>
    /// <returns>Whether it called itself not ready, and still answered, before its end.</returns>
    public async Task<bool> LeaveAsync()
    {
        using var terminate = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await terminate.WaitForExitAsync();
        var saidSo = false;
        while (!process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync("health/ready");
                saidSo |= answer.StatusCode == HttpStatusCode.ServiceUnavailable;
            }
            catch (HttpRequestException)
            {
                // It does not listen any more.
            }

            await Task.Delay(100);
        }

        process.ExitCode.ShouldBe(0, Output);
        return saidSo;
    }

    /// <summary>A client that waits longer than a node may take to come back.</summary>
    public static WhistleClientOptions Patient { get; } = new() { AttemptTimeout = TimeSpan.FromSeconds(12), GiveUpAfter = TimeSpan.FromSeconds(90), LongestPause = TimeSpan.FromSeconds(1) };

    /// <summary>Somebody who works through this node.</summary>
    public WhistleClient As(string person, string organisation, string role) => new(
        http, new SignInRequest(person, person, organisation, role), Patient);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAsync();
        process?.Dispose();
        http.Dispose();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>What it wrote, the last of it.</summary>
    public string Output => string.Join('\n', output.TakeLast(60));
}
