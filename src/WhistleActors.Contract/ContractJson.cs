using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.City;
using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Problems;
using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract;

/// <summary>
/// How the contract is written as JSON: camelCase names, kebab-case values, UTF-8 as it is, nothing unknown accepted.
/// Compiled ahead of time, because every command and every screen passes through here.
/// </summary>
[JsonSerializable(typeof(BlowRequest))]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(DepartRequest))]
[JsonSerializable(typeof(CheckInRequest))]
[JsonSerializable(typeof(OutcomeRequest))]
[JsonSerializable(typeof(AcceptRequest))]
[JsonSerializable(typeof(VetoRequest))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(WithdrawRequest))]
[JsonSerializable(typeof(CloseRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(WhistleView))]
[JsonSerializable(typeof(WhistlePage))]
[JsonSerializable(typeof(TraceView))]
[JsonSerializable(typeof(LoadView))]
[JsonSerializable(typeof(IReadOnlyList<LoadView>))]
[JsonSerializable(typeof(IReadOnlyList<DepartmentView>))]
[JsonSerializable(typeof(IReadOnlyList<SubdistrictView>))]
[JsonSerializable(typeof(IReadOnlyList<MatterView>))]
[JsonSerializable(typeof(CityView))]
[JsonSerializable(typeof(GridView))]
[JsonSerializable(typeof(ProposalView))]
[JsonSerializable(typeof(BoardFrame))]
[JsonSerializable(typeof(BoardPosition))]
[JsonSerializable(typeof(CityTotalsView))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>The options of the contract, shared by the server and the .NET client.</summary>
    public static JsonSerializerOptions Wire { get; } = CreateWire();

    /// <summary>Type information of the contract under <see cref="Wire"/>.</summary>
    public static ContractJson Types { get; } = new(CreateOptions());

    private static JsonSerializerOptions CreateWire()
    {
        var options = CreateOptions();
        options.TypeInfoResolver = Types;
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateOptions() => new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };
}
