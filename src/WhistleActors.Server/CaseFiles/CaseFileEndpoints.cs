using Microsoft.Net.Http.Headers;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;
using WhistleActors.Server.Whistles;

namespace WhistleActors.Server.CaseFiles;

/// <summary>The case file (卷宗) of a whistle, for those on the case.</summary>
internal static class CaseFileEndpoints
{
    // One page with its own style and nothing else: no script runs in it, and nothing is fetched for it.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    internal static void MapCaseFiles(this RouteGroupBuilder api) =>
        api.MapGet("/whistles/{id}/case-file", Read).WithTags("Whistles")
            .WithSummary("The case file: everything of a whistle on one printable page; for those on the case. 卷宗。")
            .Produces<string>(200, "text/html").ProducesRefusals(403, 404, 422);

    private static async Task<IResult> Read(string id, HttpContext http, CaseReader cases, CityPack pack, TimeProvider clock, string? lang = null)
    {
        var form = new Form();
        if (lang is not (null or "zh" or "en"))
            form.Wrong("?lang", "unknown-value", "This value is not one of those allowed.", "该值不在允许的范围内。", ["zh", "en"]);
        form.Check();
        var reader = http.Officer();
        var read = await cases.ReadAsync(Routes.Whistle(id), reader, http.RequestAborted);
        var language = lang is null ? Preferred(http) : lang == "zh" ? Language.Chinese : Language.English;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "private, no-store";
        headers.ContentLanguage = language == Language.Chinese ? "zh-CN" : "en";
        headers.Vary = HeaderNames.AcceptLanguage;
        return Results.Text(new CaseFilePage(read, pack, language).Write(reader, clock.GetUtcNow()), "text/html; charset=utf-8");
    }

    // The language that is wanted most; Chinese when none of the two is, for it is a file of a Chinese office.
    private static Language Preferred(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(wanted => wanted.Quality ?? 1)
            .Select(wanted => wanted.Value.ToString())
            .Select(tag => tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Language.Chinese
                : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.English
                : (Language?)null)
            .FirstOrDefault(language => language is not null) ?? Language.Chinese;
}

/// <summary>The languages that a case file is written in.</summary>
internal enum Language
{
    Chinese,
    English,
}
