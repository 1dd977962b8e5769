using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WhistleActors.Contract;

namespace WhistleActors.Client.Calls;

/// <summary>
/// The contract's JSON as a client reads it: the server refuses members that it does not know, a client passes over them, so that an
/// older client still understands a newer server.
/// </summary>
internal static class ClientJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ContractJson.Wire) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };
        options.MakeReadOnly();
        return options;
    }
}
