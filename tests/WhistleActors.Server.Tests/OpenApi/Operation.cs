using System.Collections.Immutable;
using System.Text.Json;

namespace WhistleActors.Server.Tests.OpenApi;

/// <summary>One operation of the committed contract.</summary>
/// <param name="Responses">The statuses that it says it answers with.</param>
/// <param name="Body">What the schema of its JSON body is; null when it takes no JSON.</param>
internal sealed record Operation(
    string Method, string Path, ImmutableArray<Parameter> Parameters, ImmutableHashSet<int> Responses, bool NeedsToken, Schema? Body)
{
    public static ImmutableSortedDictionary<string, Operation> All { get; } = Read();

    public string Name => $"{Method} {Path}";

    public IEnumerable<Parameter> In(string place) => Parameters.Where(parameter => parameter.In == place);

    private static ImmutableSortedDictionary<string, Operation> Read()
    {
        var contract = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "openapi", "v1.json"))).RootElement;
        var operations =
            from path in contract.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            let operation = method.Value
            select new Operation(
                method.Name.ToUpperInvariant(),
                path.Name,
                operation.TryGetProperty("parameters", out var parameters)
                    ? [.. parameters.EnumerateArray().Select(parameter => new Parameter(
                        parameter.GetProperty("name").GetString()!, parameter.GetProperty("in").GetString()!, new Schema(parameter.GetProperty("schema"), contract)))]
                    : [],
                [.. operation.GetProperty("responses").EnumerateObject().Select(response => int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture))],
                operation.TryGetProperty("security", out var security) && security.GetArrayLength() > 0,
                operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
                    ? new Schema(json.GetProperty("schema"), contract)
                    : null);
        return operations.ToImmutableSortedDictionary(operation => operation.Name, operation => operation, StringComparer.Ordinal);
    }
}

/// <summary>What goes into the path, the query or a header of a request.</summary>
internal sealed record Parameter(string Name, string In, Schema Schema);
