namespace WhistleActors.Simulator.Measures;

/// <summary>The commands of a whistle's life, in the order in which they come.</summary>
internal enum CommandKind
{
    Blow,
    Sign,
    Depart,
    CheckIn,
    Report,
    Accept,
    FileReport,
    Veto,
    Release,
    Withdraw,
    Close,
}
