using System.Collections.Immutable;
using WhistleActors.Actors.Views;
using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;
using ComponentScheme = WhistleActors.Domain.Whistles.ComponentScheme;
using PersonKind = WhistleActors.Domain.Whistles.PersonKind;

namespace WhistleActors.Server.Whistles;

/// <summary>What those on a case record and tell each other, and the reading of it.</summary>
internal static class DossierEndpoints
{
    private const int MostAttachmentsOfNote = 10;
    private const int TitleText = 200;
    private const int RemarkText = 500;

    internal static void MapDossiers(this RouteGroupBuilder whistles)
    {
        whistles.MapGet("/{id}/dossier", Read)
            .WithSummary("People, matters, objects and notes; for those on the case. 人、事、物和现场记录。")
            .Produces<DossierView>().ProducesRefusals(400, 403, 404, 422);
        whistles.MapWhistleCommand<PersonRequest>("dossier/people", "Record somebody who has to do with the incident. 登记人员。", (request, form, whistle) =>
            new RecordPerson(whistle, new RecordedPerson(
                form.Choice<PersonKind>("/kind", request.Kind),
                form.Text("/name", request.Name, Form.ShortText),
                ReadPhone("/phone", request.Phone, form),
                form.OptionalText("/remark", request.Remark, RemarkText))));
        whistles.MapWhistleCommand<MatterRequest>("dossier/matters", "Record what happened or is under way at the place. 登记相关事项。", (request, form, whistle) =>
            new RecordMatter(whistle, new RecordedMatter(
                form.Text("/title", request.Title, TitleText),
                form.OptionalText("/reference", request.Reference, Form.ShortText),
                form.OptionalText("/remark", request.Remark, RemarkText))));
        whistles.MapWhistleCommand<ObjectRequest>("dossier/objects", "Record a thing of the place. 登记物件。", (request, form, whistle) =>
            new RecordObject(whistle, new RecordedObject(
                form.Code<ComponentId>("/id", request.Id),
                form.OptionalChoice<ComponentScheme>("/scheme", request.Scheme) ?? ComponentScheme.Cn16,
                form.Text("/name", request.Name, Form.ShortText),
                form.OptionalText("/remark", request.Remark, RemarkText))));
        whistles.MapPost("/{id}/notes", AddNote)
            .WithSummary("Tell all on the case something, with photos and documents. 现场记录。")
            .Accepts<NoteRequest>("application/json").Produces<WhistleView>().ProducesCommandRefusals();
    }

    internal static string? ReadPhone(string pointer, string? phone, Form form)
    {
        var text = form.OptionalText(pointer, phone, 32);
        if (text is not null && (text.Count(char.IsAsciiDigit) < 5 || !text.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or ',')))
            form.Wrong(pointer, "not-a-phone-number", "This is not a phone number: at least 5 digits, with + - ( ) , and spaces.", "这不是电话号码：至少 5 位数字，可含 + - ( ) , 和空格。");
        return text;
    }

    // The content is claimed for the whistle before the note is given to its grid: see AttachmentStore.
    private static async Task<IResult> AddNote(string id, HttpContext http, CommandPipeline pipeline, AttachmentStore store)
    {
        var whistle = Routes.Whistle(id);
        var (request, body) = await CommandBody.ReadAsync<NoteRequest>(http);
        var form = new Form();
        var text = form.Text("/text", request.Text);
        var named = ReadAttachments(request.Attachments ?? [], form);
        form.Check();
        var attachments = ImmutableArray.CreateBuilder<Attachment>(named.Count);
        foreach (var (hash, name) in named)
        {
            if (store.Claim(hash, whistle) is not { } content)
                return Problems.Problems.Result(AttachmentEndpoints.Unknown());
            attachments.Add(new Attachment(hash, name, content.MediaType, content.Bytes));
        }

        return await pipeline.RunAsync(http, whistle.Grid, new AddNote(whistle, text, attachments.ToImmutable()), body);
    }

    private static List<(ContentHash Hash, string Name)> ReadAttachments(IReadOnlyList<AttachmentRequest> attachments, Form form)
    {
        if (attachments.Count > MostAttachmentsOfNote)
            form.Wrong("/attachments", "too-many", $"At most {MostAttachmentsOfNote} attachments are allowed.", $"最多 {MostAttachmentsOfNote} 个附件。");
        var named = new List<(ContentHash Hash, string Name)>();
        foreach (var (attachment, i) in attachments.Take(MostAttachmentsOfNote).Select((attachment, i) => (attachment, i)))
        {
            var hash = ReadHash($"/attachments/{i}/hash", attachment?.Hash, form);
            if (hash != default && named.Exists(other => other.Hash == hash))
                form.Wrong($"/attachments/{i}/hash", "twice", "This content is attached twice.", "该附件重复。");
            named.Add((hash, ReadName($"/attachments/{i}/name", attachment?.Name, form)));
        }

        return named;
    }

    private static ContentHash ReadHash(string pointer, string? text, Form form)
    {
        if (text is null)
            return form.Missing<ContentHash>(pointer);
        if (!ContentHash.TryParse(text, out var hash))
            form.Wrong(pointer, "not-a-hash", "This is not the hash that the upload was answered with: 64 lower-case hexadecimal digits.", "这不是上传后得到的哈希：64 位小写十六进制数字。");
        return hash;
    }

    // Shown to people and proposed to browsers as the name of a file; no path of this server is ever made from it.
    private static string ReadName(string pointer, string? text, Form form)
    {
        var name = form.Text(pointer, text, Form.ShortText);
        if (name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\n', '\r', '\t']) >= 0 || name.StartsWith('.'))
            form.Wrong(pointer, "not-a-file-name", "This is not the name of a file: no / \\ : * ? \" < > | in it, no point at its start.", "这不是文件名：不得含 / \\ : * ? \" < > |，也不得以点开头。");
        return name;
    }

    private static async Task<IResult> Read(string id, HttpContext http, CaseReader cases, int? notesAfter = null)
    {
        var whistle = Routes.Whistle(id);
        var form = new Form();
        if (notesAfter is not null)
            form.Number("?notesAfter", notesAfter, 0, int.MaxValue);
        form.Check();
        var read = await cases.ReadAsync(whistle, http.Officer(), http.RequestAborted);
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Json(read.Whistle.ToDossier(read.Events.Select(entry => entry.Event), read.Access, notesAfter ?? 0), ContractJson.Types.DossierView);
    }
}
