using System.Text.Encodings.Web;
using System.Text.Json;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>A notice as a CloudEvent (version 1.0, JSON format, structured mode).</summary>
internal static class CloudEvent
{
    internal const string ContentType = "application/cloudevents+json";

    /// <summary>The attribute of the distributed tracing extension, and the header of the W3C, which say the same.</summary>
    internal const string Trace = "traceparent";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="type">What sort of event it is.</param>
    /// <param name="to">The telephone number that a provider is to reach; null when the target is the person's own.</param>
    /// <param name="trace">Where it stands in a trace; null when nobody records it.</param>
    internal static byte[] Of(AlertNotice notice, string type, string? to, string? trace, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, notice.Id);
            json.WriteString("source"u8, $"/departments/{notice.Department}");
            json.WriteString("type"u8, type);
            json.WriteString("time"u8, now);
            if (trace is not null)
                json.WriteString(Trace, trace);
            json.WriteString("datacontenttype"u8, "application/json"u8);
            json.WriteStartObject("data"u8);
            json.WriteString("department"u8, notice.Department.Text);
            json.WriteString("person"u8, notice.Person.Text);
            json.WriteString("name"u8, notice.Name);
            if (to is not null)
                json.WriteString("to"u8, to);
            json.WriteBoolean("emergency"u8, notice.Emergency);
            json.WriteBoolean("exercise"u8, notice.Exercise == true);
            json.WriteNumber("unsigned"u8, notice.Unsigned);
            var text = NoticeText.Of(notice);
            json.WriteStartObject("text"u8);
            json.WriteString("zh"u8, text.Zh);
            json.WriteString("en"u8, text.En);
            json.WriteEndObject();
            json.WriteStartArray("alerts"u8);
            foreach (var alert in notice.Alerts)
            {
                json.WriteStartObject();
                json.WriteString("whistle"u8, alert.Whistle.Text);
                json.WriteString("cause"u8, alert.Cause == AlertCause.Unsigned ? "unsigned"u8 : "not-departed"u8);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
