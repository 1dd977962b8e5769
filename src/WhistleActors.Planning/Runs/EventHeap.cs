namespace WhistleActors.Planning.Runs;

/// <summary>What will happen, soonest first; at one instant in the order of <c>What</c>, so that a run never depends on who was added first.</summary>
internal sealed class EventHeap
{
    private (long At, int What)[] heap = new (long, int)[1024];

    internal int Count { get; private set; }

    internal long NextAt => Count > 0 ? heap[0].At : long.MaxValue;

    internal void Push(long at, int what)
    {
        if (Count == heap.Length)
            Array.Resize(ref heap, heap.Length * 2);
        var place = Count++;
        while (place > 0)
        {
            var parent = (place - 1) >> 2;
            if (!Before((at, what), heap[parent]))
                break;
            heap[place] = heap[parent];
            place = parent;
        }

        heap[place] = (at, what);
    }

    internal (long At, int What) Pop()
    {
        var first = heap[0];
        var last = heap[--Count];
        var place = 0;
        while (true)
        {
            var child = (place << 2) + 1;
            if (child >= Count)
                break;
            var least = child;
            for (var other = child + 1; other < Math.Min(child + 4, Count); other++)
            {
                if (Before(heap[other], heap[least]))
                    least = other;
            }

            if (!Before(heap[least], last))
                break;
            heap[place] = heap[least];
            place = least;
        }

        heap[place] = last;
        return first;
    }

    private static bool Before((long At, int What) one, (long At, int What) other) => one.At < other.At || (one.At == other.At && one.What < other.What);
}
