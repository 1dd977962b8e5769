namespace WhistleActors.Simulator.Lives;

/// <summary>How lives end early.</summary>
/// <param name="Stop">Begin nothing new.</param>
/// <param name="Abort">Do not even wait for answers any more; comes a little after <paramref name="Stop"/>.</param>
internal readonly record struct LifeTokens(CancellationToken Stop, CancellationToken Abort);
