using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Problems;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Attachments;

/// <summary>What happens at the same moment, step by step.</summary>
public sealed class AttachmentStoreTests : IDisposable
{
    private static readonly WhistleId Whistle = WhistleId.Parse("99010100100101-7");
    private static readonly TimeSpan MoreThanADay = TimeSpan.FromHours(25);

    private readonly FakeTimeProvider clock = new(ExampleCity.Morning);
    private readonly AttachmentSettings settings = new(Path.Combine(Path.GetTempPath(), "whistle-attachments-" + Guid.NewGuid().ToString("N")));
    private readonly AttachmentStore store;

    public AttachmentStoreTests() => store = new AttachmentStore(settings, clock);

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(settings.Folder, recursive: true);
    }

    [Fact]
    public async Task A_claim_between_the_look_at_the_journal_and_the_removal_saves_the_content()
    {
        var hash = await ReceiveAsync();
        clock.Advance(MoreThanADay);
        var (_, known) = store.Due(10).ShouldHaveSingleItem();
        known.ShouldBeEmpty();

        store.Claim(hash, Whistle).ShouldNotBeNull();
        store.Remove(hash, known);

        store.Find(hash).ShouldNotBeNull();
        store.Due(10).ShouldBeEmpty();
        clock.Advance(MoreThanADay);
        store.Due(10).ShouldHaveSingleItem().Claims.ShouldBe([Whistle]);
    }

    [Fact]
    public async Task A_claim_that_did_not_come_true_goes_with_the_content()
    {
        var hash = await ReceiveAsync();
        store.Claim(hash, Whistle);
        clock.Advance(MoreThanADay);

        store.Remove(hash, store.Due(10).Single().Claims);

        store.Find(hash).ShouldBeNull();
        store.Claim(hash, Whistle).ShouldBeNull();
        Everything().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_kept_for_good_is_never_due_and_received_again_is_not_stored_again()
    {
        var hash = await ReceiveAsync();
        store.KeepForGood(hash);
        store.KeepForGood(hash);
        await ReceiveAsync();
        clock.Advance(MoreThanADay);

        store.Due(10).ShouldBeEmpty();
        store.Claim(hash, Whistle).ShouldBe(new StoredContent(hash, "image/jpeg", Files.Jpeg().Length));
        Everything().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_sweep_looks_at_a_bounded_number_and_at_the_oldest_first()
    {
        var hashes = new List<ContentHash>();
        for (var i = 0; i < 5; i++)
        {
            hashes.Add(await ReceiveAsync($"photo {i}"));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        clock.Advance(MoreThanADay);

        store.Due(3).Select(due => due.Hash).ShouldBe(hashes[..3]);
    }

    [Fact]
    public async Task No_more_uploads_are_taken_at_once_than_there_is_room_for()
    {
        using var narrow = new AttachmentStore(settings with { MostAtOnce = 1 }, clock);
        var slow = new Pipe();
        var first = narrow.ReceiveAsync(slow.Reader, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<ProblemException>(() => narrow.ReceiveAsync(Whole(Files.Jpeg()), TestContext.Current.CancellationToken)))
            .Problem.Code.ShouldBe("no-room-for-uploads");

        await slow.Writer.WriteAsync(Files.Jpeg(), TestContext.Current.CancellationToken);
        await slow.Writer.CompleteAsync();
        await first;
        (await narrow.ReceiveAsync(Whole(Files.Png), TestContext.Current.CancellationToken)).MediaType.ShouldBe("image/png");
    }

    [Fact]
    public async Task Nothing_is_taken_when_the_disk_is_needed_for_the_journal()
    {
        using var full = new AttachmentStore(settings with { LeaveFreeBytes = long.MaxValue / 2 }, clock);

        (await Should.ThrowAsync<ProblemException>(() => full.ReceiveAsync(Whole(Files.Jpeg()), TestContext.Current.CancellationToken)))
            .Problem.Status.ShouldBe(503);
        Everything().ShouldBeEmpty();
    }

    private async Task<ContentHash> ReceiveAsync(string content = "a photo") =>
        (await store.ReceiveAsync(Whole(Files.Jpeg(content)), TestContext.Current.CancellationToken)).Hash;

    private static PipeReader Whole(byte[] content) => PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(content));

    private List<string> Everything() => [.. Directory.EnumerateFiles(settings.Folder, "*", SearchOption.AllDirectories)];
}
