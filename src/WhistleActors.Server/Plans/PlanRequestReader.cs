using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhistleActors.Contract;
using WhistleActors.Contract.Plans;
using WhistleActors.Contract.Problems;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Planning.Files;
using WhistleActors.Planning.Plans;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Plans;

/// <summary>Reads what is asked of a simulation with the reader of plan files, so that the same faults have the same codes and texts.</summary>
internal sealed class PlanRequestReader(CityPack pack, Scenarios scenarios)
{
    private const string Body = "";

    private static readonly JsonTypeInfo<PlanRequest> Kinds =
        (JsonTypeInfo<PlanRequest>)new JsonSerializerOptions(ContractJson.Wire) { RespectNullableAnnotations = true }.GetTypeInfo(typeof(PlanRequest));

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="ProblemException">It cannot be run; every fault is named.</exception>
    internal async Task<(PlanQuestion Asked, byte[] Body)> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
            throw new ProblemException(Problems.Problems.NotJson);
        var bytes = await CommandBody.ReadBytesAsync(http);
        try
        {
            using var json = JsonDocument.Parse(bytes, Strict);
            var deceptions = new List<FieldError>();
            RequireText(json.RootElement, "", deceptions);
            if (deceptions.Count > 0)
                throw Refused(deceptions);
        }
        catch (JsonException wrong)
        {
            throw new ProblemException(CommandBody.Malformed(wrong));
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(CommandBody.NoText(""));
        }

        // JSON is a part of YAML but for tabs, which stand between values only.
        var faults = new FaultList();
        var asked = YamlCursor.Read(Body, Encoding.UTF8.GetString(bytes).Replace('\t', ' '), faults) is { } root ? Read(root, faults) : null;
        if (asked is null || faults.Any)
            throw Refused([.. faults.InOrder().Select(Error)]);

        // A plan file has no quotes to tell a number from a text, and its reader takes the one for the other; JSON tells them apart.
        try
        {
            JsonSerializer.Deserialize(bytes, Kinds);
        }
        catch (JsonException wrong)
        {
            throw new ProblemException(CommandBody.Malformed(wrong));
        }

        return (asked, bytes);
    }

    private static ProblemException Refused(IReadOnlyList<FieldError> errors) => new(Problems.Problems.Of(
        422, "plan-refused", "The plan cannot be run.", "计划无法推演。",
        "See errors: each names the field, its line and what is allowed.", "见 errors：逐一列出字段、所在行和允许的值。", errors));

    // Halves of characters and bytes that are no UTF-8 are found where a text is read only, and the reader of plan files would make others of them.
    private static void RequireText(JsonElement value, string pointer, List<FieldError> deceptions)
    {
        try
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                        RequireText(property.Value, $"{pointer}/{CommandBody.Escape(property.Name)}", deceptions);
                    break;
                case JsonValueKind.Array:
                    foreach (var (i, entry) in value.EnumerateArray().Index())
                        RequireText(entry, $"{pointer}/{i}", deceptions);
                    break;
                case JsonValueKind.String when Form.Deceives(value.GetString()!):
                    deceptions.Add(new FieldError(pointer, "text-with-control-characters", Form.Deception.En, Form.Deception.Zh));
                    break;
            }
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(CommandBody.NoText(pointer));
        }
    }

    /// <summary>A fault as a field at fault; one in a file of the server's names that file.</summary>
    internal static FieldError Error(FileFault fault) => fault.File == Body
        ? new(fault.Pointer, fault.Code, fault.Text.En, fault.Text.Zh, Line: fault.Line)
        : new(fault.Pointer, fault.Code, $"{fault.File}: {fault.Text.En}", $"{fault.File}：{fault.Text.Zh}", Line: fault.Line);

    private PlanQuestion? Read(YamlCursor body, FaultList faults)
    {
        body.Allow("scenario", "plan", "changes", "against", "need");
        var plan = Plan(body, null, faults);
        var other = body.OptionalObject("against");
        other?.Allow("scenario", "plan", "changes");
        var against = other is null ? null : Plan(other, body, faults);
        if (plan is null || (other is not null && against is null))
            return null;
        if (against is not null && against.ExpectedWhistles * plan.Replications > PlanSettings.Bounds.Whistles)
            body.Fault("against", PlanFaultCode.TooManyWhistles,
                $"以第一个计划的次数推演，第二个计划约有 {against.ExpectedWhistles * plan.Replications:#,0} 个哨，最多 {PlanSettings.Bounds.Whistles:#,0} 个。",
                $"With as many replications as the first plan, the second would blow about {against.ExpectedWhistles * plan.Replications:#,0} whistles; {PlanSettings.Bounds.Whistles:#,0} are the most.");
        return new PlanQuestion(plan, against, Need(body));
    }

    // Where a second plan names none, it is the first one.
    private Plan? Plan(YamlCursor entry, YamlCursor? first, FaultList faults)
    {
        var from = first is not null && !entry.Has("scenario") && !entry.Has("plan") ? first : entry;
        if (from.Has("scenario") == from.Has("plan"))
        {
            if (from == entry)
                entry.Fault("scenario", PlanFaultCode.Contradiction, "“scenario”与“plan”必须且只能写一个。", "Exactly one of 'scenario' and 'plan'.");
            return null;
        }

        var changes = entry.OptionalObject("changes");
        if (from.Has("plan"))
            return from.Object("plan") is { } root ? PlanReader.Read(pack, root, changes, faults, _ => null, PlanSettings.Bounds) : null;
        if (from.Text("scenario") is not { } id)
            return null;
        if (scenarios.Find(id) is not { } scenario)
        {
            from.Fault("scenario", PlanFaultCode.UnknownScenario, $"没有名为 {id} 的推演方案。", $"There is no scenario {id}.");
            return null;
        }

        return YamlCursor.Read(scenario.File, scenario.Text, faults) is { } file ? PlanReader.Read(pack, file, changes, faults, scenarios.Past, PlanSettings.Bounds) : null;
    }

    private List<DepartmentCode> Need(YamlCursor body)
    {
        var need = new List<DepartmentCode>();
        foreach (var (text, line) in body.Texts("need"))
        {
            if (DepartmentCode.TryParse(text, out var code) && pack.Departments.ContainsKey(code))
                need.Add(code);
            else
                body.Fault(line, "need", PlanFaultCode.UnknownDepartment, $"部门 {text} 不存在。", $"The department {text} does not exist.");
        }

        if (need.Count > PlanSettings.MostNeeds)
            body.Fault("need", FileFaultCode.BadNumber, $"“need”最多 {PlanSettings.MostNeeds} 个部门；现有 {need.Count} 个。", $"'need' may hold {PlanSettings.MostNeeds} departments at most; it holds {need.Count}.");
        return [.. need.Distinct()];
    }
}
