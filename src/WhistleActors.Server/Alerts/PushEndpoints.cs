using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using WhistleActors.Contract;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Alerts;

/// <summary>Browsers that take notices.</summary>
internal static class PushEndpoints
{
    private const int LongestEndpoint = 1_000;
    private const int AuthLength = 16;

    internal static void MapPush(this RouteGroupBuilder api)
    {
        api.MapGet("/push-key", (PushKey key) => Results.Json(new PushKeyView(key.Public), ContractJson.Types.PushKeyView)).WithTags("Alerts")
            .WithSummary("What a browser subscribes with. 浏览器订阅推送所用的公钥。").Produces<PushKeyView>();
        api.MapGet("/departments/{department}/push-subscriptions", Find).WithTags("Alerts")
            .WithSummary("The browsers by which one is told, without their keys. 本人已订阅推送的浏览器。").Produces<PushSubscriptionsView>().ProducesRefusals(403, 404);
        api.MapPost("/departments/{department}/push-subscriptions", Subscribe).WithTags("Alerts")
            .WithSummary("Let one's own browser take notices. 本人浏览器订阅推送。")
            .Accepts<PushSubscriptionRequest>("application/json").Produces(204).ProducesRefusals(400, 403, 404, 413, 415, 422, 429);
        api.MapDelete("/departments/{department}/push-subscriptions", Unsubscribe).WithTags("Alerts")
            .WithSummary("Let it take none any more. 取消推送订阅。").Produces(204).ProducesRefusals(403, 404, 422);
    }

    private static async Task<IResult> Find(string department, HttpContext http, CityPack pack, Actors.City city)
    {
        var alerts = await city.AlertsOfAsync(RosterEndpoints.Own(department, http, pack), http.RequestAborted);
        return Results.Json(
            new PushSubscriptionsView([.. alerts.Subscriptions.GetValueOrDefault(http.Officer().Person, []).Select(browser => new PushSubscriptionView(browser.Address))]),
            ContractJson.Types.PushSubscriptionsView);
    }

    private static async Task<IResult> Subscribe(string department, HttpContext http, CityPack pack, Actors.City city, AlertSettings settings)
    {
        var code = AlertOrders.Department(department, pack);
        var (request, _) = await CommandBody.ReadAsync<PushSubscriptionRequest>(http);
        var form = new Form();
        var endpoint = form.Text("/endpoint", request.Endpoint, LongestEndpoint);
        if (request.Endpoint is not null && !IsEndpoint(endpoint, settings))
            form.Wrong("/endpoint", "not-an-endpoint", "This is not the https address of a push service.", "这不是推送服务的 https 地址。");
        var (key, secret) = (Bytes("/keys/p256dh", request.Keys?.P256dh, form), Bytes("/keys/auth", request.Keys?.Auth, form));
        if (key.Length > 0 && !IsKey(key))
            form.Wrong("/keys/p256dh", "not-a-key", "This is not a public key of P-256.", "这不是 P-256 公钥。");
        if (secret.Length > 0 && secret.Length != AuthLength)
            form.Wrong("/keys/auth", "not-a-key", $"The secret must have {AuthLength} bytes.", $"密钥须为 {AuthLength} 字节。");
        form.Check();
        var subscription = new AlertContact(AlertChannel.WebPush, endpoint, Base64Url.EncodeToString(key), Base64Url.EncodeToString(secret));
        return await AlertOrders.GiveAsync(http, city, code, new SubscribePush(subscription));
    }

    private static async Task<IResult> Unsubscribe(string department, HttpContext http, CityPack pack, Actors.City city, string? endpoint = null)
    {
        var code = AlertOrders.Department(department, pack);
        var form = new Form();
        var address = form.Text("?endpoint", endpoint, LongestEndpoint);
        form.Check();
        return await AlertOrders.GiveAsync(http, city, code, new UnsubscribePush(address));
    }

    // Browsers give https only. Without it at most inside, where a setting allows it.
    private static bool IsEndpoint(string text, AlertSettings settings) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps
            || (uri.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(uri.Host, out var address) && settings.Allowed.Any(network => network.Contains(address))));

    private static byte[] Bytes(string pointer, string? text, Form form)
    {
        if (form.Text(pointer, text, Form.ShortText) is not { Length: > 0 } given)
            return [];
        if (Base64Url.IsValid(given))
            return Base64Url.DecodeFromChars(given);
        form.Wrong(pointer, "not-base64url", "This is not base64url.", "这不是 base64url。");
        return [];
    }

    private static bool IsKey(byte[] key)
    {
        try
        {
            using var imported = ECDiffieHellman.Create(PushCipher.Parameters(key));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
