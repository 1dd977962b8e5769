using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class Story
{
    /// <summary>The id that the first whistle of the home grid gets.</summary>
    public static WhistleId First { get; } = new(TestCity.Home, 1);

    /// <summary>In the city that allows more and asks more.</summary>
    public static Story Strict() => new(pack: TestCity.StrictPack);

    /// <summary>A whistle that the subdistrict across the boundary is asked to blow together.</summary>
    public static Story Jointly() => new Story().Do(ABlow() with { JointGrids = [TestCity.Border] }, TestCity.Street);

    /// <summary>A department's whistle for others, as its duty list proposes.</summary>
    public static Story CalledBy(DepartmentCode department) => Strict().Do(ABlow(), TestCity.Dispatcher(department));
}
