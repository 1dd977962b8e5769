using System.Collections.Concurrent;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// Wakes those whom a whistle concerns as soon as the board has it. Boards gather their news for a moment; alerts do not wait, and nobody wakes for
/// what is told to others. Thread-safe.
/// </summary>
public sealed class AlertBell
{
    private readonly ConcurrentDictionary<string, Chime> chimes = new();

    internal static string Of(DepartmentCode department) => department.Text;

    internal static string Of(DistrictCode district) => $"district:{district}";

    /// <summary>The chime that rings for one; made when somebody listens for the first time.</summary>
    internal Chime For(string listener) => chimes.GetOrAdd(listener, _ => new Chime());

    internal void Ring(Whistle whistle)
    {
        if (chimes.IsEmpty)
            return;
        foreach (var summons in whistle.Summonses)
            RingFor(Of(summons.Department));
        RingFor(Of(whistle.District));
    }

    private void RingFor(string listener)
    {
        if (chimes.TryGetValue(listener, out var chime))
            chime.Ring();
    }

    /// <summary>Counts its strokes, so that none is missed between looking and waiting.</summary>
    internal sealed class Chime
    {
        private readonly Lock gate = new();
        private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long strokes;

        internal long Strokes
        {
            get
            {
                lock (gate)
                    return strokes;
            }
        }

        /// <summary>Completes once there were more strokes than so many.</summary>
        internal Task AfterAsync(long heard)
        {
            lock (gate)
                return strokes > heard ? Task.CompletedTask : next.Task;
        }

        internal void Ring()
        {
            TaskCompletionSource waiting;
            lock (gate)
            {
                strokes++;
                waiting = next;
                next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            waiting.TrySetResult();
        }
    }
}
