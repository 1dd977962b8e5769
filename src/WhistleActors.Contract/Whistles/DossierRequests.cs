namespace WhistleActors.Contract.Whistles;

/// <summary>Record somebody who has to do with the incident.</summary>
/// <param name="Kind"><c>complainant</c> (whose name and phone only the initiator and the command centre see), <c>affected</c>, <c>responsible</c> or <c>witness</c>.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Phone">5 to 32 digits, spaces and <c>+ - ( ) ,</c> for an extension.</param>
/// <param name="Remark">1 to 500 characters.</param>
public sealed record PersonRequest(string? Kind, string? Name, string? Phone = null, string? Remark = null);

/// <summary>Record what happened or is under way at the place, such as an earlier case or a permit.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Reference">Its number in the register that it comes from, 1 to 100 characters.</param>
/// <param name="Remark">1 to 500 characters.</param>
public sealed record MatterRequest(string? Title, string? Reference = null, string? Remark = null);

/// <summary>Record a thing of the place.</summary>
/// <param name="Id">Its id in the component register.</param>
/// <param name="Scheme"><c>cn16</c> (CJ/T 214, GB/T 30428.2: 16 digits), also when left out, or <c>free</c> for any other register.</param>
/// <param name="Name">What it is, 1 to 100 characters.</param>
/// <param name="Remark">1 to 500 characters.</param>
public sealed record ObjectRequest(string? Id, string? Name, string? Scheme = null, string? Remark = null);

/// <summary>Tell all on the case something.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="Attachments">At most 10, uploaded before.</param>
public sealed record NoteRequest(string? Text, IReadOnlyList<AttachmentRequest>? Attachments = null);

/// <summary>An uploaded file.</summary>
/// <param name="Hash">From the answer to its upload.</param>
/// <param name="Name">What to call it, 1 to 100 characters; its ending is set by what the file is.</param>
public sealed record AttachmentRequest(string? Hash, string? Name);
