using System.Globalization;
using Shouldly;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>What the writers of <see cref="Child"/> must find in the database, whatever happened to them.</summary>
internal static class StoredHistories
{
    /// <summary>
    /// Checks that each history is complete, in order, each event once and unharmed, that no pair is torn, and that it holds
    /// everything acknowledged.
    /// </summary>
    /// <returns>The highest stored number of each actor.</returns>
    public static async Task<Dictionary<string, long>> CheckAsync(TestDatabase database, IReadOnlyDictionary<string, long> acknowledged)
    {
        var text = database.Provider == "sqlite" ? "CAST(message AS TEXT)" : "convert_from(message, 'UTF8')";
        (await database.QueryAsync($"SELECT persistence_id, sequence_number, {text} FROM journal WHERE {text} <> '\"' || persistence_id || ' ' || sequence_number || '\"'"))
            .ShouldBeEmpty();
        (await database.QueryAsync(
            """
            SELECT a.persistence_id, a.sequence_number FROM journal a JOIN journal b
            ON b.persistence_id = a.persistence_id AND b.sequence_number = a.sequence_number + 1 WHERE b.ordering < a.ordering
            """)).ShouldBeEmpty();
        var highest = new Dictionary<string, long>();
        foreach (var row in await database.QueryAsync(
            "SELECT persistence_id, count(*), count(DISTINCT sequence_number), min(sequence_number), max(sequence_number) FROM journal GROUP BY persistence_id"))
        {
            var values = row.Split('|');
            var numbers = values.Skip(1).Select(value => long.Parse(value, CultureInfo.InvariantCulture)).ToArray();
            numbers[0].ShouldBe(numbers[3], values[0]);
            numbers[1].ShouldBe(numbers[3], values[0]);
            numbers[2].ShouldBe(1, values[0]);
            // Events come as one, then two together; a history that ends within a pair was torn.
            (numbers[3] % 3).ShouldNotBe(2, values[0]);
            highest[values[0]] = numbers[3];
        }

        foreach (var (actor, number) in acknowledged)
            highest.GetValueOrDefault(actor).ShouldBeGreaterThanOrEqualTo(number, actor);
        return highest;
    }
}
