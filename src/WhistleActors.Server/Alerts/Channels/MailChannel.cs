using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Hands mail in at the city's server. Its message id follows from the notice's, so a second copy of one mail is known as such.</summary>
internal sealed class MailChannel(AlertSettings settings, TimeProvider clock) : IAlertChannel
{
    private const int LongestDetail = 200;

    public async Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled)
    {
        if (settings is not { Smtp: { } server, MailFrom: { } from })
            return new CourierAnswer(NoticeResult.GivenUp, "This server has no mail server.");
        using var message = Message(notice, from);
        using var smtp = new SmtpClient();
        try
        {
            var secured = server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : server.UserInfo.Length > 0 ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable;
            await smtp.ConnectAsync(server.Host, server.IsDefaultPort || server.Port < 0 ? 0 : server.Port, secured, cancelled);
            if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
                await smtp.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancelled);
            var answer = await smtp.SendAsync(message, cancelled);
            await smtp.DisconnectAsync(true, cancelled);
            return new CourierAnswer(NoticeResult.Delivered, Short(answer));
        }
        catch (SmtpCommandException refused)
        {
            // 4xx says "not now" (RFC 5321, 4.2.1), 5xx "never".
            return new CourierAnswer((int)refused.StatusCode >= 500 ? NoticeResult.GivenUp : NoticeResult.Failed, Short(refused.Message));
        }
        catch (Exception failed) when (failed is SmtpProtocolException or IOException or SocketException or AuthenticationException or SslHandshakeException)
        {
            return new CourierAnswer(NoticeResult.Failed, Short(failed.Message));
        }
    }

    private MimeMessage Message(AlertNotice notice, MailboxAddress from)
    {
        var text = NoticeText.Of(notice);
        var message = new MimeMessage
        {
            Subject = $"{text.Zh} {text.En}",
            Date = clock.GetUtcNow(),
            MessageId = $"{notice.Id}@whistle-actors.invalid",
            Priority = notice.Emergency ? MessagePriority.Urgent : MessagePriority.Normal,
            Body = new TextPart("plain") { Text = $"{text.Zh}\r\n{text.En}\r\n\r\n{string.Join("\r\n", notice.Alerts.Select(alert => alert.Whistle.Text))}\r\n" },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(notice.Name, notice.Contact.Address));
        return message;
    }

    private static string Short(string text) => text.Length > LongestDetail ? text[..LongestDetail] : text;
}
