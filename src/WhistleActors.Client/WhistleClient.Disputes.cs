using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Says that a summons is not the department's own.</summary>
    public Task<CommandAnswer> DisputeAsync(
        string whistle, string department, DisputeRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/dispute", request, options, cancel);

    /// <summary>Calls whom the duty list names for a department that cannot come; the command centre does.</summary>
    public Task<CommandAnswer> CallSubstituteAsync(
        string whistle, string department, SubstituteRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/substitute", request, options, cancel);

    /// <summary>Rules a dispute, or refers it to a conference.</summary>
    public Task<CommandAnswer> RuleAsync(string whistle, RuleRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/rule", request, options, cancel);

    /// <summary>The newest rulings about a matter, newest first.</summary>
    public Task<IReadOnlyList<PrecedentView>> PrecedentsAsync(string matter, CancellationToken cancel = default) =>
        AskAsync<IReadOnlyList<PrecedentView>>($"precedents?matter={Escape(matter)}", cancel);
}
