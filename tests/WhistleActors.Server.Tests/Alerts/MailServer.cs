using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>A mail server on the loopback address that speaks as much SMTP (RFC 5321) as handing in takes, and misbehaves when told to.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;

    public MailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<Letter> Letters { get; } = new();

    /// <summary>How many more sessions end in the middle of the letter.</summary>
    public int DiesInMidSentence { get; set; }

    /// <summary>The answer to the recipient.</summary>
    public string Recipient { get; set; } = "250 ok";

    public int Sessions { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task ServeAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(stopping.Token);
            Sessions++;
            try
            {
                await TalkAsync(client);
            }
            catch (IOException)
            {
                // The other side hung up.
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await SayAsync("220 ready");
        var to = "";
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync("250-here\r\n250 SMTPUTF8");
                    break;
                case "RCPT":
                    to = line;
                    await SayAsync(Recipient);
                    break;
                case "DATA" when DiesInMidSentence > 0:
                    DiesInMidSentence--;
                    await stream.WriteAsync("354 go a"u8.ToArray(), stopping.Token);
                    return;
                case "DATA":
                    await SayAsync("354 go ahead");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(stopping.Token) is { } part && part != ".")
                        text.AppendLine(part);
                    Letters.Enqueue(new Letter(to, text.ToString()));
                    await SayAsync("250 taken as 42");
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }

        async Task SayAsync(string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), stopping.Token);
    }
}

/// <summary>A letter that was handed in.</summary>
internal sealed record Letter(string To, string Text);
