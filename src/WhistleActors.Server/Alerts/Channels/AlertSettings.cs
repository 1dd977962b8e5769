using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using MimeKit;
using WhistleActors.Domain.Officers;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>By which ways this server reaches people.</summary>
/// <param name="Webhooks">By name; the file that <c>WHISTLE_WEBHOOKS</c> names.</param>
/// <param name="Sms">The webhook that sends short messages, and <paramref name="Voice"/> the one that calls; null when there is none.</param>
/// <param name="Allowed">Networks inside, to which requests may go all the same; <c>WHISTLE_ALLOWED_NETWORKS</c>, such as <c>10.1.0.0/16,127.0.0.1/32</c>.</param>
public sealed record AlertSettings(FrozenDictionary<string, WebhookTarget> Webhooks, string? Sms, string? Voice, IReadOnlyList<IPNetwork> Allowed)
{
    private const int ShortestSecret = 24;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>Where mail is handed in; <c>WHISTLE_SMTP</c>, such as <c>smtp://user:password@mail.example.org:587</c> or <c>smtps://…</c>.</summary>
    public Uri? Smtp { get; init; }

    /// <summary>Whom mail comes from; <c>WHISTLE_SMTP_FROM</c>.</summary>
    public MailboxAddress? MailFrom { get; init; }

    /// <summary>The file with the key that browsers subscribe with; <c>WHISTLE_PUSH_KEY</c>, by default <c>push.key</c> beside the data. Nodes share one.</summary>
    public required string PushKey { get; init; }

    /// <summary>Whom a push service may turn to; <c>WHISTLE_PUSH_SUBJECT</c>, such as <c>mailto:it@example.org</c>.</summary>
    public string? PushSubject { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingsException">A setting is wrong; the message says which, and what would be right.</exception>
    internal static AlertSettings Read(IConfiguration given, string pushKey)
    {
        var file = given["WEBHOOKS"] is { } name ? ReadFile(name) : new WebhookFile(null, null, null);
        var webhooks = (file.Targets ?? []).ToDictionary(target => target.Name ?? "", Target);
        foreach (var used in (string?[])[file.Sms, file.Voice])
        {
            if (used is not null && !webhooks.ContainsKey(used))
                throw new SettingsException($"WHISTLE_WEBHOOKS: '{used}' sends messages but is not among the targets.");
        }

        var smtp = given["SMTP"] is { } text ? Mail(text) : null;
        var from = MailboxAddress.TryParse(given["SMTP_FROM"], out var address) ? address : null;
        if (smtp is not null && from is null)
            throw new SettingsException("WHISTLE_SMTP needs WHISTLE_SMTP_FROM, the address that mail comes from.");
        return new AlertSettings(webhooks.ToFrozenDictionary(), file.Sms, file.Voice, Networks(given["ALLOWED_NETWORKS"]))
        {
            Smtp = smtp,
            MailFrom = from,
            PushKey = pushKey,
            PushSubject = given["PUSH_SUBJECT"],
        };
    }

    private static WebhookTarget Target(WebhookEntry entry)
    {
        if (!PersonId.TryParse(entry.Name, out _))
            throw new SettingsException($"WHISTLE_WEBHOOKS: '{entry.Name}' is not a name; expected 1 to 48 ASCII letters and digits, with - _ . inside.");
        if (!Uri.TryCreate(entry.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
            throw new SettingsException($"WHISTLE_WEBHOOKS: the url of '{entry.Name}' is not one; expected https://… without user name or password.");
        if (entry.Secret is not { Length: >= ShortestSecret } secret)
            throw new SettingsException($"WHISTLE_WEBHOOKS: the secret of '{entry.Name}' must have at least {ShortestSecret} characters.");
        return new WebhookTarget(entry.Name!, url, secret);
    }

    private static WebhookFile ReadFile(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<WebhookFile>(File.ReadAllBytes(file), Json) ?? throw new JsonException("null");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SettingsException($"WHISTLE_WEBHOOKS names '{file}', which cannot be read: {wrong.Message}");
        }
    }

    private static Uri Mail(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "smtp" or "smtps" && uri.Host.Length > 0
            ? uri
            : throw new SettingsException("WHISTLE_SMTP is not an address of a mail server; expected smtp://user:password@host:587 or smtps://host:465.");

    private static List<IPNetwork> Networks(string? text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            networks.Add(IPNetwork.TryParse(part, out var network) ? network : throw new SettingsException($"WHISTLE_ALLOWED_NETWORKS holds '{part}'; expected networks such as 10.1.0.0/16, with commas."));
        return networks;
    }

    private sealed record WebhookFile(IReadOnlyList<WebhookEntry>? Targets, string? Sms, string? Voice);

    private sealed record WebhookEntry(string? Name, string? Url, string? Secret);
}

/// <summary>Where a webhook goes, and what it is signed with.</summary>
public sealed record WebhookTarget(string Name, Uri Url, string Secret)
{
    /// <summary>Without the secret, which must not reach a log.</summary>
    public override string ToString() => $"{Name} {Url}";
}
