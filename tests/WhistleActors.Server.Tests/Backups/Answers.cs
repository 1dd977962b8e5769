using System.Text.RegularExpressions;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Backups;

/// <summary>Everything that a server says when it is asked for everything, by all kinds of people.</summary>
internal static partial class Answers
{
    private static readonly string[] Departments = ["waterworks", "990101-roads", "990102-roads", "command"];

    /// <summary>For each person and path the status and the body.</summary>
    /// <param name="whistles">All that there ever were.</param>
    /// <param name="files">The hashes of all attachments.</param>
    public static async Task<Dictionary<string, string>> OfAsync(TestServer server, IReadOnlyList<string> whistles, IReadOnlyList<string> files)
    {
        (string Who, Person Person)[] people =
        [
            ("administrator", await server.AsAsync("admin", "city", "administrator")),
            ("command centre", await server.AsAsync("command", ExampleCity.West.Text, "commander")),
            ("subdistrict", await server.StreetAsync()),
            ("waterworks", await server.WaterworksAsync()),
            ("roads", await server.RoadsAsync()),
            ("hotline", await server.AsAsync("hotline", "command", "dispatcher")),
        ];
        var answers = new Dictionary<string, string>();
        foreach (var (who, person) in people)
        {
            foreach (var path in Paths(server.Now, whistles, files))
            {
                var answer = await person.GetAsync(path);

                // The name of a node's board is its own.
                answers[$"{who}: {path}"] = $"{answer.Status} {Epoch().Replace(answer.Text, "")}";
            }
        }

        return answers;
    }

    private static IEnumerable<string> Paths(DateTimeOffset now, IReadOnlyList<string> whistles, IReadOnlyList<string> files)
    {
        foreach (var id in whistles)
        {
            foreach (var part in (string[])["", "/trace", "/dossier", "/alerts", "/expected", "/case-file?lang=zh", "/case-file?lang=en", "/conferences/1/minutes"])
                yield return $"whistles/{id}{part}";
            foreach (var file in files)
                yield return $"whistles/{id}/attachments/{file}";
        }

        foreach (var grid in (object[])[ExampleCity.Belfry, ExampleCity.Market, ExampleCity.RiverBend, ExampleCity.Station])
            yield return $"grids/{grid}";
        foreach (var department in Departments)
        {
            var days = $"from={Uri.EscapeDataString(now.ToString("O"))}&to={Uri.EscapeDataString(now.AddDays(7).ToString("O"))}";
            foreach (var part in (string[])["load", "load/minutes", "allocation", $"roster?{days}", $"roster.ics?{days}", "notification-rules", "push-subscriptions"])
                yield return $"departments/{department}/{part}";
        }

        foreach (var board in (string[])["city", "district:990101", "subdistrict:990101001", "department:waterworks", "department:990101-roads"])
        {
            yield return $"whistles?board={board}";
            yield return $"contention?board={board}";
        }

        foreach (var desk in (string[])["990101001", "990102001", "990101", "city"])
            yield return $"reports?desk={desk}";
        foreach (var path in (string[])[
            "load", "load/districts", "load/districts/990101/minutes", "precedents?matter=burst-main", "access/withdrawn", "records/patterns?district=990101",
            "records/proposals?weeks=8", "records/whistle-rates?district=990101", "webhooks", "webhooks/dead-letters", "push-key"])
            yield return path;
    }

    [GeneratedRegex("\"epoch\":\"[^\"]*\",?")]
    private static partial Regex Epoch();
}
