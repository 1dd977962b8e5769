using WhistleActors.Domain.Disputes;

namespace WhistleActors.Actors.Records;

/// <summary>
/// The city's rulings as far as this node has followed the journal; grids look here when they propose whom to summon. A ruling of another node is
/// here within the second, and all are again after a start once the journal has been followed to its end.
/// </summary>
public sealed class PrecedentBook
{
    private Precedents now = Precedents.None;

    /// <summary>What is known now.</summary>
    public Precedents Now => Volatile.Read(ref now);

    internal void Keep(Precedents precedents) => Volatile.Write(ref now, precedents);
}
