using WhistleActors.Contract.Whistles;

namespace WhistleActors.Simulator.Plans;

/// <summary>One whistle to blow.</summary>
/// <param name="Number">Counts the whistles of a run; chance hangs on it.</param>
/// <param name="ChangesProposal">Whether the initiator leaves out one of the proposed cooperating departments.</param>
/// <param name="IsWithdrawn">Whether the initiator takes it back soon.</param>
/// <param name="Due">When it is meant to be blown, as a timestamp of the run's clock; null for as soon as it can be.</param>
internal sealed record WhistlePlan(long Number, string Grid, BlowRequest Request, bool ChangesProposal, bool IsWithdrawn, long? Due = null);
