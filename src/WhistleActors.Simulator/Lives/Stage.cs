using System.Collections.Concurrent;
using WhistleActors.Client;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Lives;

/// <summary>
/// What all lives of a run share: the people, the measures, the record of what was acknowledged, and the one gate that bounds how many commands
/// are under way.
/// </summary>
/// <param name="watch">
/// Given where the load is open: then latency counts from when a command was meant to be sent, and the run itself waits and repeats, emergencies first,
/// when the server has too much to do.
/// </param>
internal sealed class Stage(
    string run, CityMap city, Cast cast, Planner planner, Pace pace, PushMeter push, TimeProvider clock, int concurrency, TimeSpan giveUpAfter = default, ICommandWatch? watch = null)
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1);
    private readonly EmergencyFirstGate gate = new(concurrency);
    private readonly ConcurrentDictionary<string, WhistleRecord> records = new();
    private readonly ConcurrentQueue<Finding> findings = new();
    private int unknownBlows;

    public CityMap City => city;

    public Cast Cast => cast;

    public Planner Planner => planner;

    public Pace Pace => pace;

    public TimeProvider Clock => clock;

    public Tally Tally { get; } = new();

    public ICollection<WhistleRecord> Records => records.Values;

    /// <summary>What went wrong while living.</summary>
    public IReadOnlyCollection<Finding> Findings => findings;

    /// <summary>Whistles of which it is unknown whether they were blown.</summary>
    public int UnknownBlows => Volatile.Read(ref unknownBlows);

    public void Note(Finding finding) => findings.Enqueue(finding);

    public WhistleRecord Record(string whistle, long since) => records.GetOrAdd(whistle, id => new WhistleRecord(id, since));

    /// <summary>The record was verified, or is not needed.</summary>
    public void Drop(WhistleRecord record)
    {
        records.TryRemove(record.Id, out _);
        push.Over(record.Id);
    }

    /// <summary>Gives a command, measures it and keeps its acknowledgement.</summary>
    /// <param name="who">Who gives it.</param>
    /// <param name="subject">What makes its key unique within the run.</param>
    /// <param name="expected">Refusals that a sound server may give here.</param>
    /// <returns>The answer, or the code of an expected refusal.</returns>
    /// <exception cref="LifeBrokenException">An unexpected refusal, or no answer.</exception>
    public async Task<(CommandAnswer? Answer, string? Refused)> DoAsync(
        CommandKind kind,
        WhistleClient who,
        WhistleRecord? record,
        string? department,
        string subject,
        Func<WhistleClient, CommandOptions, CancellationToken, Task<CommandAnswer>> command,
        string[] expected,
        LifeTokens tokens,
        long? ifVersion = null,
        WhistlePlan? plan = null)
    {
        var intended = plan?.Due ?? clock.GetTimestamp();
        var errand = new Errand($"sim-{run}-{subject}", kind, record?.Id, department, plan?.Grid ?? record?.Newest?.Grid, LevelOf(plan, record));
        for (var attempt = 1; ; attempt++)
        {
            await gate.EnterAsync(errand.IsEmergency, tokens.Stop);
            TimeSpan pause;
            try
            {
                await who.SignInAsync(tokens.Abort);
                if (attempt == 1)
                    watch?.Sending(errand, clock.GetElapsedTime(intended));
                var began = watch is null ? clock.GetTimestamp() : intended;
                var answer = await command(who, new CommandOptions(errand.Key, ifVersion), tokens.Abort);
                Accept(errand, record, answer, clock.GetElapsedTime(began));
                return (answer, null);
            }
            catch (RefusedException refused) when (watch is not null && refused.MayPass && clock.GetElapsedTime(intended) < giveUpAfter)
            {
                watch.Refused(errand, refused.Code, isFinal: false);
                if (errand.IsEmergency && attempt == 1)
                    Note(new Finding(FindingKind.EmergencyRefused, errand.Whistle ?? "", $"{kind} {subject}: {refused.Message}"));
                pause = refused.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : UsualPause;
            }
            catch (RefusedException refused)
            {
                var isExpected = expected.Contains(refused.Code);
                watch?.Refused(errand, refused.Code, isFinal: true);
                Tally.Refused(refused.Code, isExpected);
                if (!isExpected)
                    Note(new Finding(FindingKind.Refused, record?.Id ?? "", $"{kind} {subject}: {refused.Message}"));
                return isExpected ? (null, refused.Code) : throw new LifeBrokenException(refused);
            }
            catch (UnreachableException unreachable)
            {
                NoteUnknown(errand, record);
                Tally.NoAnswer(unreachable.Attempts);
                Note(new Finding(FindingKind.Unreachable, record?.Id ?? "", $"{kind} {subject}: {unreachable.Message}"));
                throw new LifeBrokenException(unreachable);
            }
            catch (OperationCanceledException)
            {
                NoteUnknown(errand, record);
                throw;
            }
            finally
            {
                gate.Leave();
            }

            // Emergencies come back as soon as they may, all others spread over as long again.
            await Task.Delay(errand.IsEmergency ? pause : pause * (1 + Random.Shared.NextDouble()), clock, tokens.Stop);
        }
    }

    /// <summary>Lets time of the city pass.</summary>
    public Task LetPassAsync(TimeSpan cityTime, LifeTokens tokens) => Task.Delay(pace.Compress(cityTime), clock, tokens.Stop);

    private void Accept(Errand errand, WhistleRecord? record, CommandAnswer answer, TimeSpan took)
    {
        watch?.Accepted(errand, answer.Whistle, took);
        Tally.Answered(errand.Kind, took, answer.Attempts, answer.Replayed);
        (record ?? Record(answer.Whistle.Id, since: 0)).Acknowledge(errand.Kind, errand.Department, answer.Whistle);
        push.Answered(answer.Whistle.Id, answer.Whistle.Version);
    }

    private static Level LevelOf(WhistlePlan? plan, WhistleRecord? record) =>
        record?.Newest?.Level ?? (Enum.TryParse<Level>(plan?.Request.Level, ignoreCase: true, out var level) ? level : Level.Daily);

    private void NoteUnknown(Errand errand, WhistleRecord? record)
    {
        if (record is null)
            Interlocked.Increment(ref unknownBlows);
        else
            record.NoteUnknown(errand.Kind, errand.Department);
    }
}
