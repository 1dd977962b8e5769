using System.Diagnostics.Metrics;
using Akka.Actor;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Gates;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Reports;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Operations;

/// <summary>What is measured where it happens: each on one node, so that the nodes add up. What every node sees alike is read from its board.</summary>
internal static class CityMeter
{
    /// <summary>The name of the meter.</summary>
    internal const string Name = "WhistleActors.City";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "whistle.commands", "{command}", "Commands, by whom they were given to and what they came to.");

    // From minutes to a day: what the deadlines of all levels lie between.
    private static readonly Histogram<double> CheckInTime = Meter.CreateHistogram(
        "whistle.check_in.duration",
        "s",
        "From the call to a department until its first crew has checked in.",
        null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10_800, 14_400, 28_800, 43_200, 86_400] });

    private static readonly Counter<long> Resyncs = Meter.CreateCounter<long>(
        "whistle.board.resyncs", "{snapshot}", "Snapshots for screens that had a position: of another board, or too old.");

    private static readonly Counter<long> Unheard = Meter.CreateCounter<long>("whistle.messages.unheard", "{message}", "Messages that no actor took.");

    // Told as nought before it ever counts: to Prometheus a series that begins at one has not risen, so the first dead letter of a node would alarm nobody.
    private static readonly Lazy<ObservableCounter<long>> DeadLetters = new(() => Meter.CreateObservableCounter(
        "whistle.notices.dead", () => Interlocked.Read(ref givenUp), "{notice}", "Notices that were given up: somebody was not told."));

    private static long givenUp;

    /// <summary>A node begins: what alarms when it happens once is told from here on, also while it has not happened.</summary>
    internal static void Begin() => _ = DeadLetters.Value;

    /// <summary>Counts what a command comes to.</summary>
    /// <param name="to">Kind of the actor that it is given to.</param>
    internal static async Task<T> CountAsync<T>(string to, Task<T> giving)
    {
        var came = "failed";
        try
        {
            var answer = await giving;
            came = NameOf(answer);
            return answer;
        }
        catch (SaturatedException)
        {
            came = "turned-away";
            throw;
        }
        catch (AskTimeoutException)
        {
            came = "no-answer";
            throw;
        }
        catch (OperationCanceledException)
        {
            came = "abandoned";
            throw;
        }
        finally
        {
            Commands.Add(1, new("to", to), new("answer", came));
        }
    }

    /// <summary>A department's first crew is on the spot, and that is stored. An exercise counts nowhere.</summary>
    /// <param name="whistle">As it is after it.</param>
    internal static void CheckedIn(CrewCheckedIn checkedIn, Whistle whistle)
    {
        if (whistle.IsExercise || !CheckInTime.Enabled || whistle.SummonsOf(checkedIn.Department) is not { } summons)
            return;
        CheckInTime.Record(
            (checkedIn.At - whistle.AskedAt(summons)).TotalSeconds,
            new("level", WireName<WhistleLevel>.Of(whistle.Level)),
            new("late", checkedIn.Late ? "true" : "false"));
    }

    /// <summary>A screen that had a position got a snapshot.</summary>
    internal static void Resynced(bool tooOld) => Resyncs.Add(1, new KeyValuePair<string, object?>("cause", tooOld ? "too-old" : "other-board"));

    /// <summary>A message found no actor.</summary>
    internal static void WasUnheard() => Unheard.Add(1);

    /// <summary>A notice became a dead letter.</summary>
    internal static void GaveUp() => Interlocked.Increment(ref givenUp);

    private static string NameOf(object? answer) => answer switch
    {
        OrderAccepted or ReportAccepted or DepartmentAnswer { Refusal: null, Stored: true } or AccessAnswer { Refusal: null, Stored: true } => "accepted",
        OrderRepeated => "repeated",
        OrderRefused or ReportRefused or DepartmentAnswer { Refusal: not null } or AccessAnswer { Refusal: not null } => "refused",
        OrderNotStored or ReportNotStored or DepartmentAnswer or AccessAnswer => "not-stored",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "no answer to a command"),
    };
}
