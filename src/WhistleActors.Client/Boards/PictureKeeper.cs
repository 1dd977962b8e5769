using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client.Boards;

/// <summary>
/// Makes pictures out of frames, in whatever order they come. Pure but for its own state: the time of receiving comes in as the time since
/// some fixed moment, so that a change of the clock on the wall does not matter.
/// </summary>
internal sealed class PictureKeeper
{
    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);

    private readonly VersionedSet<WhistleView> whistles = new(whistle => whistle.Id, whistle => whistle.Version, whistle => whistle.Stage is WhistleStage.Open or WhistleStage.Proposed);
    private readonly VersionedSet<LoadView> departments = new(load => load.Department, load => load.Version, _ => true);
    private readonly VersionedSet<DistrictLoadView> districts = new(load => load.District, load => load.Version, _ => true);
    private readonly VersionedSet<LoadForecastView> forecasts = new(forecast => forecast.Organisation, forecast => forecast.Version, _ => true);
    private readonly Dictionary<string, WhistleView> newWhistles = [];
    private readonly Dictionary<string, LoadView> newLoads = [];
    private readonly Dictionary<string, DistrictLoadView> newDistricts = [];
    private readonly Dictionary<string, LoadForecastView> newForecasts = [];
    private readonly FreshnessGauge freshness = new();
    private CityTotalsView? city;
    private bool newCity;
    private bool rebuilding;
    private long head;
    private TimeSpan prunedAt;

    /// <summary>How far it has followed; null before the first frame.</summary>
    public BoardPosition? Position { get; private set; }

    /// <summary>The newest complete picture; null until there was one.</summary>
    public BoardPicture? Picture { get; private set; }

    /// <summary>Takes a frame in.</summary>
    /// <param name="receivedAt">Time since a fixed moment.</param>
    /// <param name="change">What to tell, when the picture became another one.</param>
    public Taken Take(BoardFrame frame, TimeSpan receivedAt, out BoardChange? change)
    {
        change = null;
        var sameEpoch = Position?.Epoch == frame.Epoch;
        if (frame.Reset)
        {
            if (sameEpoch && frame.Head < head)
                return Taken.Stale;
            BeginRebuild();
        }
        else if (!sameEpoch || frame.From != Position!.Sequence)
        {
            return sameEpoch && frame.To <= Position!.Sequence ? Taken.Stale : Taken.Gap;
        }

        Merge(frame, receivedAt);
        Position = new BoardPosition(frame.Epoch, frame.To);
        head = sameEpoch ? Math.Max(head, frame.Head) : frame.Head;
        if (!frame.Complete || frame.To < head)
            return Taken.Merged;

        freshness.Note(frame.Epoch, frame.At, receivedAt);
        change = Show(frame);
        return Taken.Complete;
    }

    /// <summary>How old the picture is; null before there was one.</summary>
    public TimeSpan? AgeAt(TimeSpan now) => freshness.AgeAt(now);

    private void BeginRebuild()
    {
        rebuilding = true;
        whistles.BeginSnapshot();
        departments.BeginSnapshot();
        districts.BeginSnapshot();
        forecasts.BeginSnapshot();
    }

    private void Merge(BoardFrame frame, TimeSpan now)
    {
        foreach (var whistle in frame.Whistles)
        {
            if (whistles.Merge(whistle, now))
                newWhistles[whistle.Id] = whistle;
        }

        foreach (var load in frame.Departments)
        {
            if (departments.Merge(load, now))
                newLoads[load.Department] = load;
        }

        foreach (var load in frame.Districts ?? [])
        {
            if (districts.Merge(load, now))
                newDistricts[load.District] = load;
        }

        foreach (var forecast in frame.Forecasts ?? [])
        {
            if (forecasts.Merge(forecast, now))
                newForecasts[forecast.Organisation] = forecast;
        }

        if (frame.City is { } totals && totals.Version > (city?.Version ?? long.MinValue))
            (city, newCity) = (totals, true);

        if (now - prunedAt > PruneEvery)
        {
            prunedAt = now;
            whistles.Prune(now);
            departments.Prune(now);
            districts.Prune(now);
            forecasts.Prune(now);
        }
    }

    private BoardChange? Show(BoardFrame frame)
    {
        if (rebuilding)
        {
            whistles.EndSnapshot();
            departments.EndSnapshot();
            districts.EndSnapshot();
            forecasts.EndSnapshot();
        }

        var changed = rebuilding || newCity || newWhistles.Count > 0 || newLoads.Count > 0 || newDistricts.Count > 0 || newForecasts.Count > 0;
        Picture = changed || Picture is null
            ? new BoardPicture(Position!, whistles.Held, departments.Held, districts.Held, city, frame.At, frame.Saturated ?? []) { Forecasts = forecasts.Held }
            : Picture with { Position = Position!, At = frame.At, Saturated = frame.Saturated ?? [] };
        var change = changed ? new BoardChange(Picture, [.. newWhistles.Values], [.. newLoads.Values], [.. newDistricts.Values], rebuilding) { Forecasts = [.. newForecasts.Values] } : null;
        (rebuilding, newCity) = (false, false);
        newWhistles.Clear();
        newLoads.Clear();
        newDistricts.Clear();
        newForecasts.Clear();
        return change;
    }
}
