using System.Security.Cryptography;
using Shouldly;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Tests.Hosting;

public sealed class SecretFileTests
{
    [Fact]
    public async Task Nodes_that_start_at_once_on_a_shared_file_all_have_the_same_whole_secret_and_nothing_is_left_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("whistle-secret-").FullName;
        for (var round = 0; round < 50; round++)
        {
            var file = Path.Combine(folder, $"round-{round}", "push.key");
            using var together = new Barrier(4);
            var read = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return Convert.ToHexString(SecretFile.ReadOrMake(file, () => RandomNumberGenerator.GetBytes(4_096)));
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            read.Distinct().Single().Length.ShouldBe(8_192);
            Directory.GetFiles(Path.GetDirectoryName(file)!).ShouldBe([file]);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_node_waits_for_the_one_that_still_holds_the_file_though_the_secret_is_in_it()
    {
        var folder = Directory.CreateTempSubdirectory("whistle-secret-").FullName;
        var file = Path.Combine(folder, "push.key");
        byte[] secret = [1, 2, 3];
        Task<byte[]> reading;
        await using (var holder = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
        {
            holder.Write(secret);
            reading = Task.Run(() => SecretFile.ReadOrMake(file, () => throw new InvalidOperationException("It is made already.")), TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
            reading.IsCompleted.ShouldBeFalse();
        }

        (await reading).ShouldBe(secret);
        Directory.Delete(folder, recursive: true);
    }
}
