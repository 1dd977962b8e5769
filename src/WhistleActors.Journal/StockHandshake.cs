using System.Reflection;

namespace WhistleActors.Journal;

/// <summary>
/// The read journal of Akka.Persistence.Sql starts by asking the write journal whether its tables exist, with a message that is
/// internal to that package. Without an answer it does not start.
/// </summary>
internal static class StockHandshake
{
    private const string Question = "Akka.Persistence.Sql.Utility.IsInitialized";
    private const string Answer = "Akka.Persistence.Sql.Utility.Initialized";

    /// <returns>The answer to give once the tables exist, or null when the message is something else.</returns>
    public static object? AnswerTo(object message)
    {
        var question = message.GetType();
        return question.FullName == Question
            ? question.Assembly.GetType(Answer)?.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            : null;
    }
}
