using System.Diagnostics;
using Shouldly;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Hosting;

/// <summary>The real program, started as a process, where it has to refuse to start.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("whistle-refused-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task With_development_sign_in_it_listens_to_nobody_outside_this_machine(string urls)
    {
        var (code, errors) = await RunAsync(("ASPNETCORE_URLS", urls), ("WHISTLE_CITY_PACK", ExampleCity.Folder));

        code.ShouldBe(1, errors);
        errors.ShouldContain("Refusing to listen on");
        errors.ShouldContain("拒绝在");
        errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("WHISTLE_NODE", "nonsense", "WHISTLE_NODE is 'nonsense'")]
    [InlineData("WHISTLE_NODE", "127.0.0.1:99999", "expected host:port")]
    [InlineData("WHISTLE_SEEDS", "127.0.0.1:1", "WHISTLE_SEEDS needs WHISTLE_NODE")]
    [InlineData("WHISTLE_HOCON", "/nowhere.conf", "does not exist")]
    [InlineData("WHISTLE_MOST_AT_ONCE", "many", "WHISTLE_MOST_AT_ONCE is 'many'")]
    [InlineData("WHISTLE_MOST_AT_ONCE", "0", "at least 1")]
    [InlineData("WHISTLE_CITY_PACK", "/nowhere", "/nowhere")]
    [InlineData("WHISTLE_POSTGRES", "nonsense", "WHISTLE_POSTGRES is not a connection string with a Host")]
    [InlineData("WHISTLE_POSTGRES", "Username=whistle;Password=of-ours", "WHISTLE_POSTGRES is not a connection string with a Host")]
    [InlineData("WHISTLE_LOG", "xml", "WHISTLE_LOG is 'xml'; expected one of: text, json")]
    [InlineData("WHISTLE_WEBHOOKS", "/nowhere.json", "which cannot be read")]
    [InlineData("WHISTLE_ALLOWED_NETWORKS", "inside", "expected networks such as")]
    [InlineData("WHISTLE_SMTP", "mail.example.org", "WHISTLE_SMTP is not an address of a mail server")]
    [InlineData("WHISTLE_SMTP", "smtp://mail.example.org", "needs WHISTLE_SMTP_FROM")]
    public async Task A_setting_that_is_wrong_is_named_before_anything_starts(string setting, string value, string message)
    {
        var (code, errors) = await RunAsync(("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("WHISTLE_CITY_PACK", ExampleCity.Folder), (setting, value));

        code.ShouldBe(1, errors);
        errors.ShouldContain(message);
        errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("restor", "/var/backups/whistle-actors/newest")]
    [InlineData("verfy")]
    public async Task A_verb_that_is_mistyped_starts_no_server(params string[] args)
    {
        var (code, errors) = await RunAsync(args, ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("WHISTLE_CITY_PACK", ExampleCity.Folder));

        code.ShouldBe(2, errors);
        errors.ShouldContain("restore FOLDER");
        errors.ShouldContain("恢复 restore");
        Directory.EnumerateFileSystemEntries(data).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--data", "elsewhere", "-h")]
    [InlineData("backup", "--help")]
    public async Task Who_asks_for_help_is_told_what_there_is_and_gets_no_server(params string[] args)
    {
        var (code, errors) = await RunAsync(args, ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("WHISTLE_CITY_PACK", ExampleCity.Folder));

        (code, errors).ShouldBe((0, ""));
        Directory.EnumerateFileSystemEntries(data).ShouldBeEmpty();
    }

    private Task<(int Code, string Errors)> RunAsync(params (string Name, string Value)[] settings) => RunAsync([], settings);

    private async Task<(int Code, string Errors)> RunAsync(string[] args, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WhistleActors.Server.dll"), .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["WHISTLE_DATA"] = data;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            await output;
            return (process.ExitCode, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
