namespace WhistleActors.Simulator.Speech;

/// <summary>The language that the simulator speaks to whoever runs it.</summary>
internal sealed record Language(bool IsChinese)
{
    public string Say(string zh, string en) => IsChinese ? zh : en;
}
