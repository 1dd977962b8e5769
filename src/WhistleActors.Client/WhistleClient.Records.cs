using System.Globalization;
using WhistleActors.Contract.Allocations;
using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Records;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Where a district should look before it is whistled for again.</summary>
    /// <param name="subdistrict">Only hot spots of this one; null for all.</param>
    /// <param name="weeks">The window that is compared with the past, 1 to 26.</param>
    public Task<PatternsView> PatternsAsync(string district, string? subdistrict = null, int weeks = 4, CancellationToken cancel = default) =>
        AskAsync<PatternsView>(
            string.Create(CultureInfo.InvariantCulture, $"records/patterns?district={Escape(district)}&weeks={weeks}")
            + (subdistrict is null ? "" : $"&subdistrict={Escape(subdistrict)}"),
            cancel);

    /// <summary>How often subdistricts whistled, against the band of the city pack.</summary>
    /// <param name="district">Only those of this one; null for all.</param>
    public Task<WhistleRatesView> WhistleRatesAsync(string? district = null, CancellationToken cancel = default) =>
        AskAsync<WhistleRatesView>(district is null ? "records/whistle-rates" : $"records/whistle-rates?district={Escape(district)}", cancel);

    /// <summary>How often the duty list's proposal was taken unchanged.</summary>
    /// <param name="weeks">1 to 26.</param>
    public Task<ProposalsView> ProposalsAsync(int weeks = 26, CancellationToken cancel = default) =>
        AskAsync<ProposalsView>(string.Create(CultureInfo.InvariantCulture, $"records/proposals?weeks={weeks}"), cancel);

    /// <summary>What a department's crews do, which should go where, and what waits how long.</summary>
    public Task<AllocationView> AllocationAsync(string department, CancellationToken cancel = default) =>
        AskAsync<AllocationView>($"departments/{Escape(department)}/allocation", cancel);

    /// <summary>When each department of a whistle can be expected, and when all are there.</summary>
    public Task<ExpectedView> ExpectedAsync(string whistle, CancellationToken cancel = default) => AskAsync<ExpectedView>($"whistles/{Escape(whistle)}/expected", cancel);

    /// <summary>Where whistles want the same crews.</summary>
    /// <param name="board"><c>city</c>, <c>district:</c> or <c>department:</c> and a code; null for all that one sees.</param>
    public Task<ContentionView> ContentionAsync(string? board = null, CancellationToken cancel = default) =>
        AskAsync<ContentionView>(board is null ? "contention" : $"contention?board={Escape(board)}", cancel);

    /// <summary>A department's load minute by minute, and where it tends to.</summary>
    /// <param name="minutes">How far back, 1 to 1440.</param>
    public Task<LoadMinutesView> LoadMinutesAsync(string department, int minutes = 60, CancellationToken cancel = default) =>
        AskAsync<LoadMinutesView>(string.Create(CultureInfo.InvariantCulture, $"departments/{Escape(department)}/load/minutes?minutes={minutes}"), cancel);

    /// <summary>A district's load minute by minute, and where it tends to.</summary>
    /// <param name="minutes">How far back, 1 to 1440.</param>
    public Task<DistrictLoadMinutesView> DistrictLoadMinutesAsync(string district, int minutes = 60, CancellationToken cancel = default) =>
        AskAsync<DistrictLoadMinutesView>(string.Create(CultureInfo.InvariantCulture, $"load/districts/{Escape(district)}/minutes?minutes={minutes}"), cancel);
}
