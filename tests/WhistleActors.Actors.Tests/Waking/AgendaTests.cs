using CsCheck;
using Shouldly;
using WhistleActors.Actors.Waking;

namespace WhistleActors.Actors.Tests.Waking;

public sealed class AgendaTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 10, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void It_names_what_is_due_before_an_instant_the_soonest_first_whatever_was_noted_before() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 20], Gen.Int[0, 20]).List[0, 60].Sample(steps =>
        {
            var agenda = new Agenda<int>();
            var truth = new Dictionary<int, DateTimeOffset>();
            foreach (var (key, minutes, asked) in steps)
            {
                // Zero takes it off.
                DateTimeOffset? due = minutes == 0 ? null : Morning.AddMinutes(minutes);
                agenda.Set(key, due);
                if (due is { } at)
                    truth[key] = at;
                else
                    truth.Remove(key);

                agenda.Soonest.ShouldBe(truth.Count == 0 ? null : truth.Values.Min());
                var before = agenda.Before(Morning.AddMinutes(asked)).ToList();
                before.ShouldBe(truth.Where(entry => entry.Value < Morning.AddMinutes(asked)).Select(entry => entry.Key), ignoreOrder: true);
                before.Select(entry => truth[entry]).ShouldBeInOrder();
            }
        });
}
