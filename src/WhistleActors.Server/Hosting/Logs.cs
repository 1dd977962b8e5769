using System.Text.Encodings.Web;

namespace WhistleActors.Server.Hosting;

/// <summary>What the node says of itself, on the console.</summary>
internal static class Logs
{
    /// <summary>One line for people, or one JSON object a line for machines: with trace and span, and with the whistle, grid and department that it is about as fields.</summary>
    internal static void AddConsole(this ILoggingBuilder logging, LogForm form)
    {
        if (form == LogForm.Json)
        {
            logging.AddJsonConsole(console =>
            {
                (console.IncludeScopes, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
                console.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fffzzz "));
        }

        logging.Configure(with => with.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Nothing here is kept encrypted on disk by data protection; its advice to do so would only alarm.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}

/// <summary>In which form the log is written.</summary>
public enum LogForm
{
    /// <summary>A line for people.</summary>
    Text,

    /// <summary>A JSON object a line.</summary>
    Json,
}
