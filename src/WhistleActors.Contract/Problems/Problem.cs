namespace WhistleActors.Contract.Problems;

/// <summary>Why a request was refused (RFC 9457). Branch on <paramref name="Code"/>; the texts are for people and may change.</summary>
/// <param name="Type"><c>urn:whistle-actors:problem:</c> and the code.</param>
/// <param name="Detail">What was wrong, in English.</param>
/// <param name="DetailZh">What was wrong, in Chinese.</param>
/// <param name="Remedy">What would be right, in English.</param>
/// <param name="RemedyZh">What would be right, in Chinese.</param>
/// <param name="Errors">The single fields at fault, when the request's form was.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    string DetailZh,
    string? Remedy = null,
    string? RemedyZh = null,
    IReadOnlyList<FieldError>? Errors = null);

/// <summary>One field at fault.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the body, or <c>?name</c> for a query parameter.</param>
/// <param name="Allowed">The values that are allowed, where they can be listed.</param>
/// <param name="Line">The line of the body, from 1, where lines matter: in plans.</param>
public sealed record FieldError(string Pointer, string Code, string Detail, string DetailZh, IReadOnlyList<string>? Allowed = null, int? Line = null);
