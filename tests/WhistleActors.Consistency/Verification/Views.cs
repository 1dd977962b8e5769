using System.Text;
using System.Text.Json;
using WhistleActors.Client.Calls;
using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Consistency.Verification;

/// <summary>Compares what was told of a whistle with how it was.</summary>
internal static class Views
{
    private const int Around = 40;

    /// <returns>Where the two part, as told and as it is; null when they are the same.</returns>
    internal static string? Difference(WhistleView told, byte[] json)
    {
        var (one, other) = (Text(told), Text(JsonSerializer.Deserialize(json, ClientJson.Type<WhistleView>())!));
        if (one == other)
            return null;
        var at = one.Zip(other).TakeWhile(pair => pair.Item1 == pair.Item2).Count();
        return $"...{Part(one)}... is ...{Part(other)}...";

        // Both as a client reads them, which takes instants to UTC.
        static string Text(WhistleView view) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(view, ContractJson.Types.WhistleView));

        string Part(string text) => text[Math.Max(0, at - Around)..Math.Min(text.Length, at + Around)];
    }
}
