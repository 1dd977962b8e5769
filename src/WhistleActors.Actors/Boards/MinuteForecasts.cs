using WhistleActors.Actors.Records;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Loads;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// Where the loads tend to, for the boards: once a minute, as of the last minute that is whole in the journal, so that all nodes come to the same. Used
/// by one caller at a time.
/// </summary>
internal sealed class MinuteForecasts(CityLoads loads, CityPack pack)
{
    // By then what happened in a minute is in the journal: the clocks of nodes differ a little, and a write takes its time.
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(2);

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
        foreach (var department in loads.Departments)
        {
            var open = loads.EveryMinute(department, to - LoadForecast.Basis, to).Select(point => point.Load.Open).ToList();
            if (pack.PartyOf(department)?.District is { } district)
                inDistricts[district] = inDistricts.TryGetValue(district, out var sum) ? [.. sum.Zip(open, (one, other) => one + other)] : open;
            Tell(department.Text, open);
        }

        foreach (var (district, open) in inDistricts)
            Tell(district.Text, open);
        return news;

        void Tell(string organisation, List<int> open)
        {
            var forecast = Forecast(organisation, open);
            if (told.TryGetValue(organisation, out var older) && older with { Version = newest } == forecast)
                return;
            told[organisation] = forecast;
            news.Add(forecast);
        }
    }

    private LoadForecastView Forecast(string organisation, List<int> open)
    {
        return new LoadForecastView(organisation, newest, In(30), In(60));

        int In(int minutes) => (int)Math.Round(LoadForecast.After(open, TimeSpan.FromMinutes(minutes)), MidpointRounding.AwayFromZero);
    }
}
