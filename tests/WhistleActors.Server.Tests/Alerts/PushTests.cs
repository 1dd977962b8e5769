using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>Web Push against an endpoint on this machine that does what a push service and a browser do.</summary>
public sealed class PushTests : IAsyncLifetime, IDisposable
{
    private const string Path = "departments/waterworks/push-subscriptions";

    private readonly AlertServer fixture = new();
    private readonly BrowserKeys browser = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await fixture.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        browser.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_browser_is_told_in_a_way_that_only_it_can_read_by_a_server_that_it_knows()
    {
        var water = await fixture.Server.WaterworksAsync();
        var key = (await water.GetAsync("push-key")).ShouldSucceed().Json.GetProperty("key").GetString()!;
        await fixture.StaffAsync(("water", "on-duty", "", ""));
        (await water.PostAsync(Path, Subscription())).Status.ShouldBe(204);
        await fixture.BlowAsync();

        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty));
        var received = await fixture.Webhook.NextAsync();

        (received.Path, received.Headers["content-encoding"], received.Headers["urgency"]).ShouldBe(("/push/1", "aes128gcm", "high"));
        received.Headers.ShouldContainKey("ttl");
        var told = JsonDocument.Parse(PushCipher.Decrypt(received.Body, browser.Key, browser.Secret)).RootElement;
        told.GetProperty("unsigned").GetInt32().ShouldBe(1);
        told.GetProperty("zh").GetString()!.ShouldContain("待签收");
        Encoding.UTF8.GetString(received.Body).ShouldNotContain("waterworks");
        Authorised(received.Headers["authorization"], key).ShouldBeTrue();
    }

    [Fact]
    public async Task A_subscription_that_is_gone_is_told_no_more()
    {
        var water = await fixture.Server.WaterworksAsync();
        await fixture.StaffAsync(("water", "on-duty", "", ""));
        (await water.PostAsync(Path, Subscription())).Status.ShouldBe(204);
        fixture.Webhook.Answer = _ => 410;
        var whistle = await fixture.BlowAsync();
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => attempt.TryGetProperty("result", out var result) && result.GetString() == "gone"));

        await fixture.BlowAsync();
        fixture.Server.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await fixture.BlowAsync();
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(second)).Length > 0);

        fixture.Webhook.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_browser_of_somebody_whose_access_was_withdrawn_is_told_no_more_until_it_is_subscribed_anew()
    {
        var water = await fixture.Server.WaterworksAsync();
        await fixture.StaffAsync(("water", "on-duty", "", ""));
        (await water.PostAsync(Path, Subscription())).Status.ShouldBe(204);
        fixture.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await (await fixture.Server.AsAsync("admin", "city", "administrator")).PostAsync("access/water/withdraw", """{"reason":"手机遗失"}""")).ShouldSucceed();

        var whistle = await fixture.BlowAsync();
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => attempt.TryGetProperty("result", out var result) && result.GetString() == "gone"));
        fixture.Webhook.All.ShouldBeEmpty();

        fixture.Server.Clock.Advance(TimeSpan.FromMinutes(5));
        (await (await Person.SignInAsync(fixture.Server, "water", "waterworks", "dispatcher")).PostAsync(Path, Subscription())).Status.ShouldBe(204);
        await fixture.BlowAsync();
        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty));
    }

    [Fact]
    public async Task A_push_service_that_is_busy_is_asked_again()
    {
        var water = await fixture.Server.WaterworksAsync();
        await fixture.StaffAsync(("water", "on-duty", "", ""));
        (await water.PostAsync(Path, Subscription())).Status.ShouldBe(204);
        var statuses = new Queue<int>([429, 500, 201]);
        fixture.Webhook.Answer = _ => statuses.Dequeue();
        var whistle = await fixture.BlowAsync();

        await fixture.RunUntilAsync(
            async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => attempt.TryGetProperty("result", out var result) && result.GetString() == "delivered"), TimeSpan.FromSeconds(3));
        fixture.Webhook.All.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Ones_own_browsers_are_listed_without_their_keys()
    {
        var (water, other) = (await fixture.Server.WaterworksAsync(), await fixture.Server.AsAsync("other", "waterworks", "dispatcher"));
        (await water.PostAsync(Path, Subscription("https://push.example/1"))).Status.ShouldBe(204);
        (await water.PostAsync(Path, Subscription("https://push.example/2"))).Status.ShouldBe(204);
        (await water.SendAsync(HttpMethod.Delete, $"{Path}?endpoint=https://push.example/1", null)).Status.ShouldBe(204);

        (await water.GetAsync(Path)).ShouldSucceed().Text.ShouldBe("""{"subscriptions":[{"endpoint":"https://push.example/2"}]}""");
        (await other.GetAsync(Path)).ShouldSucceed().Text.ShouldBe("""{"subscriptions":[]}""");
        (await (await fixture.Server.StreetAsync()).GetAsync(Path)).ShouldBeRefused(403, "not-your-department");
    }

    [Fact]
    public async Task What_is_no_subscription_is_refused()
    {
        var water = await fixture.Server.WaterworksAsync();
        foreach (var endpoint in (string[])["http://push.example/1", "https://user:pass@push.example/1", "http://10.0.0.1/", "ftp://push.example", "no"])
            (await water.PostAsync(Path, Subscription(endpoint))).ShouldBeRefused(422, "invalid-fields").ShouldName("/endpoint", "not-an-endpoint");
        (await water.PostAsync(Path, """{"endpoint":"https://push.example/1","keys":{"p256dh":"AAAA","auth":"AAAA"}}"""))
            .ShouldBeRefused(422, "invalid-fields").ShouldName("/keys/p256dh", "not-a-key").ShouldName("/keys/auth", "not-a-key");
        (await water.PostAsync(Path, """{"endpoint":"https://push.example/1"}""")).ShouldBeRefused(422, "invalid-fields").ShouldName("/keys/p256dh", "missing");
        (await (await fixture.Server.StreetAsync()).PostAsync(Path, Subscription())).ShouldBeRefused(403, "not-your-department");
        (await water.SendAsync(HttpMethod.Delete, Path, null)).ShouldBeRefused(422, "invalid-fields");
        (await water.SendAsync(HttpMethod.Delete, $"{Path}?endpoint=https://push.example/none", null)).Status.ShouldBe(204);
    }

    private string Subscription(string? endpoint = null) => browser.Subscription(endpoint ?? $"{fixture.Webhook.Url}push/1");

    // What a push service checks (RFC 8292, section 2).
    private bool Authorised(string header, string key)
    {
        var parts = header["vapid ".Length..].Split(", ");
        var token = parts[0]["t=".Length..].Split('.');
        parts[1].ShouldBe($"k={key}");
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement;
        claims.GetProperty("aud").GetString().ShouldBe(fixture.Webhook.Url.GetLeftPart(UriPartial.Authority));
        claims.GetProperty("exp").GetInt64().ShouldBeInRange(fixture.Server.Now.ToUnixTimeSeconds(), fixture.Server.Now.AddHours(24).ToUnixTimeSeconds());
        using var verifier = ECDsa.Create(PushCipher.Parameters(Base64Url.DecodeFromChars(key)));
        return verifier.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
