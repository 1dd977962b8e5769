using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Disputes;

/// <summary>A ruling, kept for when the same matter comes again in the same district (裁定先例).</summary>
/// <param name="Department">Who disputed.</param>
/// <param name="Instead">Who was summoned in its place; null when the summons was upheld.</param>
/// <param name="Whistle">Where it was ruled; its trace tells the rest.</param>
public sealed record Precedent(
    MatterCode Matter,
    DistrictCode District,
    DepartmentCode Department,
    DutyRole Role,
    RulingKind Kind,
    DepartmentCode? Instead,
    string Text,
    string Basis,
    DateTimeOffset At,
    WhistleId Whistle)
{
    /// <summary>The legal basis together with the whistle in which it was applied, as a later proposal cites it.</summary>
    public string Citation => $"{Basis} ({Whistle.Text})";

    /// <summary>What a ruling under a whistle leaves behind; null when it only called a conference, or was an exercise.</summary>
    public static Precedent? Of(Whistle whistle, DisputeRuled ruled) => ruled.Kind == RulingKind.Referred || whistle.IsExercise
        ? null
        : new Precedent(
            whistle.Matter, whistle.District, ruled.Department, ruled.Role, ruled.Kind, ruled.Instead, ruled.Text, ruled.Basis!, ruled.At, whistle.Id);
}
