using System.Net;
using Shouldly;
using WhistleActors.Server.Alerts.Channels;

namespace WhistleActors.Server.Tests.Alerts;

public sealed class OutboundGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("ff02::1")]
    public void What_is_not_public_is_refused(string address) => new OutboundGuard([]).Allows(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2400:3200::1")]
    public void What_is_public_is_allowed(string address) => new OutboundGuard([]).Allows(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void A_network_inside_that_a_setting_names_is_allowed_and_no_other()
    {
        var guard = new OutboundGuard([IPNetwork.Parse("10.1.0.0/16")]);
        guard.Allows(IPAddress.Parse("10.1.2.3")).ShouldBeTrue();
        guard.Allows(IPAddress.Parse("::ffff:10.1.2.3")).ShouldBeTrue();
        guard.Allows(IPAddress.Parse("10.2.0.1")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task A_name_that_leads_inside_is_refused_however_it_is_written(string host) =>
        await Should.ThrowAsync<IOException>(async () =>
        {
            try
            {
                await new OutboundGuard([]).ResolveAsync(host, TestContext.Current.CancellationToken);
            }
            catch (System.Net.Sockets.SocketException unknown)
            {
                throw new IOException("unknown host", unknown);
            }
        });
}
