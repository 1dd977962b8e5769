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
}
