using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>A persistent actor that keeps what it is told and answers with all of it.</summary>
public sealed class Diary(string id) : UntypedPersistentActor
{
    private ImmutableList<string> _entries = [];
    private IActorRef? _asker;

    public override string PersistenceId => id;

    protected override void OnCommand(object message)
    {
        var asker = Sender;
        switch (message)
        {
            case "read":
                asker.Tell(_entries);
                break;
            case Write write:
                var open = write.Entries.Count;
                PersistAll(write.Entries.Select(entry => write.Tags.Count == 0 ? (object)entry : new Tagged(entry, write.Tags)), e =>
                {
                    Add(e);
                    if (--open == 0)
                        asker.Tell("written");
                });
                break;
            case Snapshot:
                SaveSnapshot(string.Join('\n', _entries));
                _asker = asker;
                break;
            case SaveSnapshotSuccess success:
                _asker!.Tell(success.Metadata.SequenceNr);
                break;
            case Forget forget:
                DeleteMessages(forget.To);
                _asker = asker;
                break;
            case ForgetSnapshot forget:
                DeleteSnapshot(forget.Number);
                _asker = asker;
                break;
            case DeleteSnapshotSuccess success:
                _asker!.Tell(success.Metadata.SequenceNr);
                break;
            case DeleteMessagesSuccess success:
                _asker!.Tell(success.ToSequenceNr);
                break;
        }
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: string entries }:
                _entries = [.. entries.Split('\n')];
                break;
            case string entry:
                Add(entry);
                break;
        }
    }

    private void Add(object entry) => _entries = _entries.Add(entry is Tagged tagged ? (string)tagged.Payload : (string)entry);

    public sealed record Write(ImmutableList<string> Entries, ImmutableHashSet<string> Tags)
    {
        public static Write Plain(params string[] entries) => new([.. entries], []);

        public static Write WithTags(string entry, params string[] tags) => new([entry], [.. tags]);
    }

    public sealed record Snapshot;

    public sealed record Forget(long To);

    public sealed record ForgetSnapshot(long Number);
}
