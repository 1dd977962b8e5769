using System.Collections.Immutable;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace WhistleActors.Actors.Tests.Harness;

/// <summary>A journal in memory that fails or rejects when it is told to.</summary>
public sealed class FlakyJournal : MemoryJournal
{
    internal const string Hocon = """
        akka.persistence.journal {
          plugin = "akka.persistence.journal.flaky"
          flaky { class = "WhistleActors.Actors.Tests.Harness.FlakyJournal, WhistleActors.Actors.Tests", plugin-dispatcher = "akka.actor.default-dispatcher" }
        }
        """;

    /// <summary>What befalls the next write; by thread of nothing: one test at a time.</summary>
    internal static Trouble Next { get; set; }

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var trouble = Next;
        Next = Trouble.None;
        return trouble switch
        {
            Trouble.Failure => Task.FromException<IImmutableList<Exception>>(new IOException("the disk is full")),
            Trouble.Rejection => Task.FromResult<IImmutableList<Exception>>([.. messages.Select(_ => new NotSupportedException("cannot be written"))]),
            _ => base.WriteMessagesAsync(messages, cancellationToken),
        };
    }

    internal enum Trouble
    {
        None,
        Failure,
        Rejection,
    }
}
