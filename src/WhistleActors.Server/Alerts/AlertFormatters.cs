using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Formatters;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract;
using WhistleActors.Contract.Alerts;

namespace WhistleActors.Server.Alerts;

/// <summary>How MessagePack writes the frames of the alert hub, as those of the live hub: JSON in a byte string, compressed when it is large.</summary>
internal static class AlertFormatters
{
    internal static IReadOnlyList<IMessagePackFormatter> All { get; } =
        [new Frame<AlertFrame>(ContractJson.Types.AlertFrame), new Frame<EscalationFrame>(ContractJson.Types.EscalationFrame), new Name(), new ArrayFormatter<AlertName?>()];

    private sealed class Frame<T>(JsonTypeInfo<T> type) : IMessagePackFormatter<T>
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
        {
            var utf8 = JsonSerializer.SerializeToUtf8Bytes(value, type);
            writer.Write(utf8.Length < PackedJson.Worth ? utf8 : PackedJson.Pack(utf8));
        }

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => throw new NotSupportedException();
    }

    /// <summary>A map of <c>whistle</c> and <c>department</c>, or nil.</summary>
    private sealed class Name : IMessagePackFormatter<AlertName?>
    {
        public void Serialize(ref MessagePackWriter writer, AlertName? value, MessagePackSerializerOptions options) => throw new NotSupportedException();

        public AlertName? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            if (reader.TryReadNil())
                return null;
            var (whistle, department) = ((string?)null, (string?)null);
            for (var left = reader.ReadMapHeader(); left > 0; left--)
            {
                switch (reader.ReadString())
                {
                    case "whistle":
                        whistle = reader.ReadString();
                        break;
                    case "department":
                        department = reader.ReadString();
                        break;
                    default:
                        throw new MessagePackSerializationException("An alert is named by its whistle and its department, and nothing else.");
                }
            }

            return new AlertName(whistle, department);
        }
    }
}
