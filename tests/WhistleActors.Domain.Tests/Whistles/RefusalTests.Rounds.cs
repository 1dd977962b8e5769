using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed partial class RefusalTests
{
    private static Dictionary<string, Func<Refusal>> OfRounds => new()
    {
        ["nothing-to-blow-again"] = () => On(Blown().FinishAll(), s => s.Refused(new BlowAgain(s.Id, "x", null, []), TestCity.Street)),
        ["not-reopenable"] = () => On(Blown().Withdraw(), s => s.Refused(s.AReopening(), TestCity.Street)),
        ["reopen-too-late"] = () => On(Blown().FinishAll().Close().After(TimeSpan.FromDays(3)), s => s.Refused(s.AReopening(), TestCity.Street)),
        ["rounds-exhausted"] = () => On(Blown().BlowAgain().BlowAgain(), s => s.Refused(new BlowAgain(s.Id, "x", null, []), TestCity.Street)),
        ["whistle-still-open"] = () => On(Blown(), s => s.Refused(s.AReopening(), TestCity.Command)),
    };
}
