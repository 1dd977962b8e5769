using System.Collections.Concurrent;
using WhistleActors.Client;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Lives;

/// <summary>
/// What all lives of a run share: the people, the measures, the record of what was acknowledged, and the one gate that bounds how many commands
/// are under way.
/// </summary>
internal sealed class Stage(string run, CityMap city, Cast cast, Planner planner, Pace pace, PushMeter push, TimeProvider clock, int concurrency) : IDisposable
{
    private readonly SemaphoreSlim gate = new(concurrency);
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
        long? ifVersion = null)
    {
        await gate.WaitAsync(tokens.Stop);
        try
        {
            await who.SignInAsync(tokens.Abort);
            var began = clock.GetTimestamp();
            var answer = await command(who, new CommandOptions($"sim-{run}-{subject}", ifVersion), tokens.Abort);
            Tally.Answered(kind, clock.GetElapsedTime(began), answer.Attempts, answer.Replayed);
            (record ?? Record(answer.Whistle.Id, since: 0)).Acknowledge(kind, department, answer.Whistle);
            push.Answered(answer.Whistle.Id, answer.Whistle.Version);
            return (answer, null);
        }
        catch (RefusedException refused)
        {
            var isExpected = expected.Contains(refused.Code);
            Tally.Refused(refused.Code, isExpected);
            if (!isExpected)
                Note(new Finding(FindingKind.Refused, record?.Id ?? "", $"{kind} {subject}: {refused.Message}"));
            return isExpected ? (null, refused.Code) : throw new LifeBrokenException(refused);
        }
        catch (UnreachableException unreachable)
        {
            NoteUnknown(record);
            Tally.NoAnswer(unreachable.Attempts);
            Note(new Finding(FindingKind.Unreachable, record?.Id ?? "", $"{kind} {subject}: {unreachable.Message}"));
            throw new LifeBrokenException(unreachable);
        }
        catch (OperationCanceledException)
        {
            NoteUnknown(record);
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Lets time of the city pass.</summary>
    public Task LetPassAsync(TimeSpan cityTime, LifeTokens tokens) => Task.Delay(pace.Compress(cityTime), clock, tokens.Stop);

    public void Dispose() => gate.Dispose();

    private void NoteUnknown(WhistleRecord? record)
    {
        if (record is null)
            Interlocked.Increment(ref unknownBlows);
        else
            record.NoteUnknown();
    }
}
