namespace WhistleActors.Simulator.Load;

/// <summary>How soon a department's crews checked in. Thread-safe.</summary>
internal sealed class DepartmentTimes(string code)
{
    private readonly Lock gate = new();
    private readonly List<float> seconds = [];
    private int summonses;
    private int late;

    public string Code => code;

    public void Summoned() => Interlocked.Increment(ref summonses);

    public void CheckedIn(TimeSpan after, bool wasLate)
    {
        lock (gate)
        {
            seconds.Add((float)after.TotalSeconds);
            late += wasLate ? 1 : 0;
        }
    }

    /// <summary>The row of a report.</summary>
    /// <param name="compress">How many minutes of the scenario passed in one of ours.</param>
    public DepartmentRow Row(string name, string nameZh, double compress)
    {
        lock (gate)
        {
            var sorted = seconds.Order().ToList();
            return new DepartmentRow(code, name, nameZh, Volatile.Read(ref summonses), sorted.Count, late, At(0.5), At(0.95));

            double? At(double share) => sorted.Count == 0 ? null : Math.Round(sorted[(int)Math.Ceiling(share * sorted.Count) - 1] * compress / 60, 2);
        }
    }
}

/// <summary>A department in a report; times in minutes of the scenario, from the whistle to the check-in.</summary>
internal sealed record DepartmentRow(string Code, string Name, string NameZh, int Summonses, int CheckIns, int Late, double? P50, double? P95);
