using Microsoft.Net.Http.Headers;
using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.Problems;
using WhistleActors.Server.SignIn;
using WhistleActors.Server.Whistles;

namespace WhistleActors.Server.Attachments;

/// <summary>Files in, and out again to those on the case.</summary>
internal static class AttachmentEndpoints
{
    internal static void MapAttachments(this RouteGroupBuilder api)
    {
        api.MapPost("/attachments", Receive).WithTags("Attachments")
            .WithSummary("Upload a photo, film or PDF as it is, for a note or an outcome to refer to within a day. 上传附件。")
            .Accepts<byte[]>("application/octet-stream", [.. MediaTypes.Allowed, "*/*"])
            .Produces<UploadView>(201).ProducesRefusals(403, 413, 415);
        api.MapGet("/whistles/{id}/attachments/{hash}", Send).WithTags("Attachments")
            .WithSummary("A file that a note or an outcome of this whistle refers to; for those on the case. 附件。")
            .Produces<byte[]>(200, MediaTypes.Allowed[0], [.. MediaTypes.Allowed]).Produces(304).ProducesRefusals(403, 404);
    }

    private static async Task<IResult> Receive(HttpContext http, AttachmentStore store, AttachmentSettings settings)
    {
        var officer = http.Officer();
        if ((officer.Powers & Officer.PowersOf(officer.Role)) == Powers.None)
            throw new ProblemException(Problems.Problems.ForStatus(403));

        if (http.Request.ContentLength > settings.MostBytes)
            throw new ProblemException(store.TooLarge());
        var received = await store.ReceiveAsync(http.Request.BodyReader, http.RequestAborted);
        return Results.Json(new UploadView(received.Hash.Text, received.MediaType, received.Bytes), ContractJson.Types.UploadView, statusCode: 201);
    }

    private static async Task<IResult> Send(string id, string hash, HttpContext http, CaseReader cases, AttachmentStore store)
    {
        var read = await cases.ReadAsync(Routes.Whistle(id), http.Officer(), http.RequestAborted);
        var attachment = ContentHash.TryParse(hash, out var wanted)
            ? read.Events.SelectMany(entry => Attached.To(entry.Event)).FirstOrDefault(attachment => attachment.Hash == wanted)
            : null;
        if (attachment is null || store.Open(wanted) is not { } content)
            return Problems.Problems.Result(Unknown());

        // What people upload is never a page of this server's, whatever is in it.
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, no-cache";
        var disposition = new ContentDispositionHeaderValue(attachment.MediaType.StartsWith("image/", StringComparison.Ordinal) ? "inline" : "attachment");
        disposition.SetHttpFileName(FileNameOf(attachment));
        headers.ContentDisposition = disposition.ToString();
        return Results.File(content, attachment.MediaType, entityTag: new EntityTagHeaderValue($"\"{wanted}\""), enableRangeProcessing: true);
    }

    /// <summary>The problem for a file that is not here.</summary>
    internal static Contract.Problems.Problem Unknown() => Problems.Problems.Of(
        404, "unknown-attachment", "There is no such attachment here.", "没有该附件。", "Upload it first; it is kept for a day until a note or an outcome refers to it.", "请先上传；未被引用的附件只保留一天。");

    // The ending says what the content is, so that nobody opens it as something else.
    private static string FileNameOf(Attachment attachment)
    {
        var ending = MediaTypes.EndingOf(attachment.MediaType);
        return attachment.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? attachment.Name : attachment.Name + ending;
    }
}
