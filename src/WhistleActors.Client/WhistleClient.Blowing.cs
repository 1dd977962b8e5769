using System.Globalization;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Open whistles near a point, or of the same matter in the grid's subdistrict, nearest first: to look at before blowing another.</summary>
    /// <param name="place">Longitude and latitude WGS-84; the middle of the grid when null.</param>
    /// <param name="metres">How near, 1 to 5,000; 500 when null.</param>
    public Task<NearbyView> NearbyAsync(string grid, string? matter = null, (double Lon, double Lat)? place = null, double? metres = null, CancellationToken cancel = default)
    {
        var path = $"whistles/nearby?grid={Escape(grid)}";
        if (matter is not null)
            path += $"&matter={Escape(matter)}";
        if (place is { } at)
            path += string.Create(CultureInfo.InvariantCulture, $"&lon={at.Lon:R}&lat={at.Lat:R}");
        if (metres is { } radius)
            path += string.Create(CultureInfo.InvariantCulture, $"&metres={radius:R}");
        return AskAsync<NearbyView>(path, cancel);
    }

    /// <summary>Approves a whistle whose level needs it.</summary>
    public Task<CommandAnswer> ApproveAsync(string whistle, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/approve", new ApproveRequest(), options, cancel);

    /// <summary>Refuses the approval.</summary>
    public Task<CommandAnswer> RejectAsync(string whistle, RejectRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/reject", request, options, cancel);

    /// <summary>Joins a whistle that another subdistrict asked to blow together.</summary>
    public Task<CommandAnswer> JoinAsync(string whistle, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/join", new JoinRequest(), options, cancel);

    /// <summary>Declines to join.</summary>
    public Task<CommandAnswer> DeclineAsync(string whistle, DeclineRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/decline", request, options, cancel);

    /// <summary>Adds a report of the same thing to an open whistle.</summary>
    public Task<CommandAnswer> AddReportAsync(string whistle, AddReportRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/reports", request, options, cancel);

    /// <summary>Ends a whistle in another one of its grid.</summary>
    public Task<CommandAnswer> MergeAsync(string whistle, MergeRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/merge", request, options, cancel);
}
