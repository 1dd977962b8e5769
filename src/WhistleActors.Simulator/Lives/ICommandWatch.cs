using WhistleActors.Contract.Whistles;

namespace WhistleActors.Simulator.Lives;

/// <summary>Is told of every command of a run. Thread-safe.</summary>
internal interface ICommandWatch
{
    /// <summary>It is about to be sent for the first time.</summary>
    /// <param name="behind">How long after it was meant to be sent.</param>
    void Sending(Errand errand, TimeSpan behind);

    /// <summary>It was accepted.</summary>
    /// <param name="took">Since it was meant to be sent.</param>
    void Accepted(Errand errand, WhistleView answer, TimeSpan took);

    /// <summary>It was refused.</summary>
    /// <param name="isFinal">False when it will be repeated because the server has too much to do.</param>
    void Refused(Errand errand, string code, bool isFinal);
}
