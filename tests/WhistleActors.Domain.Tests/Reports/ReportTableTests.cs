using Shouldly;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Reports;
using Xunit;

namespace WhistleActors.Domain.Tests.Reports;

/// <summary>The table of report desks in the README of the rules names what the code has.</summary>
public sealed class ReportTableTests
{
    private readonly List<string[]> rows =
    [
        .. from line in ReadmeTable.Lines()
               .SkipWhile(line => line != "## Report desks").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
           let cells = line.Split('|')
           where cells.Length == 6 && cells[1].Contains('`')
           select cells,
    ];

    [Fact]
    public void Every_command_has_its_row() => Named(1).ShouldBe(TypesOf(typeof(ReportCommand)), ignoreOrder: true);

    [Fact]
    public void Every_event_is_named() => Named(3).ShouldBe(TypesOf(typeof(ReportEvent)), ignoreOrder: true);

    [Fact]
    public void Every_refusal_is_named_and_those_of_the_whistle_rules_exist_there()
    {
        var own = Codes(typeof(ReportRefusals));
        var known = own.Concat(Codes(typeof(Refuse))).ToList();
        Named(4).ShouldAllBe(code => known.Contains(code));
        own.ShouldAllBe(code => Named(4).Contains(code));
    }

    private List<string> Named(int column) =>
        [.. rows.SelectMany(cells => ReadmeTable.Names(cells[column])).Distinct()];

    private static List<string> TypesOf(Type family) =>
        [.. family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && !type.IsAbstract).Select(type => type.Name)];

    private static List<string> Codes(Type refusals) =>
    [
        .. refusals.GetMethods().Where(method => method.ReturnType == typeof(Refusal)).Select(method => ((Refusal)method.Invoke(
            null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType))])!).Code),
    ];

    private static object Sample(Type type) =>
        type == typeof(string) ? "x"
        : typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? Array.Empty<Domain.Departments.DepartmentCode>()
        : Activator.CreateInstance(type)!;
}
