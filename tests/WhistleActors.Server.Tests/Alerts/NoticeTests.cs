using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>Notices on their way out of a real server, to real endpoints on this machine.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private readonly AlertServer fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync() => await fixture.DisposeAsync();

    [Fact]
    public async Task A_summons_goes_out_as_a_signed_cloud_event_climbs_and_is_proven_attempt_by_attempt()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"), ("bo", "deputy", "sms", "+8613800000000"));
        var whistle = await fixture.BlowAsync();

        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty), TimeSpan.FromMilliseconds(300));
        var first = await fixture.Webhook.NextAsync();
        first.Path.ShouldBe("/alerts");
        first.Headers["content-type"].ShouldStartWith("application/cloudevents+json");
        Verifies(first).ShouldBeTrue();
        var cloud = first.Json;
        (cloud.GetProperty("specversion").GetString(), cloud.GetProperty("source").GetString(), cloud.GetProperty("id").GetString())
            .ShouldBe(("1.0", "/departments/waterworks", first.Headers["webhook-id"]));
        cloud.GetProperty("data").GetProperty("alerts")[0].GetProperty("whistle").GetString().ShouldBe(whistle);
        cloud.GetProperty("data").GetProperty("emergency").GetBoolean().ShouldBeTrue();

        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty), TimeSpan.FromSeconds(10));
        var second = await fixture.Webhook.NextAsync();
        (second.Path, second.Json.GetProperty("data").GetProperty("to").GetString()).ShouldBe(("/gateway", "+8613800000000"));

        (await (await fixture.Server.WaterworksAsync()).PostAsync($"whistles/{whistle}/summonses/waterworks/depart")).ShouldSucceed();
        fixture.Server.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.TrueAsync(async () => (await fixture.AttemptsAsync(whistle)).Count(attempt => Kind(attempt) == "answered") == 2);
        var attempts = await fixture.AttemptsAsync(whistle);
        attempts.Where(attempt => Kind(attempt) == "step").Select(attempt => attempt.GetProperty("person").GetString()).ShouldBe(["an", "bo"]);
        attempts.Where(attempt => Kind(attempt) == "sent").Select(attempt => attempt.GetProperty("channel").GetString()).ShouldBe(["webhook", "sms"]);
        attempts.Where(attempt => Kind(attempt) == "answered").ShouldAllBe(attempt => attempt.GetProperty("result").GetString() == "delivered");
        fixture.Webhook.All.ShouldBeEmpty("it was answered, and still rang");
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_tried_again_under_the_same_id_until_it_takes_it()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
        var statuses = new Queue<int>([500, 429, 204]);
        fixture.Webhook.Answer = _ => statuses.Dequeue();
        var whistle = await fixture.BlowAsync();

        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => Result(attempt) == "delivered"), TimeSpan.FromSeconds(3));

        fixture.Webhook.All.Select(received => received.Headers["webhook-id"]).Distinct().ShouldHaveSingleItem();
        fixture.Webhook.All.Count.ShouldBe(3);
        fixture.Webhook.All.ShouldAllBe(received => Verifies(received));
        (await fixture.AttemptsAsync(whistle)).Select(Result).Where(result => result is not null).ShouldBe(["failed", "failed", "delivered"]);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_an_administrator_sees_the_dead_letter_and_sends_it_again()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
        fixture.Webhook.Answer = http =>
        {
            http.Response.Headers.Location = "http://127.0.0.1:1/inside";
            return 302;
        };
        var whistle = await fixture.BlowAsync();
        var root = await fixture.Server.AsAsync("root", "city", "administrator");
        await fixture.RunUntilAsync(async () => (await LettersAsync(root)).Length == 1);
        fixture.Webhook.All.Count.ShouldBe(1);
        var letter = (await LettersAsync(root)).Single();
        letter.GetProperty("detail").GetString()!.ShouldContain("302");
        letter.GetProperty("whistles")[0].GetString().ShouldBe(whistle);

        fixture.Webhook.Answer = _ => 200;
        var id = letter.GetProperty("notice").GetString();
        (await root.PostAsync($"webhooks/dead-letters/{id}/resend")).Status.ShouldBe(204);
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => Result(attempt) == "delivered"));

        (await LettersAsync(root)).ShouldBeEmpty();
        fixture.Webhook.All.Select(received => received.Headers["webhook-id"]).ShouldBe([id, id]);
        (await root.PostAsync($"webhooks/dead-letters/{id}/resend")).ShouldBeRefused(404, "unknown-dead-letter");
        (await root.PostAsync("webhooks/dead-letters/nonsense/resend")).ShouldBeRefused(404, "unknown-dead-letter");
        foreach (var stranger in (Person[])[await fixture.Server.WaterworksAsync(), await fixture.Server.StreetAsync()])
        {
            (await stranger.GetAsync("webhooks/dead-letters")).ShouldBeRefused(403, "not-administrator");
            (await stranger.PostAsync($"webhooks/dead-letters/{id}/resend")).ShouldBeRefused(403, "not-administrator");
        }
    }

    [Fact]
    public async Task A_target_inside_is_never_connected_to()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "metadata"));
        var whistle = await fixture.BlowAsync();
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => Result(attempt) == "given-up"));
        (await fixture.AttemptsAsync(whistle)).Single(attempt => Result(attempt) is not null).GetProperty("detail").GetString()!.ShouldContain("not a public one");
    }

    [Fact]
    public async Task Mail_is_handed_in_and_a_server_that_dies_in_mid_sentence_gets_it_again()
    {
        fixture.Mail.DiesInMidSentence = 1;
        await fixture.StaffAsync(("an", "on-duty", "email", "duty@example.org"));
        var whistle = await fixture.BlowAsync();

        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => Result(attempt) == "delivered"), TimeSpan.FromSeconds(3));

        var letter = fixture.Mail.Letters.ShouldHaveSingleItem();
        letter.To.ShouldContain("<duty@example.org>");
        letter.Text.ShouldContain("Message-Id: <waterworks-1@");
        letter.Text.ShouldContain("Priority: urgent", Case.Insensitive);
        (await fixture.AttemptsAsync(whistle)).Select(Result).Where(result => result is not null).ShouldBe(["failed", "delivered"]);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_given_up_at_once()
    {
        fixture.Mail.Recipient = "550 no such person";
        await fixture.StaffAsync(("an", "on-duty", "email", "duty@example.org"));
        var whistle = await fixture.BlowAsync();
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => Result(attempt) is not null));
        (await fixture.AttemptsAsync(whistle)).Select(Result).Where(result => result is not null).ShouldBe(["given-up"]);
        fixture.Mail.Sessions.ShouldBe(1);
    }

    [Fact]
    public async Task A_whistle_that_never_was_has_no_attempts_to_show() =>
        (await (await fixture.Server.StreetAsync()).GetAsync("/api/v1/whistles/99010100100101-77/alerts")).ShouldBeRefused(404, "unknown-whistle");

    private static async Task<JsonElement[]> LettersAsync(Person root) =>
        [.. (await root.GetAsync("/api/v1/webhooks/dead-letters")).ShouldSucceed().Json.GetProperty("deadLetters").EnumerateArray()];

    private static string Kind(JsonElement attempt) => attempt.GetProperty("kind").GetString()!;

    private static string? Result(JsonElement attempt) => attempt.TryGetProperty("result", out var result) ? result.GetString() : null;

    private bool Verifies(Received received) => WebhookSignature.Verifies(
        received.Headers["webhook-id"], received.Headers["webhook-timestamp"], received.Headers["webhook-signature"], received.Body, AlertServer.Secret, fixture.Server.Now);
}
