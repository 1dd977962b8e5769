using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Serialization;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Journal;

/// <summary>Turns events into rows and back, column for column as Akka.Persistence.Sql does with tags in CSV form.</summary>
internal sealed class EventSerializer(ExtendedActorSystem system, GroupCommitSettings settings)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly RecentEvents _recent = RecentEvents.Of(system);

    /// <summary>The rows of all writes that can be stored, and for those that cannot the reason, at their place.</summary>
    public (List<EventRow> Rows, long Bytes, IImmutableList<Exception?>? Rejections) ToRows(IEnumerable<AtomicWrite> writes, long now)
    {
        var rows = new List<EventRow>(1);
        ImmutableArray<Exception?>.Builder? rejections = null;
        var index = 0;
        long bytes = 0;
        foreach (var write in writes)
        {
            var first = rows.Count;
            var bytesBefore = bytes;
            Exception? rejection = null;
            try
            {
                foreach (var @event in (IImmutableList<IPersistentRepresentation>)write.Payload)
                {
                    var row = ToRow(@event, now);
                    rows.Add(row);
                    bytes += row.Message.Length;
                }
            }
            catch (Exception e)
            {
                rows.RemoveRange(first, rows.Count - first);
                bytes = bytesBefore;
                rejection = e;
            }

            if (rejection is not null && rejections is null)
            {
                rejections = ImmutableArray.CreateBuilder<Exception?>();
                for (var i = 0; i < index; i++)
                    rejections.Add(null);
            }

            rejections?.Add(rejection);
            index++;
        }

        return (rows, bytes, rejections?.ToImmutable());
    }

    public IPersistentRepresentation FromRow(EventRow row)
    {
        object payload;
        if (row.Identifier is { } identifier)
        {
            payload = system.Serialization.Deserialize(row.Message, identifier, row.Manifest);
        }
        else
        {
            var type = Type.GetType(row.Manifest, throwOnError: true)!;
            payload = Serialization.WithTransport(
                system,
                (Serializer: system.Serialization.FindSerializerForType(type), row.Message, Type: type),
                static state => state.Serializer.FromBinary(state.Message, state.Type));
        }

        return new Persistent(
            payload,
            row.SequenceNr,
            row.PersistenceId,
            row.Manifest,
            isDeleted: false,
            ActorRefs.NoSender,
            row.WriterUuid,
            row.Created);
    }

    private EventRow ToRow(IPersistentRepresentation representation, long now)
    {
        var payload = representation.Payload;
        var tags = "";
        if (payload is Tagged tagged)
        {
            payload = tagged.Payload;
            tags = Join(tagged.Tags);
        }

        var serializer = system.Serialization.FindSerializerFor(payload);
        var message = Serialization.WithTransport(system, (serializer, payload), static state => state.serializer.ToBinary(state.payload));
        if (message.Length > settings.MaxEventBytes)
        {
            throw new EventTooLargeException(
                $"Event {representation.SequenceNr} of {representation.PersistenceId} takes {message.Length} bytes; "
                + $"max-event-bytes is {settings.MaxEventBytes}.");
        }

        var manifest = ManifestOf(serializer, payload);
        // Throws on half a surrogate pair, which no database can hold; later it would take the whole batch with it.
        _ = StrictUtf8.GetByteCount(representation.PersistenceId) + StrictUtf8.GetByteCount(tags) + StrictUtf8.GetByteCount(manifest);
        var row = new EventRow
        {
            PersistenceId = representation.PersistenceId,
            SequenceNr = representation.SequenceNr,
            Created = representation.Timestamp == 0 ? now : representation.Timestamp,
            Message = message,
            Manifest = manifest,
            Identifier = serializer.Identifier,
            WriterUuid = representation.WriterGuid,
            Tags = tags,
        };
        _recent.Add(row, payload);
        return row;
    }

    internal static string ManifestOf(Serializer serializer, object payload) => serializer switch
    {
        SerializerWithStringManifest withManifest => withManifest.Manifest(payload),
        { IncludeManifest: true } => Akka.Util.TypeExtensions.TypeQualifiedName(payload.GetType()),
        _ => "",
    };

    private string Join(IImmutableSet<string> tags) =>
        tags.Count == 0 ? "" : settings.TagSeparator + string.Join(settings.TagSeparator, tags) + settings.TagSeparator;
}
