namespace WhistleActors.Domain.CityPacks;

/// <summary>How far a device is believed at check-in.</summary>
/// <param name="MaxAccuracyMetres">The stated accuracy is honoured up to this; beyond it a device could claim to be anywhere.</param>
/// <param name="MaxAge">How old a measured position may be.</param>
public sealed record CheckInLimits(double MaxAccuracyMetres, TimeSpan MaxAge);
