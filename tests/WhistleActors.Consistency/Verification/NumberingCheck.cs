namespace WhistleActors.Consistency.Verification;

/// <summary>The numbers of each owner's events are without gap or double, and no run of an actor stores anything once another has begun to.</summary>
internal static class NumberingCheck
{
    internal static IEnumerable<Violation> Of(IReadOnlyList<JournalRow> rows)
    {
        foreach (var owner in rows.GroupBy(row => row.Owner))
        {
            long last = 0;
            var writer = "";
            var gone = new HashSet<string>();
            foreach (var row in owner)
            {
                if (row.Number != last + 1)
                    yield return new Violation("numbering", $"{row.Owner} goes from {last} to {row.Number} at {row.Ordering}");
                last = row.Number;
                if (row.Writer == writer)
                    continue;
                if (gone.Contains(row.Writer))
                    yield return new Violation("double-owner", $"{row.Owner} {row.Number} was stored by a run that another had followed");
                gone.Add(writer);
                writer = row.Writer;
            }
        }
    }
}
