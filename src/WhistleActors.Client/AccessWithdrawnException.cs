namespace WhistleActors.Client;

/// <summary>An administrator has withdrawn the person's access. Whoever follows something does not come back by itself: sign in anew, with a new client, if that is allowed.</summary>
public sealed class AccessWithdrawnException(string message) : Exception(message)
{
    internal const string Code = "access-withdrawn";

    internal static bool IsSaidBy(string message) => message.Contains(Code, StringComparison.Ordinal);
}
