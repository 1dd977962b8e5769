using System.Text.Json;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.SignIn;

namespace WhistleActors.Client.SignIns;

/// <summary>One person's token: fetched once for all who wait for it, renewed before it ends, fetched again when the server refuses it.</summary>
internal sealed class Session(SignInRequest who, Caller caller, TimeProvider clock)
{
    // A share of its life is left when it is renewed, so that clocks may differ a little and a slow request still arrives in time.
    private const double RenewAfterShare = 0.8;

    private readonly Lock gate = new();
    private Task<Held>? fetching;

    public async Task<string> TokenAsync(CancellationToken cancel)
    {
        var held = await Fetch().WaitAsync(cancel).ConfigureAwait(false);
        return held.Token;
    }

    /// <summary>The server did not accept that token: the next caller fetches a new one.</summary>
    public void Forget(string token)
    {
        lock (gate)
        {
            if (fetching is { IsCompletedSuccessfully: true } && fetching.Result.Token == token)
                fetching = null;
        }
    }

    private Task<Held> Fetch()
    {
        lock (gate)
        {
            var usable = fetching is { } known
                && !known.IsFaulted
                && (!known.IsCompletedSuccessfully || clock.GetUtcNow() < known.Result.RenewAt);
            return usable ? fetching! : fetching = SignInAsync();
        }
    }

    // Shared by all who wait, so no single caller's cancellation ends it; its own time limit does.
    private async Task<Held> SignInAsync()
    {
        await Task.Yield();
        var body = JsonSerializer.SerializeToUtf8Bytes(who, ClientJson.Type<SignInRequest>());
        var reply = await caller.SendAsync(new Call(HttpMethod.Post, "api/v1/sign-in", body), session: null, CancellationToken.None).ConfigureAwait(false);
        var answer = JsonSerializer.Deserialize(reply.Body, ClientJson.Type<SignInAnswer>())!;
        var now = clock.GetUtcNow();
        return new Held(answer.Token, now + ((answer.ExpiresAt - now) * RenewAfterShare));
    }

    private sealed record Held(string Token, DateTimeOffset RenewAt);
}
