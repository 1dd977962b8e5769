using System.Globalization;
using System.Text.Json;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Reports;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Tells the city something. The same source and number is the same report, however often it is sent.</summary>
    public Task<ReportView> SendReportAsync(ReportRequest request, CancellationToken cancel = default) => PostAsync<ReportRequest, ReportView>("reports", request, cancel);

    /// <summary>Sends the CSV export of a hotline, in UTF-8 or GBK. The same file again changes nothing.</summary>
    public async Task<ImportView> ImportReportsAsync(byte[] csv, CancellationToken cancel = default)
    {
        var reply = await caller.SendAsync(new Call(HttpMethod.Post, "api/v1/reports/import", csv, MediaType: "text/csv"), session, cancel).ConfigureAwait(false);
        return JsonSerializer.Deserialize(reply.Body, ClientJson.Type<ImportView>())!;
    }

    /// <summary>A report and what became of it.</summary>
    public Task<ReportView> ReportAsync(string report, CancellationToken cancel = default) => AskAsync<ReportView>($"reports/{Escape(report)}", cancel);

    /// <summary>One page of the open reports of a desk.</summary>
    /// <param name="desk">Code of a subdistrict or a district, or <c>city</c>.</param>
    /// <param name="cursor">From the page before; null for the first.</param>
    public Task<ReportPage> OpenReportsAsync(string desk, int limit = 50, string? cursor = null, CancellationToken cancel = default) => AskAsync<ReportPage>(
        string.Create(CultureInfo.InvariantCulture, $"reports?desk={Escape(desk)}&limit={limit}{(cursor is null ? "" : $"&cursor={Escape(cursor)}")}"), cancel);

    /// <summary>Says in which grid a report is.</summary>
    public Task<ReportView> PlaceReportAsync(string report, PlaceReportRequest request, CancellationToken cancel = default) =>
        PostAsync<PlaceReportRequest, ReportView>($"reports/{Escape(report)}/place", request, cancel);

    /// <summary>Blows a whistle for a report.</summary>
    public Task<ReportView> WhistleReportAsync(string report, WhistleReportRequest request, CancellationToken cancel = default) =>
        PostAsync<WhistleReportRequest, ReportView>($"reports/{Escape(report)}/whistle", request, cancel);

    /// <summary>Adds a report to an open whistle.</summary>
    public Task<ReportView> MergeReportAsync(string report, MergeReportRequest request, CancellationToken cancel = default) =>
        PostAsync<MergeReportRequest, ReportView>($"reports/{Escape(report)}/merge", request, cancel);

    /// <summary>Does nothing about a report, for a reason.</summary>
    public Task<ReportView> DismissReportAsync(string report, DismissReportRequest request, CancellationToken cancel = default) =>
        PostAsync<DismissReportRequest, ReportView>($"reports/{Escape(report)}/dismiss", request, cancel);

    private async Task<TAnswer> PostAsync<TRequest, TAnswer>(string path, TRequest request, CancellationToken cancel)
    {
        var call = new Call(HttpMethod.Post, $"api/v1/{path}", JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Type<TRequest>()));
        var reply = await caller.SendAsync(call, session, cancel).ConfigureAwait(false);
        return JsonSerializer.Deserialize(reply.Body, ClientJson.Type<TAnswer>())!;
    }
}
