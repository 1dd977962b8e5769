using System.Collections.Concurrent;
using WhistleActors.Client;
using WhistleActors.Contract.SignIn;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Lives;

/// <summary>The people of the simulated city: one officer a subdistrict, one dispatcher and one crew leader a department. They sign in when first needed.</summary>
internal sealed class Cast(HttpClient http, WhistleClientOptions options, TimeProvider clock, CityMap city, string run)
{
    /// <summary>What the ids of all simulated people begin with.</summary>
    public const string Prefix = "sim.";

    private static readonly string[] Families = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林"];
    private static readonly string[] Given = ["伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "超", "明", "建国", "秀英", "志强", "海燕"];
    private static readonly string[] EnglishNames = ["A. Rivera", "B. Cohen", "C. Nguyen", "D. Okafor", "E. Rossi", "F. Chen", "G. Smith", "H. Patel", "I. Kim", "J. Brown"];

    private readonly ConcurrentDictionary<(string Organisation, string Role), WhistleClient> people = new();

    public WhistleClient Officer(string subdistrict) => Person(subdistrict, "subdistrict-officer");

    public WhistleClient Dispatcher(string department) => Person(department, "dispatcher");

    public WhistleClient Crew(string department) => Person(department, "crew");

    /// <summary>Somebody who only looks, and is patient about it.</summary>
    public WhistleClient Observer() => Person("city", "observer", options with { RepeatsRefused = true });

    /// <summary>An observer who waits for an answer only as long as a server that is there needs.</summary>
    public WhistleClient HurriedObserver() =>
        new(http, Observer().Who, options with { GiveUpAfter = TimeSpan.FromSeconds(1), AttemptTimeout = TimeSpan.FromSeconds(3) }, clock);

    /// <summary>A name that always is the same for the same subject.</summary>
    public string NameOf(string subject)
    {
        var random = StableRandom.For(0, 0, subject);
        return city.IsChinese
            ? Families[random.Next(Families.Length)] + Given[random.Next(Given.Length)]
            : EnglishNames[random.Next(EnglishNames.Length)];
    }

    /// <summary>True for people of this very run.</summary>
    public bool IsOurs(string person) => IsOf(run, person);

    /// <summary>True for people of that run.</summary>
    public static bool IsOf(string run, string person) => person.StartsWith($"{Prefix}{run}.", StringComparison.Ordinal);

    private WhistleClient Person(string organisation, string role, WhistleClientOptions? own = null) => people.GetOrAdd((organisation, role), _ =>
    {
        var id = $"{Prefix}{run}.{role[..3]}.{organisation}";
        return new WhistleClient(http, new SignInRequest(id.Length <= 48 ? id : id[..47] + "x", NameOf($"{role} {organisation}"), organisation, role), own ?? options, clock);
    });
}
