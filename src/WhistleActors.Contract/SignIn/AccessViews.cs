using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract.SignIn;

/// <summary>Withdraws a person's access.</summary>
/// <param name="Reason">Why; administrators read it.</param>
/// <param name="TokensBefore">Only tokens that were issued before are not believed any more; all that there are now when left out.</param>
public sealed record WithdrawAccessRequest(string? Reason = null, DateTimeOffset? TokensBefore = null);

/// <summary>A person's tokens that are not believed any more.</summary>
/// <param name="TokensBefore">Those that were issued before; whoever signs in later is believed again.</param>
public sealed record WithdrawnAccessView(string Person, DateTimeOffset TokensBefore, DateTimeOffset At, OfficerView By, string Reason);
