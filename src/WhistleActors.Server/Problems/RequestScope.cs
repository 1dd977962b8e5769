using System.Collections;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Server.Problems;

/// <summary>What a request is about, as fields of what is logged while it is served: <c>Whistle</c>, <c>Grid</c>, <c>Department</c>, as far as its path names them.</summary>
internal sealed class RequestScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> fields = [];

    internal RequestScope(HttpContext http)
    {
        var named = http.Request.RouteValues;
        if (named.GetValueOrDefault("id") is string id && WhistleId.TryParse(id, out var whistle))
        {
            fields.Add(new("Whistle", whistle.Text));
            fields.Add(new("Grid", whistle.Grid.Text));
        }

        if (named.GetValueOrDefault("grid") is string grid)
            fields.Add(new("Grid", grid));
        if (named.GetValueOrDefault("department") is string department)
            fields.Add(new("Department", department));
    }

    public int Count => fields.Count;

    public KeyValuePair<string, object?> this[int index] => fields[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', fields.Select(field => $"{field.Key}:{field.Value}"));
}
