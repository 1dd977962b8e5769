using System.Globalization;
using System.Text;
using System.Text.Json;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Records somebody who has to do with the incident.</summary>
    public Task<CommandAnswer> RecordPersonAsync(string whistle, PersonRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/dossier/people", request, options, cancel);

    /// <summary>Records what happened or is under way at the place.</summary>
    public Task<CommandAnswer> RecordMatterAsync(string whistle, MatterRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/dossier/matters", request, options, cancel);

    /// <summary>Records a thing of the place.</summary>
    public Task<CommandAnswer> RecordObjectAsync(string whistle, ObjectRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/dossier/objects", request, options, cancel);

    /// <summary>Tells all on the case something.</summary>
    public Task<CommandAnswer> AddNoteAsync(string whistle, NoteRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/notes", request, options, cancel);

    /// <summary>People, matters, objects and notes of a whistle.</summary>
    /// <param name="notesAfter">Only notes with a higher number.</param>
    public Task<DossierView> DossierAsync(string whistle, int notesAfter = 0, CancellationToken cancel = default) =>
        AskAsync<DossierView>(string.Create(CultureInfo.InvariantCulture, $"whistles/{Escape(whistle)}/dossier?notesAfter={notesAfter}"), cancel);

    /// <summary>Uploads a photo, film or PDF, for a note to refer to within a day. Sent again it is the same file.</summary>
    public async Task<UploadView> UploadAsync(byte[] content, CancellationToken cancel = default)
    {
        var call = new Call(HttpMethod.Post, "api/v1/attachments", content, MediaType: "application/octet-stream");
        var reply = await caller.SendAsync(call, session, cancel).ConfigureAwait(false);
        return JsonSerializer.Deserialize(reply.Body, ClientJson.Type<UploadView>())!;
    }

    /// <summary>The content of a file that a note of the whistle refers to.</summary>
    public Task<byte[]> AttachmentAsync(string whistle, string hash, CancellationToken cancel = default) =>
        AskRawAsync($"whistles/{Escape(whistle)}/attachments/{Escape(hash)}", cancel);

    /// <summary>The case file of a whistle: one HTML page.</summary>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public async Task<string> CaseFileAsync(string whistle, string language, CancellationToken cancel = default) =>
        Encoding.UTF8.GetString(await AskRawAsync($"whistles/{Escape(whistle)}/case-file?lang={Escape(language)}", cancel).ConfigureAwait(false));
}
