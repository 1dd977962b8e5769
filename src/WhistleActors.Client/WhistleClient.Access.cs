using WhistleActors.Contract.SignIn;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Withdraws a person's access; for administrators. Within seconds no node believes what was issued to them before.</summary>
    public Task WithdrawAccessAsync(string person, WithdrawAccessRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"access/{Escape(person)}/withdraw", request, cancel);

    /// <summary>Whose access was withdrawn, the last first; for administrators.</summary>
    public Task<IReadOnlyList<WithdrawnAccessView>> WithdrawnAccessAsync(CancellationToken cancel = default) =>
        AskAsync<IReadOnlyList<WithdrawnAccessView>>("access/withdrawn", cancel);
}
