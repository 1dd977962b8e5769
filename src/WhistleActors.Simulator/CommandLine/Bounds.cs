using System.CommandLine;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>Options that take only some of the values of their type.</summary>
internal static class Bounds
{
    /// <summary>Refuses values that do not fit; what cannot be read at all is refused before.</summary>
    public static Option<T> Within<T>(this Option<T> option, Func<T, bool> fits, string takes)
    {
        option.Validators.Add(result =>
        {
            try
            {
                if (!fits(result.GetValueOrDefault<T>()!))
                    result.AddError($"{option.Name} takes {takes}.");
            }
            catch (InvalidOperationException)
            {
                // The parser says itself what it cannot read.
            }
        });
        return option;
    }
}
