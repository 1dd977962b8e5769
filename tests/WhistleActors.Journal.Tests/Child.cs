using System.Globalization;
using Akka.Actor;
using Akka.Persistence;
using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests;

/// <summary>
/// The other process of a test: persistent actors that write as fast as they can and report each acknowledged event, one line
/// "actor number", on standard output. A line on standard input names an actor for which it writes one event, repeating until it
/// succeeds. It ends when it is killed, or when its standard input ends.
/// </summary>
internal static class Child
{
    public const string Verb = "child";
    public const string Ready = "ready";
    public const string Failed = "failed";

    /// <param name="args">Provider, connection string, number of actors, more settings.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await using var reports = TextWriter.Synchronized(output);
        await using var box = JournalBox.Ours(new GivenDatabase(args[0], args[1]), args.ElementAtOrDefault(3) ?? "");
        var actors = int.Parse(args[2], CultureInfo.InvariantCulture);
        for (var i = 0; i < actors; i++)
            box.System.ActorOf(Props.Create(() => new Writer($"actor-{i}", reports)));
        while (await Console.In.ReadLineAsync() is { } probe)
        {
            while ((await box.WriteAsync(probe, 1, $"{probe} 1"))[0] is not WriteMessagesSuccessful)
                await Task.Delay(20);
            reports.WriteLine($"{probe} 1");
        }

        return 0;
    }

    private sealed class Writer(string id, TextWriter reports) : UntypedPersistentActor
    {
        public override string PersistenceId => id;

        protected override void OnRecover(object message)
        {
            if (message is RecoveryCompleted)
                Self.Tell(Ready);
        }

        protected override void OnCommand(object message)
        {
            if (message is not Ready)
                return;
            // One alone and two together, in turn: both kinds of write must survive.
            if (LastSequenceNr % 3 == 0)
                Persist($"{id} {LastSequenceNr + 1}", Report);
            else
                PersistAll([$"{id} {LastSequenceNr + 1}", $"{id} {LastSequenceNr + 2}"], Report);
        }

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
        {
            reports.WriteLine($"{Failed} {id} {sequenceNr} {cause.Message.ReplaceLineEndings(" ")}");
            base.OnPersistFailure(cause, @event, sequenceNr);
        }

        private void Report(string @event)
        {
            reports.WriteLine(@event);
            if (@event == $"{id} {LastSequenceNr}")
                Self.Tell(Ready);
        }
    }
}
