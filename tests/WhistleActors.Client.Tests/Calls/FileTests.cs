using System.Net;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Contract.Whistles;
using Xunit;

namespace WhistleActors.Client.Tests.Calls;

/// <summary>What goes out as it is and comes in as it is.</summary>
public sealed class FileTests : IDisposable
{
    private readonly FakeTimeProvider clock = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly StubServer server;
    private readonly HttpClient http;
    private readonly WhistleClient client;

    public FileTests()
    {
        server = new StubServer(clock);
        http = new HttpClient(server) { BaseAddress = StubServer.Address };
        client = new WhistleClient(http, Sample.Officer, new WhistleClientOptions { Random = new Random(1) }, clock);
    }

    public void Dispose()
    {
        http.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task A_file_is_sent_as_it_is()
    {
        server.Then(HttpStatusCode.Created, """{"hash":"ab","mediaType":"image/jpeg","bytes":7}""");

        (await client.UploadAsync("a photo"u8.ToArray(), TestContext.Current.CancellationToken)).ShouldBe(new UploadView("ab", "image/jpeg", 7));

        var sent = server.Requests.ShouldHaveSingleItem();
        (sent.Path, sent.Body, sent.Key).ShouldBe(("/api/v1/attachments", "a photo", null));
    }

    [Fact]
    public async Task An_export_is_sent_as_it_is_and_its_rows_are_answered()
    {
        server.Then(HttpStatusCode.OK, """{"accepted":0,"duplicate":0,"refused":1,"rows":[{"line":2,"number":"7","outcome":"refused","reason":{"zh":"缺","en":"missing"}}]}""");

        var answer = await client.ImportReportsAsync("工单编号"u8.ToArray(), TestContext.Current.CancellationToken);

        answer.Rows.ShouldHaveSingleItem().Reason!.En.ShouldBe("missing");
        server.Requests.ShouldHaveSingleItem().Body.ShouldBe("工单编号");
    }

    [Fact]
    public async Task A_case_file_comes_as_text_in_the_language_asked_for()
    {
        server.Then(HttpStatusCode.OK, "<!DOCTYPE html>卷宗");

        (await client.CaseFileAsync("1-1", "zh", TestContext.Current.CancellationToken)).ShouldBe("<!DOCTYPE html>卷宗");

        server.Requests.ShouldHaveSingleItem().Path.ShouldBe("/api/v1/whistles/1-1/case-file?lang=zh");
    }
}
