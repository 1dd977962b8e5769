namespace WhistleActors.Journal.Bench;

/// <summary>So many actors, each of which persists so many events at a time, of so many bytes.</summary>
internal sealed record Load(int Actors, int EventsPerWrite, int Bytes)
{
    /// <summary>Enough to outlast the warm-up, little enough to end soon.</summary>
    public int WritesPerActor(double eventsWanted) => Math.Max(1, (int)(eventsWanted / Actors / EventsPerWrite));

    public BenchEvent[] Events() => [.. Enumerable.Range(0, EventsPerWrite).Select(_ => new BenchEvent(Body(Bytes)))];

    /// <summary>Bytes that look like JSON to a database: text, not zeros that compress away.</summary>
    public static byte[] Body(int bytes)
    {
        var body = new byte[bytes];
#pragma warning disable CA5394 // Filler, not a secret.
        new Random(1).NextBytes(body);
#pragma warning restore CA5394
        for (var i = 0; i < bytes; i++)
            body[i] = (byte)(' ' + body[i] % 90);
        return body;
    }
}
