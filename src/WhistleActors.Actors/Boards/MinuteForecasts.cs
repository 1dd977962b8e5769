using WhistleActors.Actors.Records;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Loads;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// Where the loads tend to, for the boards: once a minute, as of the last minute that is whole in the journal, so that all nodes come to the same. Used
/// by one caller at a time.
/// </summary>
internal sealed class MinuteForecasts(CityLoads loads, CityPack pack, Func<CrewPlans> crews)
{
    // By then what happened in a minute is in the journal: the clocks of nodes differ a little, and a write takes its time.
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(2);

    // What crews do is as of now, not of the minute: nodes may differ by an order that was given in between, and this ends it.
    private const long ToldAnewAfter = 10;

    private readonly Dictionary<string, LoadForecastView> told = [];
    private long newest;

    /// <summary>What is new once the journal was read to its end.</summary>
    /// <param name="begun">When that reading began.</param>
    internal IReadOnlyList<LoadForecastView> After(DateTimeOffset begun)
    {
        var minute = ((begun - Settles).ToUnixTimeSeconds() / 60) - 1;
        if (minute <= newest)
            return [];
        newest = minute;
        var to = DateTimeOffset.FromUnixTimeSeconds(minute * 60);
        var news = new List<LoadForecastView>();
        var inDistricts = new Dictionary<DistrictCode, List<int>>();
        var plans = crews();
        var atWork = pack.Departments.Keys.ToDictionary(department => department, department => plans.CrewsAt(department, to).Count(crew => plans.OnDuty(crew, to)));
        foreach (var department in loads.Departments)
        {
            var open = loads.EveryMinute(department, to - LoadForecast.Basis, to).Select(point => point.Load.Open).ToList();
            if (pack.PartyOf(department)?.District is { } district)
                inDistricts[district] = inDistricts.TryGetValue(district, out var sum) ? [.. sum.Zip(open, (one, other) => one + other)] : open;
            Tell(department.Text, open, atWork.GetValueOrDefault(department));
        }

        foreach (var (district, open) in inDistricts)
            Tell(district.Text, open, pack.Departments.Values.Where(department => department.District == district).Sum(department => atWork[department.Code]));
        return news;

        void Tell(string organisation, List<int> open, int crewsAtWork)
        {
            var forecast = new LoadForecastView(organisation, newest, In(open, 30), In(open, 60), crewsAtWork);
            if (told.TryGetValue(organisation, out var older) && older with { Version = newest } == forecast && newest - older.Version < ToldAnewAfter)
                return;
            told[organisation] = forecast;
            news.Add(forecast);
        }
    }

    private static int In(List<int> open, int minutes) => (int)Math.Round(LoadForecast.After(open, TimeSpan.FromMinutes(minutes)), MidpointRounding.AwayFromZero);
}
