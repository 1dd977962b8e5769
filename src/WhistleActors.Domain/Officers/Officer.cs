namespace WhistleActors.Domain.Officers;

/// <summary>A person who acts for an organisation. Every command carries one, and the rules check it.</summary>
/// <param name="Name">The person's name as others see it.</param>
/// <param name="Organisation">The subdistrict, department or command centre that the person acts for.</param>
public sealed record Officer(PersonId Person, string Name, OrganisationCode Organisation, Role Role)
{
    // A subdistrict answers and attends where a department calls it.
    private const Powers OfSubdistrict =
        Powers.Convene | Powers.Evaluate | Powers.Assess | Powers.Veto | Powers.Answer | Powers.Attend;

    /// <summary>True when the officer acts for a subdistrict.</summary>
    public bool IsOfSubdistrict => Role is Role.SubdistrictOfficer or Role.SubdistrictLeader;

    /// <summary>What the role may do, unless the identity provider narrows it.</summary>
    public static Powers PowersOf(Role role) => role switch
    {
        Role.SubdistrictOfficer => OfSubdistrict,
        Role.SubdistrictLeader => OfSubdistrict | Powers.Approve,
        Role.Dispatcher => Powers.Answer | Powers.Attend | Powers.Call,
        Role.Crew => Powers.Attend,
        Role.Commander => Powers.Command | Powers.Approve,
        _ => Powers.None,
    };

    /// <summary>What this officer was given. Only what the role may do at all counts.</summary>
    public Powers Powers { get; init; } = PowersOf(Role);

    /// <summary>True when the officer has the power, the role allows it, and the officer acts for that organisation.</summary>
    public bool Holds(Powers power, string organisation) => (Powers & PowersOf(Role)).HasFlag(power) && Organisation.Text == organisation;

    /// <summary>The same for at least one of several powers.</summary>
    public bool HoldsAny(Powers powers, string organisation) => (Powers & PowersOf(Role) & powers) != Powers.None && Organisation.Text == organisation;
}
