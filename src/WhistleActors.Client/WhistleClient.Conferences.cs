using System.Globalization;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

/// <content>Conferences and the action plan.</content>
public sealed partial class WhistleClient
{
    /// <summary>Calls the parties of a whistle together.</summary>
    public Task<CommandAnswer> ConveneAsync(string whistle, ConferenceRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/conference", request, options, cancel);

    /// <summary>Says in the open conference what one's organisation holds.</summary>
    public Task<CommandAnswer> StatePositionAsync(string whistle, PositionStatementRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/conference/position", request, options, cancel);

    /// <summary>Proposes a measure in the open conference.</summary>
    public Task<CommandAnswer> ProposeMeasureAsync(string whistle, ProposalRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/conference/proposals", request, options, cancel);

    /// <summary>Agrees or objects to a proposed measure.</summary>
    public Task<CommandAnswer> AnswerProposalAsync(string whistle, ProposalAnswerRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/conference/answers", request, options, cancel);

    /// <summary>Decides the open conference.</summary>
    public Task<CommandAnswer> DecideAsync(string whistle, DecisionRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/conference/decision", request, options, cancel);

    /// <summary>Says that a task of the action plan is done.</summary>
    public Task<CommandAnswer> CompleteTaskAsync(string whistle, CompleteTaskRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/tasks/complete", request, options, cancel);

    /// <summary>Confirms a task.</summary>
    public Task<CommandAnswer> ConfirmTaskAsync(string whistle, ConfirmTaskRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/tasks/confirm", request, options, cancel);

    /// <summary>Sends a task back.</summary>
    public Task<CommandAnswer> ReturnTaskAsync(string whistle, ReturnTaskRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/tasks/return", request, options, cancel);

    /// <summary>The minutes of a conference.</summary>
    public Task<MinutesView> MinutesAsync(string whistle, int conference, CancellationToken cancel = default) =>
        AskAsync<MinutesView>(string.Create(CultureInfo.InvariantCulture, $"whistles/{Escape(whistle)}/conferences/{conference}/minutes"), cancel);
}
