using System.Collections.Concurrent;
using Akka.Actor;

namespace WhistleActors.Actors.Clustering;

/// <summary>
/// What this node has asked of actors, wherever they live, and has no answer to yet. What is under way to a node that dies is lost, and so is what is sent to it until the
/// others have given it up: so it can be asked again, of whoever owns the actor then. An order may come twice: its key makes the two one, or it sets the same again.
/// Thread-safe.
/// </summary>
public sealed class Unanswered
{
    private readonly ConcurrentDictionary<Question, bool> questions = new();

    /// <summary>Asks an actor, and waits for the first answer.</summary>
    /// <exception cref="AskTimeoutException">None came in time.</exception>
    internal async Task<T> AskAsync<T>(IActorRef to, object message, TimeSpan patience, CancellationToken cancelled)
    {
        var question = new Question(to, message);
        var answer = to.Ask<T>(
            asker =>
            {
                question.Asker = asker;
                return message;
            },
            patience,
            cancelled);
        questions[question] = true;
        try
        {
            return await answer;
        }
        finally
        {
            questions.TryRemove(question, out _);
        }
    }

    /// <summary>Sends everything that waits for its answer once more, on behalf of those who wait.</summary>
    internal void AskAgain()
    {
        foreach (var (question, _) in questions)
            question.To.Tell(question.Message, question.Asker);
    }

    private sealed class Question(IActorRef to, object message)
    {
        public IActorRef To => to;

        public object Message => message;

        public IActorRef Asker { get; set; } = ActorRefs.Nobody;
    }
}
