using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What somebody may see of a case. Everything else about a whistle is open to all to whom a board shows it.</summary>
public enum CaseAccess
{
    /// <summary>Not on the case: neither dossier nor attachments.</summary>
    None,

    /// <summary>A summoned or notified department or subdistrict, or one asked to join: everything but who complained.</summary>
    Department,

    /// <summary>The initiator and the command centre: who complained, too.</summary>
    Full,
}

/// <summary>Who is on a case, and what that opens. The one place that says so.</summary>
public static class OnTheCase
{
    /// <summary>What is shown in place of a name or a number that the reader need not know.</summary>
    public const string Masked = "***";

    /// <summary>What an officer may see and add. Whoever only looks on, such as a wall display, is on no case.</summary>
    public static CaseAccess Of(Whistle whistle, Officer officer)
    {
        if ((officer.Powers & Officer.PowersOf(officer.Role)) == Powers.None)
            return CaseAccess.None;
        var organisation = officer.Organisation.Text;
        return officer.Role switch
        {
            _ when officer.IsOfSubdistrict => organisation == whistle.Subdistrict.Text ? CaseAccess.Full : OfOtherSubdistrict(whistle, officer),
            Role.Commander when organisation == whistle.District.Text => CaseAccess.Full,
            Role.Dispatcher when whistle.IsOfDepartment && organisation == whistle.Initiator.Text => CaseAccess.Full,
            Role.Dispatcher or Role.Crew when IsSummoned(whistle, officer) => CaseAccess.Department,
            _ => CaseAccess.None,
        };
    }

    // Who joined in blowing it is an initiator like the first; who was only asked sees what it is about, and so does who is summoned.
    private static CaseAccess OfOtherSubdistrict(Whistle whistle, Officer officer) =>
        whistle.Blowing?.Joint.FirstOrDefault(other => other.Subdistrict.Text == officer.Organisation.Text) switch
        {
            { Joined: not null } => CaseAccess.Full,
            { Declined: null } when whistle.HasSounded => CaseAccess.Department,
            _ => IsSummoned(whistle, officer) ? CaseAccess.Department : CaseAccess.None,
        };

    private static bool IsSummoned(Whistle whistle, Officer officer) => whistle.HasSounded && whistle.Summonses.Any(summons =>
        summons.Department.Text == officer.Organisation.Text && whistle.SummonsSubdistrict(summons.Department) == officer.IsOfSubdistrict);

    /// <summary>
    /// The event as a reader with this access may see it. What a complainant is called stays with the initiator and the command centre
    /// (the complained-of must not learn it); what the dossier says stays on the case. That, when and by whom something was recorded is open to all.
    /// The command's fingerprint goes with what it is made from: a phone number can be guessed and tried against it.
    /// </summary>
    public static GridEvent Shown(GridEvent happened, CaseAccess access) => (happened, access) switch
    {
        (_, CaseAccess.Full) => happened,
        (PersonRecorded { Person: var person } recorded, _) when access == CaseAccess.None || person.Kind == PersonKind.Complainant =>
            recorded with { Key = null, Person = person with { Name = Masked, Phone = Mask(person.Phone), Remark = Mask(person.Remark) } },
        (MatterRecorded recorded, CaseAccess.None) =>
            recorded with { Key = null, Matter = new RecordedMatter(Masked, Mask(recorded.Matter.Reference), Mask(recorded.Matter.Remark)) },
        (NoteAdded note, CaseAccess.None) => note with { Key = null, Text = Masked, Attachments = [] },
        _ => happened,
    };

    private static string? Mask(string? text) => text is null ? null : Masked;
}
