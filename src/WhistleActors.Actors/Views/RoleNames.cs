using WhistleActors.Domain.Officers;

namespace WhistleActors.Actors.Views;

/// <summary>The wire names of roles.</summary>
public static class RoleNames
{
    private static readonly string[] Names = ["subdistrict-officer", "dispatcher", "crew", "commander", "observer", "administrator", "subdistrict-leader"];

    /// <summary>All names, in the order of <see cref="Role"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The wire name of a role.</summary>
    public static string Of(Role role) => Names[(int)role];

    /// <summary>The role of a wire name; null when it is none.</summary>
    public static Role? Parse(string? name) => Array.IndexOf(Names, name) is >= 0 and var index ? (Role)index : null;
}
