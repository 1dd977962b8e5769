using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;
using MessagePack.Formatters;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Server.Live;

/// <summary>A frame as the board wrote it: it goes into the hub's message as it is, as JSON in JSON, or as bytes (<see cref="WrittenFrame.Packed"/>) in MessagePack.</summary>
[JsonConverter(typeof(Raw))]
public sealed record LiveFrame(WrittenFrame Written)
{
    /// <summary>How MessagePack writes a frame and reads a position.</summary>
    internal static IReadOnlyList<IMessagePackFormatter> Formatters { get; } = [new Packed(), new Position()];

    private sealed class Raw : JsonConverter<LiveFrame>
    {
        public override LiveFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, LiveFrame value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Written.Utf8.Span, skipInputValidation: true);
    }

    private sealed class Packed : IMessagePackFormatter<LiveFrame>
    {
        public void Serialize(ref MessagePackWriter writer, LiveFrame value, MessagePackSerializerOptions options) => writer.Write(value.Written.Packed.Span);

        public LiveFrame Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => throw new NotSupportedException();
    }

    /// <summary>A map of <c>epoch</c> and <c>sequence</c>, or nil.</summary>
    private sealed class Position : IMessagePackFormatter<BoardPosition?>
    {
        public void Serialize(ref MessagePackWriter writer, BoardPosition? value, MessagePackSerializerOptions options) => throw new NotSupportedException();

        public BoardPosition? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            if (reader.TryReadNil())
                return null;
            var (epoch, sequence) = ((string?)null, 0L);
            for (var left = reader.ReadMapHeader(); left > 0; left--)
            {
                switch (reader.ReadString())
                {
                    case "epoch":
                        epoch = reader.ReadString();
                        break;
                    case "sequence":
                        sequence = reader.ReadInt64();
                        break;
                    default:
                        throw new MessagePackSerializationException("A position has an epoch and a sequence, and nothing else.");
                }
            }

            return new BoardPosition(epoch!, sequence);
        }
    }
}
