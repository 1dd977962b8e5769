using WhistleActors.Contract;

namespace WhistleActors.Server.Commands;

/// <summary>A time in a query, read as strictly as one in a body: the framework's own reading takes '1,5' for the fifth of January, in the zone of the server.</summary>
internal readonly record struct QueryTime(DateTimeOffset Time) : IParsable<QueryTime>
{
    public static QueryTime Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var time) ? time : throw new FormatException();

    public static bool TryParse(string? s, IFormatProvider? provider, out QueryTime result)
    {
        var isTime = OffsetTime.TryParse(s, out var time);
        result = new QueryTime(time);
        return isTime;
    }
}
