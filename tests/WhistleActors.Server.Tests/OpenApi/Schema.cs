using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhistleActors.Server.Tests.OpenApi;

/// <summary>What the contract says of a value.</summary>
internal sealed class Schema
{
    private static readonly ImmutableDictionary<string, string> Usual = new Dictionary<string, string>
    {
        ["lon"] = "120.005", ["lat"] = "30.005", ["datum"] = "\"wgs84\"", ["accuracyMetres"] = "8", ["measuredAt"] = "\"2026-03-10T10:00:00+08:00\"",
        ["role"] = "\"cooperating\"", ["department"] = "\"waterworks\"", ["organisation"] = "\"990101001\"", ["rank"] = "\"on-duty\"", ["channel"] = "\"email\"",
        ["address"] = "\"a@example.org\"", ["dueOn"] = "\"2026-03-20\"", ["on"] = "\"2026-03-15\"", ["from"] = "\"2026-03-10T10:00:00+08:00\"",
        ["to"] = "\"2026-03-11T10:00:00+08:00\"", ["shape"] = "\"fixed\"", ["mean"] = "\"5 min\"", ["check-in"] = "\"60 min\"", ["crew"] = "\"waterworks-2\"",
        ["channels"] = "\"email\"", ["levels"] = "\"daily\"", ["need"] = "\"waterworks\"", ["others"] = "\"990102-roads\"", ["jointGrids"] = "\"99010200100101\"",
        ["then"] = "\"99010100100101-1\"",
    }.ToImmutableDictionary();

    private readonly JsonElement contract;
    private readonly JsonElement self;

    public Schema(JsonElement schema, JsonElement contract)
    {
        this.contract = contract;
        var nullable = false;
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var name))
            {
                schema = contract.GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1]);
            }
            else if (schema.TryGetProperty("oneOf", out var either))
            {
                nullable = true;
                schema = either.EnumerateArray().Single(one => !(one.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null"));
            }
            else
            {
                break;
            }
        }

        self = schema;
        Types = schema.TryGetProperty("type", out var types) switch
        {
            false => [],
            true when types.ValueKind == JsonValueKind.String => [types.GetString()!],
            _ => [.. types.EnumerateArray().Select(type => type.GetString()!)],
        };
        if (nullable)
            Types = Types.Add("null");
        Format = schema.TryGetProperty("format", out var format) ? format.GetString() : null;
    }

    /// <summary>Empty where the contract leaves it open.</summary>
    public ImmutableHashSet<string> Types { get; }

    public string? Format { get; }

    public Schema? Items => self.TryGetProperty("items", out var items) ? new Schema(items, contract) : null;

    /// <summary>Whether the contract lets a value of this kind be there.</summary>
    public bool Allows(JsonElement value) => Types.IsEmpty || value.ValueKind switch
    {
        JsonValueKind.Null => Types.Contains("null"),
        JsonValueKind.String => Types.Contains("string"),
        JsonValueKind.True or JsonValueKind.False => Types.Contains("boolean"),
        JsonValueKind.Object => Types.Contains("object"),
        JsonValueKind.Array => Types.Contains("array"),
        _ => Types.Contains("number") || (Types.Contains("integer") && value.TryGetInt32(out _)),
    };

    /// <summary>Every place in a body, with what may stand there; of a list its first entry.</summary>
    public IEnumerable<(ImmutableArray<string> At, Schema Schema)> Places() => Places([]);

    /// <summary>A value that is right as far as the contract tells.</summary>
    public JsonNode? Example(string name) =>
        Types.Contains("array") ? new JsonArray(Items!.Example(name))
        : Usual.TryGetValue(name, out var usual) ? JsonNode.Parse(usual)
        : Types.Contains("object") ? new JsonObject(Required().Select(required => KeyValuePair.Create(required.Name, required.Schema.Example(required.Name))))
        : Types.Contains("boolean") ? JsonValue.Create(true)
        : Types.Contains("integer") || Types.Contains("number") ? JsonValue.Create(1)
        : JsonValue.Create("x");

    /// <summary>A body with something else at a place; what leads there is made where it is missing.</summary>
    /// <param name="value">As it is to be written; null leaves the place out.</param>
    public string With(string body, ImmutableArray<string> at, string? value)
    {
        const string Mark = "@@here@@";
        var root = JsonNode.Parse(body)!;
        var (node, schema) = (root, this);
        foreach (var step in at[..^1])
        {
            schema = schema.Of(step);
            if (node is JsonArray list)
            {
                if (list.Count == 0 || list[0] is null)
                    list.Insert(0, schema.Example(""));
                node = list[0]!;
            }
            else
            {
                node = node[step] ??= schema.Example(step)!;
            }
        }

        if (node is JsonArray entries)
        {
            if (entries.Count > 0)
                entries.RemoveAt(0);
            if (value is not null)
                entries.Insert(0, Mark);
        }
        else if (value is null)
        {
            node.AsObject().Remove(at[^1]);
        }
        else
        {
            node[at[^1]] = Mark;
        }

        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }

    private Schema Of(string step) => Items ?? new Schema(self.GetProperty("properties").GetProperty(step), contract);

    private IEnumerable<(string Name, Schema Schema)> Properties() => self.TryGetProperty("properties", out var properties)
        ? properties.EnumerateObject().Select(property => (property.Name, new Schema(property.Value, contract)))
        : [];

    private IEnumerable<(string Name, Schema Schema)> Required() => self.TryGetProperty("required", out var required)
        ? required.EnumerateArray().Select(name => (name.GetString()!, Of(name.GetString()!)))
        : [];

    private IEnumerable<(ImmutableArray<string> At, Schema Schema)> Places(ImmutableArray<string> at)
    {
        if (!at.IsEmpty)
            yield return (at, this);
        var inner = Items is { } items ? [("0", items)] : Properties();
        foreach (var place in inner.SelectMany(one => one.Item2.Places(at.Add(one.Item1))))
            yield return place;
    }
}
