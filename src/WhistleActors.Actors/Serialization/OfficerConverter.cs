using System.Text.Json;
using System.Text.Json.Serialization;
using WhistleActors.Actors.Views;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Actors.Serialization;

/// <summary>Writes who acts, for whom, in which role; and the powers only where they are narrower than the role's.</summary>
internal sealed class OfficerConverter : JsonConverter<Officer>
{
    public override Officer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (person, name, organisation, role, powers) = ("", "", "", "", (Powers?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString();
            reader.Read();
            switch (field)
            {
                case "person":
                    person = reader.GetString()!;
                    break;
                case "name":
                    name = reader.GetString()!;
                    break;
                case "organisation":
                    organisation = reader.GetString()!;
                    break;
                case "role":
                    role = reader.GetString()!;
                    break;
                case "powers":
                    powers = (Powers)reader.GetInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var officer = new Officer(
            PersonId.Parse(person), name, OrganisationCode.Parse(organisation), RoleNames.Parse(role) ?? throw new JsonException($"'{role}' is not a role."));
        return powers is { } given ? officer with { Powers = given } : officer;
    }

    public override void Write(Utf8JsonWriter writer, Officer value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("person"u8, value.Person.Text);
        writer.WriteString("name"u8, value.Name);
        writer.WriteString("organisation"u8, value.Organisation.Text);
        writer.WriteString("role"u8, RoleNames.Of(value.Role));
        if (value.Powers != Officer.PowersOf(value.Role))
            writer.WriteNumber("powers"u8, (int)value.Powers);
        writer.WriteEndObject();
    }
}
