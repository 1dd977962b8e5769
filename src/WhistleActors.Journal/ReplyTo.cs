using Akka.Actor;
using Akka.Persistence;

namespace WhistleActors.Journal;

/// <summary>
/// Stands between the journal and the asker of one write, to turn a refusal into a failure. The base class knows two ways to say
/// no: a rejection, after which the actor goes on, and an exception, which stops the actor but also counts against the circuit
/// breaker - and ten duplicates of one zombie, or one full queue, must not shut the journal for everybody. So a refusal leaves
/// <see cref="GroupCommitJournal"/> as a rejection and arrives as a failure.
/// </summary>
internal sealed class ReplyTo(IActorRef asker, IActorRefProvider provider, int writes) : MinimalActorRef
{
    private Exception? _refusal;

    public override ActorPath Path => asker.Path;

    public override IActorRefProvider Provider => provider;

    /// <summary>Called before the base class answers.</summary>
    /// <returns>The rejection of each of the writes.</returns>
    public IEnumerable<Exception?> Refuse(Exception reason)
    {
        Volatile.Write(ref _refusal, reason);
        return Enumerable.Repeat<Exception?>(reason, writes);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (Volatile.Read(ref _refusal) is { } refusal)
        {
            message = message switch
            {
                WriteMessagesSuccessful => new WriteMessagesFailed(refusal, writes),
                WriteMessageRejected rejected => new WriteMessageFailure(rejected.Persistent, rejected.Cause, rejected.ActorInstanceId),
                _ => message,
            };
        }

        asker.Tell(message, sender);
    }
}
