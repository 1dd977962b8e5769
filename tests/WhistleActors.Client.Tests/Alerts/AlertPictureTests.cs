using Shouldly;
using WhistleActors.Client.Alerts;
using WhistleActors.Contract.Alerts;
using WhistleActors.Contract.Whistles;
using Xunit;

namespace WhistleActors.Client.Tests.Alerts;

public sealed class AlertPictureTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 10, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly AlertPicture<AlertView, string> picture = new(alert => alert.Whistle, alert => alert);

    [Fact]
    public void What_waits_rings_once_and_not_again_because_a_connection_was_lost()
    {
        Take(Frame(reset: true, Alert("a"))).ShouldBeTrue();
        Take(Frame(reset: true, Alert("a"))).ShouldBeFalse();
        Take(Frame(reset: true, Alert("a"), Alert("b"))).ShouldBeTrue();
        picture.Waiting.Select(alert => alert.Whistle).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Signed_and_forgotten_rings_anew()
    {
        Take(Frame(reset: true, Alert("a")));
        Take(Over("a"));
        picture.Waiting.ShouldBeEmpty();
        Take(Frame(reset: false, Alert("a", AlertCause.NotDeparted))).ShouldBeTrue();
    }

    [Fact]
    public void A_second_whistle_rings_anew_and_another_deadline_does_not()
    {
        var first = Alert("a");
        Take(Frame(reset: true, first));
        Take(Frame(reset: false, first with { Version = 2, SignBy = Morning.AddHours(1) })).ShouldBeFalse();
        Take(Frame(reset: false, first with { Version = 3, Round = 2, Since = Morning.AddMinutes(20) })).ShouldBeTrue();
        picture.Waiting.ShouldHaveSingleItem().Round.ShouldBe(2);
    }

    [Fact]
    public void What_was_signed_while_the_console_was_away_is_gone_after_the_reset()
    {
        Take(Frame(reset: true, Alert("a"), Alert("b")));
        Take(Frame(reset: true, Alert("b")));
        picture.Waiting.ShouldHaveSingleItem().Whistle.ShouldBe("b");
    }

    private bool Take(AlertFrame frame) => picture.Take(frame.Reset, frame.Complete, frame.Alerts, frame.Over);

    private static AlertFrame Frame(bool reset, params AlertView[] alerts) => new("waterworks", Morning, reset, true, alerts.Length, alerts, []);

    private static AlertFrame Over(string whistle) => new("waterworks", Morning, false, true, 0, [], [whistle]);

    private static AlertView Alert(string whistle, AlertCause cause = AlertCause.Unsigned) =>
        new(whistle, 1, cause, Morning, DutyRole.Lead, Level.Daily, "g", "s", "m", "水管爆裂", null, null);
}
