using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WhistleActors.Server.Hosting;

/// <summary>With development sign-in everybody is believed, so nobody outside this machine may get in: any other address is refused before it is bound.</summary>
internal static class LoopbackOnly
{
    internal static void ListenOnLoopbackOnly(this KestrelServerOptions options) =>
        options.ConfigureEndpointDefaults(endpoint =>
        {
            if (endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
            {
                throw new SettingsException(
                    $"Refusing to listen on {address}: development sign-in believes everybody, so only loopback addresses (127.0.0.1, [::1], localhost) are allowed. "
                    + $"拒绝在 {address} 上监听：开发登录不验证身份，只允许回环地址。");
            }
        });
}
