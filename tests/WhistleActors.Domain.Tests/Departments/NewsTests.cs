using CsCheck;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Departments;

/// <summary>Promise 3, delivered: whatever the way of the news from a grid, the department ends up knowing the same.</summary>
public sealed class NewsTests
{
    private static readonly DepartmentCode[] Departments = [TestCity.Water, TestCity.Urban, TestCity.Police, TestCity.Weather];

    private readonly record struct News(WhistleId Whistle, HeldSummons Summons);

    [Fact]
    public void In_any_order_and_any_number_of_times_the_news_leads_to_the_same_knowledge() =>
        Lives.Sample((steps, seed) => Check(steps, seed, (told, chance) =>
        {
            var twice = told.Concat(told.Where(_ => chance.Next(3) == 0)).ToArray();
            chance.Shuffle(twice);
            return twice;
        }));

    [Fact]
    public void News_that_is_lost_is_made_good_by_the_last_word_on_each_whistle() =>
        Lives.Sample((steps, seed) => Check(steps, seed, (told, chance) =>
        {
            var some = told.Where(_ => chance.Next(2) == 0).ToArray();
            chance.Shuffle(some);
            return [.. some, .. told.GroupBy(news => news.Whistle).Select(of => of.MaxBy(news => news.Summons.Version))];
        }));

    private static Samples Lives => new(RandomLifeTests.Long ? 500 : 100);

    private static void Check(uint[] steps, uint seed, Func<News[], Random, News[]> deliver)
    {
        var life = RandomLife.Live(steps);
        var chance = new Random(unchecked((int)seed));
        foreach (var department in Departments)
        {
            var told = Told(life.Events, department).ToArray();
            var inOrder = Hear(department, told, out _);
            var heard = Hear(department, deliver(told, chance), out var revived);

            Known(heard).ShouldBe(Known(inOrder));
            heard.Load.ShouldBe(inOrder.Load);
            revived.ShouldBeFalse("a summons that was over came back within its round");
            heard.Held.Select(held => (held.Key, held.Value.State, held.Value.Owes, held.Value.Committed)).OrderBy(held => held.Key.Number)
                .ShouldBe(Truth(life.Events, department), "the department does not know how things stand");
            told.ShouldAllBe(news => DepartmentRules.Hear(heard, news.Whistle, news.Summons, TestCity.Morning) == null);
        }
    }

    // What the grid has to tell a department: how its summons stands after each event of a whistle that has sounded.
    private static IEnumerable<News> Told(IEnumerable<GridEvent> events, DepartmentCode department)
    {
        var whistles = new Dictionary<WhistleId, Whistle>();
        foreach (var happened in events)
        {
            var whistle = whistles[happened.Whistle] = GridFold.Apply(whistles.GetValueOrDefault(happened.Whistle), happened);
            if (whistle.HasSounded && whistle.SummonsOf(department) is { } summons)
                yield return new News(whistle.Id, HeldSummons.Of(whistle, summons));
        }
    }

    private static DepartmentState Hear(DepartmentCode department, IEnumerable<News> delivered, out bool revived)
    {
        revived = false;
        var state = DepartmentState.Empty(department);
        foreach (var news in delivered)
        {
            if (DepartmentRules.Hear(state, news.Whistle, news.Summons, TestCity.Morning) is not { } happened)
                continue;
            // Only a ledger entry that was not done in time brings a summons back, and one that began anew, or under a new round, is another.
            revived |= happened is SummonsHeld { Summons.State: not SummonsState.Returned }
                && !state.Held.ContainsKey(news.Whistle)
                && state.Over.TryGetValue(news.Whistle, out var over)
                && over.Turn == news.Summons.Turn
                && over.Round == news.Summons.Round;
            var before = state;
            state = DepartmentRules.Apply(state, happened);
            state.Version.ShouldBe(before.Version + 1);
            state.Load.ShouldBe(Count([.. state.Held.Values]), "the load that is kept up is not what a count finds");
            DepartmentRules.Hear(state, news.Whistle, news.Summons, TestCity.Morning).ShouldBeNull("the same news took effect twice");
        }

        return state;
    }

    private static DepartmentLoad Count(HeldSummons[] held)
    {
        var owed = held.Where(summons => summons.Owes).ToList();
        return new DepartmentLoad(
            owed.Count,
            In(SummonsState.Summoned),
            In(SummonsState.Signed),
            In(SummonsState.Departed),
            In(SummonsState.CheckedIn),
            In(SummonsState.Reported),
            owed.Count(summons => summons.Overdue is not null || summons.State == SummonsState.Returned),
            held.Sum(summons => summons.CommittedCrews),
            In(SummonsState.Returned),
            owed.Count(summons => !summons.Committed));

        int In(SummonsState state) => owed.Count(summons => summons.State == state);
    }

    // Which version told it does not matter, what was told does.
    private static string Known(DepartmentState state) => Written(state.Held.Select(held => new News(held.Key, held.Value)));

    // Straight from the grid's whistles: an ended one binds nobody.
    private static IEnumerable<(WhistleId, SummonsState, bool Owes, bool Committed)> Truth(IEnumerable<GridEvent> events, DepartmentCode department) =>
        from of in events.GroupBy(happened => happened.Whistle)
        let whistle = of.Aggregate((Whistle?)null, GridFold.Apply)
        let summons = whistle.SummonsOf(department)
        where whistle.Stage == WhistleStage.Open && summons is not null && (summons.Owes || summons.CrewCommitted)
        orderby of.Key.Number
        select (of.Key, summons.State, summons.Owes, summons.CrewCommitted);

    private static string Written(IEnumerable<News> news) => string.Join(
        "\n", news.OrderBy(n => n.Whistle.Number).Select(n => $"{n.Whistle}: {n.Summons with { Version = 0 }}"));

    private sealed record Samples(int Count)
    {
        public void Sample(Action<uint[], uint> check) =>
            Gen.Select(RandomLifeTests.Lives, Gen.UInt).Sample(check, iter: Count, threads: 1);
    }
}
