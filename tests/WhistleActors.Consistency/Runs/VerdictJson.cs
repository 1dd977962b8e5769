using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhistleActors.Consistency.Runs;

/// <summary>A verdict and a history as JSON.</summary>
internal static class VerdictJson
{
    /// <summary>One object a line.</summary>
    internal static JsonSerializerOptions Lines { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new(Lines) { WriteIndented = true };

    internal static string Write(Verdict verdict) => JsonSerializer.Serialize(verdict, Indented);
}
