using WhistleActors.Domain.Departments;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Planning;

/// <summary>What is asked of a plan.</summary>
/// <param name="Seed">Instead of the plan's own.</param>
internal sealed record PlanQuestion(
    string File,
    string? Against,
    IReadOnlyList<DepartmentCode> Need,
    int Threads,
    int? Seed,
    string Packs,
    string? JsonFile,
    string? HtmlFile,
    bool IsQuiet,
    Language Language);
