using System.Globalization;
using WhistleActors.Client;
using WhistleActors.Consistency.Histories;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Consistency.Crowds;

/// <summary>
/// People at work: some live through whole whistles in the busy grids, whoever answers them; others blow one in each silent grid and leave it alone until all
/// its clocks have run out. The same seed makes the same choices.
/// </summary>
internal sealed class Crowd(Town town, Asker asker, int seed)
{
    // A silent whistle is left alone until after its last deadline, on the spot within two minutes.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(125);
    private static readonly BlowRequest BurstMain = new("burst-main", "emergency", "emergency", "service", "主街水管爆裂");

    private readonly Asker asker = asker;
    private int commands;

    /// <summary>Works until it is told to stop; then finishes what is under way.</summary>
    /// <param name="stop">No more whistles.</param>
    /// <param name="cancel">At once.</param>
    internal Task RunAsync(int workers, CancellationToken stop, CancellationToken cancel) => Task.WhenAll(
    [
        .. Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(new Random(HashCode(worker)), stop, cancel), CancellationToken.None)),
        .. town.Silent.Select((grid, number) => Task.Run(() => KeepSilentAsync(grid, new Random(HashCode(1_000 + number)), stop, cancel), CancellationToken.None)),
    ]);

    private int HashCode(int number) => (seed * 397) ^ number;

    private async Task WorkAsync(Random chance, CancellationToken stop, CancellationToken cancel)
    {
        while (!stop.IsCancellationRequested)
        {
            var life = new Life(this, town.Busy[chance.Next(town.Busy.Count)], chance, cancel);
            await life.LiveAsync();
        }
    }

    private async Task KeepSilentAsync(string grid, Random chance, CancellationToken stop, CancellationToken cancel)
    {
        while (!stop.IsCancellationRequested)
        {
            var life = new Life(this, grid, chance, cancel);
            if (await life.BlowAsync() is not { } whistle)
                continue;
            await Task.Delay(Silence, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Whoever is told to stop leaves it open: its clocks are looked at afterwards.
            if (!stop.IsCancellationRequested)
                await life.WithdrawAsync(whistle);
        }
    }

    /// <summary>One whistle, from whoever is asked first.</summary>
    private sealed class Life(Crowd crowd, string grid, Random chance, CancellationToken cancel)
    {
        private readonly SignInRequest street = new("street", "street", grid[..9], "subdistrict-officer");

        internal async Task LiveAsync()
        {
            if (await BlowAsync() is not { } whistle)
                return;
            if (chance.Next(10) == 0)
            {
                await WithdrawAsync(whistle);
                return;
            }

            // Each department with a chance of its own, so that what one meets does not change what another does.
            var answered = await Task.WhenAll(whistle.Summonses.Where(summons => summons.Role != DutyRole.Notified)
                .Select(summons => AnswerAsync(whistle.Id, summons.Department, new Random(chance.Next()))).ToList());
            if (answered.All(good => good))
                await AskAsync("close", whistle.Id, null, street, (client, options, stop) => client.CloseAsync(whistle.Id, new CloseRequest(), options, stop), chance);
        }

        internal Task<WhistleView?> BlowAsync() =>
            AskAsync("blow", grid, null, street, (client, options, stop) => client.BlowAsync(grid, BurstMain, options, stop), chance);

        internal Task<WhistleView?> WithdrawAsync(WhistleView whistle) =>
            AskAsync("withdraw", whistle.Id, null, street, (client, options, stop) => client.WithdrawAsync(whistle.Id, new WithdrawRequest("已解决"), options, stop), chance);

        // True when it was all accepted, and the department is gone.
        private async Task<bool> AnswerAsync(string id, string department, Random chance)
        {
            var dispatcher = new SignInRequest($"at-{department}", department, department, "dispatcher");
            var vetoes = chance.Next(8) == 0 ? 1 : 0;
            return (chance.Next(4) == 0 || await DoAsync("sign", dispatcher, (client, options, stop) => client.SignAsync(id, department, options, stop)))
                && (chance.Next(4) == 0 || await DoAsync("depart", dispatcher, (client, options, stop) => client.DepartAsync(id, department, new DepartRequest(), options, stop)))
                && await DoAsync("check-in", dispatcher, (client, options, stop) =>
                    client.CheckInAsync(id, department, new CheckInRequest(Witness: new WitnessRequest("网格员", grid[..9])), options, stop))
                && await ReportAsync()
                && await DoAsync("accept", street, (client, options, stop) => client.AcceptAsync(id, new AcceptRequest(department), options, stop))
                && await DoAsync("release", street, (client, options, stop) => client.ReleaseAsync(id, new ReleaseRequest(department), options, stop));

            async Task<bool> ReportAsync()
            {
                for (var left = vetoes; ; left--)
                {
                    if (!await DoAsync("outcome", dispatcher, (client, options, stop) => client.ReportAsync(id, department, new OutcomeRequest("resolved", "已处置"), options, stop)))
                        return false;
                    if (left == 0)
                        return true;
                    if (!await DoAsync("veto", street, (client, options, stop) => client.VetoAsync(id, new VetoRequest(department, "不合格"), options, stop)))
                        return false;
                }
            }

            async Task<bool> DoAsync(string kind, SignInRequest who, Func<WhistleClient, CommandOptions, CancellationToken, Task<CommandAnswer>> send) =>
                await AskAsync(kind, id, department, who, send, chance) is not null;
        }

        private async Task<WhistleView?> AskAsync(
            string kind, string about, string? department, SignInRequest who, Func<WhistleClient, CommandOptions, CancellationToken, Task<CommandAnswer>> send, Random chance)
        {
            await Task.Delay(chance.Next(20, 400), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancel.IsCancellationRequested)
                return null;
            var key = string.Create(CultureInfo.InvariantCulture, $"{kind}-{Interlocked.Increment(ref crowd.commands)}");
            var command = new Command(key, who.Person!, kind, about, department, TimeProvider.System.GetUtcNow());
            return await crowd.asker.AskAsync(command, who, send, chance.Next(3), twice: chance.Next(10) == 0, cancel);
        }
    }
}
