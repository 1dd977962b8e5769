using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Tests.Whistles;

internal static partial class TestCity
{
    /// <summary>
    /// The same city with all six clocks: contact within 4 working hours, measures within 8, disposal within 2 working days (an enterprise: 1; in
    /// an emergency 600 minutes); a written report within 3 working days of a campaign whistle alone.
    /// </summary>
    public static CityPack PackWithSixClocks => sixClocks ??= WithSixClocks(Pack);

    // Not an initializer: which file's static fields come first is left open by the language.
    private static CityPack? sixClocks;

    private static CityPack WithSixClocks(CityPack pack) => pack with
    {
        Version = "2026.3",
        Deadlines = new DeadlineTable(
        [
            .. pack.Deadlines.Rules,
            new(Clock.CheckIn, WhistleLevel.Campaign, null, null, new TimeLimit(8, TimeUnit.WorkingHours)),
            new(Clock.Contact, null, null, null, new TimeLimit(4, TimeUnit.WorkingHours)),
            new(Clock.Measures, null, null, null, new TimeLimit(8, TimeUnit.WorkingHours)),
            new(Clock.Disposal, null, null, null, new TimeLimit(2, TimeUnit.WorkingDays)),
            new(Clock.Disposal, null, null, DepartmentKind.Enterprise, new TimeLimit(1, TimeUnit.WorkingDays)),
            new(Clock.Disposal, WhistleLevel.Emergency, null, null, new TimeLimit(600, TimeUnit.Minutes)),
            new(Clock.Report, WhistleLevel.Campaign, null, null, new TimeLimit(3, TimeUnit.WorkingDays)),
        ]),
    };
}
