using MessagePack;
using MessagePack.Resolvers;
using WhistleActors.Server.Alerts;

namespace WhistleActors.Server.Live;

/// <summary>How the hubs speak MessagePack: what they send is JSON in a byte string, and of what is sent to them only what their methods take is read.</summary>
internal static class HubMessagePack
{
    internal static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithSecurity(MessagePackSecurity.UntrustedData)
        .WithResolver(CompositeResolver.Create([.. LiveFrame.Formatters, .. AlertFormatters.All], [BuiltinResolver.Instance]));
}
