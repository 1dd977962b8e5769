using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Officers;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Commands;

namespace WhistleActors.Server.Alerts;

/// <summary>Reads rosters and rules from requests, and notes what is wrong with them.</summary>
internal static partial class RosterForm
{
    private const int MostContacts = 8;

    internal static ReplaceRoster Roster(RosterRequest request, Form form, AlertSettings settings)
    {
        var shifts = request.Shifts ?? form.Missing<IReadOnlyList<ShiftRequest>>("/shifts") ?? [];
        if (shifts.Count > DutyRoster.MostShifts)
            form.Wrong("/shifts", "too-many", $"At most {DutyRoster.MostShifts} shifts are kept.", $"最多保存 {DutyRoster.MostShifts} 个班次。");
        return new ReplaceRoster(
            Time("/from", request.From, form),
            Time("/to", request.To, form),
            [.. shifts.Take(DutyRoster.MostShifts).Select((shift, i) => Shift($"/shifts/{i}", shift, form, settings))]);
    }

    internal static HandOver HandOver(HandOverRequest request, Form form, AlertSettings settings) => new(
        form.Choice<ChainRank>("/rank", request.Rank),
        form.Code<PersonId>("/person", request.Person),
        form.Text("/name", request.Name, Form.ShortText),
        Time("/until", request.Until, form),
        Contacts("/contacts", request.Contacts, form, settings));

    internal static NotificationRules Rules(NotificationRulesRequest request, Form form)
    {
        if ((request.QuietFrom is null) != (request.QuietTo is null))
            form.Missing<string>(request.QuietFrom is null ? "/quietFrom" : "/quietTo");
        form.AtMost("/channels", request.Channels?.Count ?? 0, MostContacts);
        var channels = (request.Channels ?? []).Take(MostContacts).Select((channel, i) => form.Choice<AlertChannel>($"/channels/{i}", channel));
        return new NotificationRules([.. channels.Distinct()], TimeOfDay("/quietFrom", request.QuietFrom, form), TimeOfDay("/quietTo", request.QuietTo, form));
    }

    /// <summary>Notes what is wrong with a way to reach a person.</summary>
    internal static AlertContact Contact(string pointer, RosterContactRequest? contact, Form form, AlertSettings settings)
    {
        var channel = form.Choice<AlertChannel>($"{pointer}/channel", contact?.Channel);
        var address = form.Text($"{pointer}/address", contact?.Address, Form.ShortText);
        if (contact?.Channel is not null && address.Length > 0 && !Fits(channel, address, settings))
        {
            form.Wrong(
                $"{pointer}/address", "not-an-address",
                "This is not an address for this channel: expected a mail address, a telephone number, or the name of a webhook of this server; browsers subscribe themselves.",
                "与该渠道不符：应为邮箱地址、电话号码，或本服务器已配置的回调名称；浏览器推送由本人自行订阅。");
        }

        return new AlertContact(channel, address);
    }

    private static bool Fits(AlertChannel channel, string address, AlertSettings settings) => channel switch
    {
        AlertChannel.Email => MailAddress().IsMatch(address),
        AlertChannel.Sms or AlertChannel.Voice => Telephone().IsMatch(address),
        AlertChannel.Webhook => settings.Webhooks.ContainsKey(address),
        _ => false,
    };

    private static Shift Shift(string pointer, ShiftRequest? shift, Form form, AlertSettings settings) => new(
        form.Code<PersonId>($"{pointer}/person", shift?.Person),
        form.Text($"{pointer}/name", shift?.Name, Form.ShortText),
        form.Choice<ChainRank>($"{pointer}/rank", shift?.Rank),
        Time($"{pointer}/from", shift?.From, form),
        Time($"{pointer}/to", shift?.To, form),
        form.OptionalChoice<ShiftKind>($"{pointer}/kind", shift?.Kind) ?? ShiftKind.Regular,
        Contacts($"{pointer}/contacts", shift?.Contacts, form, settings));

    private static ImmutableArray<AlertContact> Contacts(string pointer, IReadOnlyList<RosterContactRequest>? contacts, Form form, AlertSettings settings)
    {
        if (contacts?.Count > MostContacts)
            form.Wrong(pointer, "too-many", $"At most {MostContacts} ways are kept.", $"最多 {MostContacts} 种联系方式。");
        return [.. (contacts ?? []).Take(MostContacts).Select((contact, i) => Contact($"{pointer}/{i}", contact, form, settings))];
    }

    private static DateTimeOffset Time(string pointer, DateTimeOffset? time, Form form) => time ?? form.Missing<DateTimeOffset>(pointer);

    private static TimeOnly? TimeOfDay(string pointer, string? text, Form form)
    {
        if (text is null)
            return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        form.Wrong(pointer, "not-a-time", "This is not a time of day (hh:mm).", "这不是时刻（时:分）。");
        return null;
    }

    // Addresses with comments, quotes or address literals exist and are refused: they are means of deception far more often than of mail.
    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,60}[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex MailAddress();

    [GeneratedRegex(@"^\+?[0-9](?:[ -]?[0-9]){2,18}$", RegexOptions.CultureInvariant)]
    private static partial Regex Telephone();
}
