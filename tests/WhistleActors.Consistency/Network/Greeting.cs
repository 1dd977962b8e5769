namespace WhistleActors.Consistency.Network;

/// <summary>Who opens a connection of Akka's remoting.</summary>
internal static class Greeting
{
    // AddressData of Akka.NET's ContainerFormats.proto: the port is field 3, a varint; its tag is (3 << 3) | 0.
    private const byte PortTag = 0x18;

    /// <summary>The name of the node whose port the first message (an association with the caller's own address) names; empty when none is.</summary>
    internal static string NameOf(ReadOnlySpan<byte> first, IEnumerable<(string Name, int Port)> nodes)
    {
        foreach (var (name, port) in nodes)
        {
            if (first.IndexOf(Field(port)) >= 0)
                return name;
        }

        return "";
    }

    private static byte[] Field(int port)
    {
        var bytes = new List<byte> { PortTag };
        for (; port > 0x7f; port >>= 7)
            bytes.Add((byte)(port | 0x80));
        bytes.Add((byte)port);
        return [.. bytes];
    }
}
