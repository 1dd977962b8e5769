using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Plans;

/// <summary>A server with scenarios of its own: a sound one, one with a mistake, one for another city.</summary>
public sealed class PlanServer : ServerFixture
{
    private const string Week = """
        name: { zh: 平常一周, en: An ordinary week }
        city: example
        start: 2026-03-02
        days: 7
        warm-up: 1 d
        replications: 10
        target: 0.9
        arrivals:
          - per-day: 48
            matters: [burst-main]
        crews:
          - { department: waterworks, absence: 0.1 }
        postings:
          - { crew: waterworks-1, to: 990101001 }
        limits:
          - { check-in: 120 min }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("whistle-plans-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    internal void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    protected override Task<string[]> SettingsAsync()
    {
        Write("week.yaml", Week);
        Write("broken.yaml", Week.Replace("days: 7", "days: 7000", StringComparison.Ordinal));
        Write("elsewhere.yaml", Week.Replace("city: example", "city: beijing", StringComparison.Ordinal));
        Write("past.yaml", Week.Replace("per-day: 48", "history: past.csv", StringComparison.Ordinal).Replace("    matters: [burst-main]\n", "", StringComparison.Ordinal));
        Write("past.csv", "time,matter,subdistrict\n2026-02-02T08:00:00,burst-main,990101001\n2026-02-03T09:00:00,burst-main,990102001\n");
        return Task.FromResult<string[]>(["--plans", folder]);
    }
}
