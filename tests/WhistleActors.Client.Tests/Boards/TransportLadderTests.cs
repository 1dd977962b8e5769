using Microsoft.AspNetCore.Http.Connections;
using Shouldly;
using WhistleActors.Client.Boards;
using Xunit;

namespace WhistleActors.Client.Tests.Boards;

public sealed class TransportLadderTests
{
    private const HttpTransportType All = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;

    private readonly TransportLadder ladder = new(All);

    [Fact]
    public void A_way_that_opened_and_let_nothing_through_is_left_out_until_none_is_left()
    {
        var ways = new List<HttpTransportType>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            ways.Add(ladder.Next());
            ladder.Opening();
        }

        ways.ShouldBe([All, HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling, HttpTransportType.LongPolling, All]);
    }

    [Fact]
    public void No_way_is_blamed_for_a_server_that_refuses()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            ladder.Next().ShouldBe(All);
            ladder.Opening();
            ladder.Heard();
        }
    }
}
