using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>A command together with who gives it.</summary>
/// <param name="Key">The caller's name for it, so that a repetition takes effect once; null when the caller gave none.</param>
/// <param name="IfVersion">The version of the whistle that it is meant for; null when it is meant for any.</param>
public sealed record Order(GridCommand Command, Officer By, CommandKey? Key = null, long? IfVersion = null);
