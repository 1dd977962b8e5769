using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WhistleActors.Journal.Copies;

/// <summary>
/// What a journal and its snapshots hold, in figures that are equal exactly when every column of every row is, in whichever database
/// they are kept.
/// </summary>
/// <param name="Head">The largest number in the journal's order; 0 when it is empty.</param>
/// <param name="Events">How many events there are.</param>
/// <param name="PersistenceIds">How many actors they belong to.</param>
/// <param name="Snapshots">How many snapshots there are.</param>
/// <param name="Sha256">Over all of it, in lower-case hexadecimal.</param>
public sealed record JournalContents(long Head, long Events, long PersistenceIds, long Snapshots, string Sha256)
{
    // Of each actor its number, its last event, and a hash over all of its events, each chained to the one before.
    internal sealed class Actor
    {
        public long Last;
        public long Events;
        public readonly byte[] Sha256 = new byte[SHA256.HashSizeInBytes];
    }

    /// <summary>Adds up rows in the journal's order, and refuses what cannot be.</summary>
    internal sealed class Sum
    {
        private readonly Dictionary<string, Actor> _actors = new(StringComparer.Ordinal);
        private readonly SortedDictionary<(string Id, long Number), byte[]> _snapshots = new(ById.Instance);
        private byte[] _row = new byte[4096];
        private long _head;
        private long _events;

        /// <summary>For each actor how many events it has and their hash.</summary>
        public IReadOnlyDictionary<string, Actor> Actors => _actors;

        /// <exception cref="JournalCopyException">An event of its actor is missing before it.</exception>
        public void Add(CopiedEvent row)
        {
            ref var actor = ref CollectionsMarshal.GetValueRefOrAddDefault(_actors, row.PersistenceId, out _);
            actor ??= new Actor();

            // What the journal deleted leaves its last event behind, marked, and begins there.
            if (row.SequenceNr != actor.Last + 1 && !(actor.Events == 0 && row.Deleted))
            {
                throw new JournalCopyException(
                    "events-missing",
                    $"{row.PersistenceId} has event {row.SequenceNr} after {actor.Last}: what lies between is missing.",
                    $"{row.PersistenceId} 的事件 {actor.Last} 之后是 {row.SequenceNr}，中间有缺失。");
            }

            actor.Last = row.SequenceNr;
            actor.Events++;
            _events++;
            _head = Math.Max(_head, row.Ordering);
            var length = 0;
            Put(ref length, actor.Sha256);
            Put(ref length, row.Ordering);
            Put(ref length, row.Created);
            Put(ref length, row.Deleted ? 1 : 0);
            Put(ref length, row.SequenceNr);
            Put(ref length, row.Message);
            Put(ref length, row.Tags);
            Put(ref length, row.Manifest);
            Put(ref length, row.Identifier ?? long.MinValue);
            Put(ref length, row.WriterUuid);
            SHA256.HashData(_row.AsSpan(0, length), actor.Sha256);
        }

        public void Add(CopiedSnapshot row)
        {
            var length = 0;
            Put(ref length, row.Created);
            Put(ref length, row.Snapshot);
            Put(ref length, row.Manifest);
            Put(ref length, row.SerializerId ?? long.MinValue);
            _snapshots[(row.PersistenceId, row.SequenceNr)] = SHA256.HashData(_row.AsSpan(0, length));
        }

        /// <exception cref="JournalCopyException">A snapshot tells of events that are not there.</exception>
        public JournalContents Total()
        {
            using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (id, actor) in _actors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                Append(all, id, actor.Last, actor.Sha256);
            foreach (var ((id, number), hash) in _snapshots)
            {
                // What is kept under no actor's name is a fold of the journal, and its number at most a place in its order.
                if (number > (_actors.TryGetValue(id, out var actor) ? actor.Last : Math.Max(_head, 1)) && !id.StartsWith(Pages, StringComparison.Ordinal))
                {
                    throw new JournalCopyException(
                        "snapshot-ahead",
                        $"The snapshot {number} of {id} is of events that are not in the journal.",
                        $"{id} 的快照 {number} 所含事件不在日志中。");
                }

                Append(all, id, number, hash);
            }

            return new JournalContents(_head, _events, _actors.Count, _snapshots.Count, Convert.ToHexStringLower(all.GetHashAndReset()));
        }

        // Pages of a checkpoint are counted on their own.
        private const string Pages = "board-";

        private static void Append(IncrementalHash all, string id, long number, byte[] hash)
        {
            all.AppendData(Encoding.UTF8.GetBytes($"{id}\n{number}\n"));
            all.AppendData(hash);
        }

        private void Put(ref int length, long value)
        {
            Room(length, sizeof(long));
            BinaryPrimitives.WriteInt64LittleEndian(_row.AsSpan(length), value);
            length += sizeof(long);
        }

        private void Put(ref int length, byte[]? value)
        {
            Put(ref length, value?.Length ?? -1L);
            Room(length, value?.Length ?? 0);
            value?.CopyTo(_row, length);
            length += value?.Length ?? 0;
        }

        private void Put(ref int length, string? value)
        {
            var bytes = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
            Put(ref length, (long)bytes);
            if (bytes <= 0)
                return;
            Room(length, bytes);
            Encoding.UTF8.GetBytes(value, _row.AsSpan(length));
            length += bytes;
        }

        private void Room(int length, int more)
        {
            if (_row.Length < length + more)
                Array.Resize(ref _row, Math.Max(length + more, _row.Length * 2));
        }

        private sealed class ById : IComparer<(string Id, long Number)>
        {
            public static readonly ById Instance = new();

            public int Compare((string Id, long Number) x, (string Id, long Number) y) =>
                string.CompareOrdinal(x.Id, y.Id) is not 0 and var order ? order : x.Number.CompareTo(y.Number);
        }
    }
}
