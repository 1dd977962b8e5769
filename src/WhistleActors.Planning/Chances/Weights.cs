namespace WhistleActors.Planning.Chances;

/// <summary>Draws one of several by their weights in constant time (Walker's alias table, as built by Vose 1991).</summary>
internal sealed class Weights
{
    private readonly double[] share;
    private readonly int[] alias;

    internal Weights(IReadOnlyList<double> weights)
    {
        var count = weights.Count;
        var total = weights.Sum();
        (share, alias) = (new double[count], new int[count]);
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var i = 0; i < count; i++)
        {
            share[i] = weights[i] * count / total;
            alias[i] = i;
            (share[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            alias[less] = more;
            share[more] -= 1 - share[less];
            (share[more] < 1 ? small : large).Push(more);
        }

        // What is left over differs from 1 by rounding only.
        foreach (var rest in small.Concat(large))
            share[rest] = 1;
    }

    internal int Draw(ref Chance chance)
    {
        var place = chance.Below(share.Length);
        return chance.Share() < share[place] ? place : alias[place];
    }
}
