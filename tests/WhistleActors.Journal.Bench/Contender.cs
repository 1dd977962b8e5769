namespace WhistleActors.Journal.Bench;

internal enum Contender
{
    Stock,
    Ours,
    InMemory,
}
