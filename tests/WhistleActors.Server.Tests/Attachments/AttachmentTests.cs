using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Attachments;

/// <summary>Files in, out again to those on the case, and gone when no note refers to them.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private TestServer server = null!;

    private AttachmentSettings Settings => server.Services.GetRequiredService<AttachmentSettings>();

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(fakeClock: true, "--attachment_most_mib", "1");

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task What_was_uploaded_comes_out_byte_for_byte_with_headers_that_keep_it_harmless()
    {
        var (water, id) = (await server.WaterworksAsync(), await BlowAsync());
        var bytes = RandomPhoto(700_000);
        var hash = await water.UploadAsync(bytes);
        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await water.PostAsync($"whistles/{id}/notes", Note(hash, "现场 \uD83C\uDF0A.html"))).ShouldSucceed();

        using var response = await GetAsync(water, id, hash);

        ((int)response.StatusCode).ShouldBe(200);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(bytes);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "Content-Security-Policy").ShouldBe("default-src 'none'; sandbox");
        Header(response, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header(response, "Cache-Control").ShouldContain("private");
        var disposition = response.Content.Headers.ContentDisposition!;
        disposition.DispositionType.ShouldBe("inline");
        disposition.FileNameStar.ShouldBe("现场 \uD83C\uDF0A.html.jpg");
    }

    [Fact]
    public async Task A_document_is_saved_and_not_shown_and_a_part_of_a_film_can_be_asked_for()
    {
        var (water, id) = (await server.WaterworksAsync(), await BlowAsync());
        var (pdf, film) = (await water.UploadAsync(Files.Pdf), await water.UploadAsync(Files.Mp4));
        (await water.PostAsync($"whistles/{id}/notes", Note(pdf, "许可.pdf"))).ShouldSucceed();
        (await water.PostAsync($"whistles/{id}/notes", Note(film, "现场.mp4"))).ShouldSucceed();

        using var document = await GetAsync(water, id, pdf);
        using var part = await GetAsync(water, id, film, new RangeHeaderValue(4, 7));

        document.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        ((int)part.StatusCode).ShouldBe(206);
        (await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("ftyp");
    }

    [Fact]
    public async Task The_same_content_is_kept_once()
    {
        var (water, street) = (await server.WaterworksAsync(), await server.StreetAsync());

        (await water.UploadAsync(Files.Jpeg())).ShouldBe(await street.UploadAsync(Files.Jpeg()));

        Stored().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("other-street", "990101002", "subdistrict-officer", 403)]
    [InlineData("other-roads", "990102-roads", "dispatcher", 403)]
    [InlineData("other-commander", "990102", "commander", 403)]
    [InlineData("wall", "990101001", "observer", 403)]
    [InlineData("commander", "990101", "commander", 200)]
    [InlineData("told", "command", "dispatcher", 200)]
    [InlineData("crew", "waterworks", "crew", 200)]
    public async Task Only_those_on_the_case_get_it(string person, string organisation, string role, int status)
    {
        var (water, id) = (await server.WaterworksAsync(), await BlowAsync());
        var hash = await water.UploadAsync(Files.Jpeg());
        (await water.PostAsync($"whistles/{id}/notes", Note(hash))).ShouldSucceed();

        using var response = await GetAsync(await server.AsAsync(person, organisation, role), id, hash);

        ((int)response.StatusCode).ShouldBe(status);
        if (status == 403)
            (await Answer.OfAsync(response)).ShouldBeRefused(403, "not-on-the-case");
    }

    [Fact]
    public async Task A_file_is_served_by_the_whistle_that_refers_to_it_and_by_no_other()
    {
        var (water, id, other) = (await server.WaterworksAsync(), await BlowAsync(), await BlowAsync());
        var hash = await water.UploadAsync(Files.Jpeg());
        (await water.PostAsync($"whistles/{id}/notes", Note(hash))).ShouldSucceed();

        foreach (var path in (string[])[
            $"whistles/{other}/attachments/{hash}", $"whistles/{id}/attachments/{new string('0', 64)}", $"whistles/{id}/attachments/{hash.ToUpperInvariant()}",
            $"whistles/{id}/attachments/..%2F..%2Fwhistle-actors.db", $"whistles/{id}/attachments/a"])
            (await water.GetAsync(path)).ShouldBeRefused(404, "unknown-attachment");
    }

    [Theory]
    [InlineData("<html><script>alert(1)</script>", "text/html")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/jpeg")]
    [InlineData("MZ", "image/png")]
    [InlineData("", "image/png")]
    public async Task What_is_none_of_the_types_is_refused_whatever_it_is_called(string content, string type)
    {
        var answer = await (await server.WaterworksAsync()).SendAsync(HttpMethod.Post, "attachments", Files.Content(Encoding.UTF8.GetBytes(content), type));

        answer.ShouldBeRefused(415, "unknown-file-type");
        Stored().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_large_is_refused_and_leaves_nothing(bool saysItsLength)
    {
        using HttpContent content = saysItsLength ? Files.Content(RandomPhoto((1024 * 1024) + 1)) : new StreamContent(new Endless(RandomPhoto((1024 * 1024) + 1)));

        var answer = await (await server.WaterworksAsync()).SendAsync(HttpMethod.Post, "attachments", content);

        answer.ShouldBeRefused(413, "attachment-too-large");
        Stored().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_as_large_as_allowed_is_taken()
    {
        var bytes = RandomPhoto(1024 * 1024);

        await (await server.WaterworksAsync()).UploadAsync(bytes);

        new FileInfo(Stored().Single()).Length.ShouldBe(bytes.Length);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        var token = (await server.WaterworksAsync()).Token;
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
            var head = $"POST /api/v1/attachments HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Length: 500000\r\n\r\n";
            await socket.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. RandomPhoto(100_000)], TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Directory.EnumerateFiles(Path.Combine(Settings.Folder, "incoming")).Any(file => new FileInfo(file).Length > 0));
        }

        await Eventually.TrueAsync(() => !Directory.EnumerateFiles(Path.Combine(Settings.Folder, "incoming")).Any());
        Stored().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_only_looks_on_uploads_nothing()
    {
        var wall = await server.AsAsync("wall", "city", "observer");

        (await wall.SendAsync(HttpMethod.Post, "attachments", Files.Content(Files.Jpeg()))).ShouldBeRefused(403, "not-allowed");
    }

    [Fact]
    public async Task An_upload_that_no_note_refers_to_is_gone_after_a_day_and_one_that_a_note_refers_to_stays_for_good()
    {
        var (water, id) = (await server.WaterworksAsync(), await BlowAsync());
        var (kept, orphan) = (await water.UploadAsync(Files.Jpeg("kept")), await water.UploadAsync(Files.Jpeg("orphan")));
        var refused = await water.UploadAsync(Files.Jpeg("refused"));
        (await water.PostAsync($"whistles/{id}/notes", Note(kept))).ShouldSucceed();

        // Claimed by a note that its grid then refused: a claim that did not come true.
        var stranger = await server.AsAsync("stranger", "990102-roads", "dispatcher");
        (await stranger.PostAsync($"whistles/{id}/notes", Note(refused))).ShouldBeRefused(403, "not-on-the-case");
        server.Clock.Advance(TimeSpan.FromHours(23));
        await SweepAsync();
        Stored().Count.ShouldBe(3);

        for (var days = 0; days < 40; days++)
        {
            server.Clock.Advance(TimeSpan.FromHours(25));
            await SweepAsync();
        }

        Stored().Select(Path.GetFileName).ShouldBe([kept]);
        Directory.EnumerateFileSystemEntries(Path.Combine(Settings.Folder, "uploads")).ShouldBeEmpty();
        (await (await server.AsAsync("water-later", "waterworks", "dispatcher")).PostAsync($"whistles/{id}/notes", Note(orphan))).ShouldBeRefused(404, "unknown-attachment");
        using var response = await GetAsync(await server.AsAsync("water-later", "waterworks", "dispatcher"), id, kept);
        ((int)response.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task What_shows_an_outcome_is_kept_for_good_and_stands_in_the_case_file()
    {
        var (street, water, id) = (await server.StreetAsync(), await server.WaterworksAsync(), await BlowAsync());
        var photo = await water.UploadAsync(Files.Jpeg("repaired"));
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/check-in", Bodies.CheckIn(server.Now))).ShouldSucceed();
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/outcome", $$"""{"kind":"resolved","note":"已修复","evidence":[{"sha256":"{{photo}}","caption":"修复后"}]}""")).ShouldSucceed();

        server.Clock.Advance(TimeSpan.FromHours(25));
        await SweepAsync();

        Stored().Select(Path.GetFileName).ShouldBe([photo]);
        using var file = await GetAsync(await server.AsAsync("street-later", ExampleCity.OldTown.Text, "subdistrict-officer"), id, photo);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
    }

    [Fact]
    public async Task Sent_again_it_waits_another_day()
    {
        var water = await server.WaterworksAsync();
        await water.UploadAsync(Files.Jpeg());
        server.Clock.Advance(TimeSpan.FromHours(11));
        await water.UploadAsync(Files.Jpeg());
        server.Clock.Advance(TimeSpan.FromHours(14));

        await SweepAsync();

        Stored().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Files_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await (await server.WaterworksAsync()).UploadAsync(Files.Jpeg());

        File.GetUnixFileMode(Stored().Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(Settings.Folder, "uploads")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Note(string hash, string name = "现场.jpg") =>
        System.Text.Json.JsonSerializer.Serialize(new { text = "水已漫到门口", attachments = new[] { new { hash, name } } });

    private async Task<string> BlowAsync() =>
        (await (await server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;

    private Task SweepAsync() => server.Services.GetRequiredService<AttachmentSweep>().SweepAsync(TestContext.Current.CancellationToken);

    private List<string> Stored() =>
        [.. Directory.EnumerateFiles(Settings.Folder, "*", SearchOption.AllDirectories).Where(file => !Path.GetDirectoryName(file)!.EndsWith(".for", StringComparison.Ordinal))];

    private async Task<HttpResponseMessage> GetAsync(Person person, string id, string hash, RangeHeaderValue? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/v1/whistles/{id}/attachments/{hash}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        request.Headers.Range = range;
        return await server.Http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(",", response.Headers.GetValues(name));

    private static byte[] RandomPhoto(int bytes)
    {
        var photo = new byte[bytes];
        new Random(bytes).NextBytes(photo);
        Files.Jpeg("").CopyTo(photo, 0);
        return photo;
    }

    /// <summary>A stream that does not say how long it is, so that the content is sent in chunks.</summary>
    private sealed class Endless(byte[] bytes) : Stream
    {
        private readonly MemoryStream inner = new(bytes);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
