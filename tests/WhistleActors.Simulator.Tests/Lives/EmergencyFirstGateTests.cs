using Shouldly;
using WhistleActors.Simulator.Lives;
using Xunit;

namespace WhistleActors.Simulator.Tests.Lives;

public sealed class EmergencyFirstGateTests
{
    private readonly EmergencyFirstGate gate = new(places: 1);

    [Fact]
    public async Task An_emergency_goes_before_all_that_wait()
    {
        await gate.EnterAsync(isEmergency: false, TestContext.Current.CancellationToken);
        var daily = gate.EnterAsync(isEmergency: false, TestContext.Current.CancellationToken);
        var emergency = gate.EnterAsync(isEmergency: true, TestContext.Current.CancellationToken);

        gate.Leave();
        await emergency;
        daily.IsCompleted.ShouldBeFalse();
        gate.Leave();
        await daily;
    }

    [Fact]
    public async Task Who_gave_up_waiting_takes_no_place()
    {
        await gate.EnterAsync(isEmergency: false, TestContext.Current.CancellationToken);
        using var tired = new CancellationTokenSource();
        var gone = gate.EnterAsync(isEmergency: true, tired.Token);
        var patient = gate.EnterAsync(isEmergency: false, TestContext.Current.CancellationToken);
        await tired.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(gone);
        gate.Leave();
        await patient;
    }
}
