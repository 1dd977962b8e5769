using System.Diagnostics;
using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using k8s;
using k8s.Models;
using Shouldly;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Storage;
using WhistleActors.Testing;
using YamlDotNet.RepresentationModel;

namespace WhistleActors.Cluster.Tests;

/// <summary>What can be checked of <c>cluster-config/</c> without the machines that it is for.</summary>
public sealed partial class ClusterConfigTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "cluster-config");

    [Fact]
    public async Task Every_setting_of_Akka_in_it_is_one_that_there_is()
    {
        var hocon = WhistleActorsHosting.Configuration(StorageSettings.Postgres("Host=nowhere"), "akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }");
        using var system = ActorSystem.Create("settings", hocon.WithFallback("akka.actor.provider = cluster"));
        ClusterSharding.Get(system);
        var files = Directory.GetFiles(Path.Combine(Folder, "hocon"), "*.conf");
        files.ShouldNotBeEmpty();

        foreach (var file in files)
        {
            var own = ConfigurationFactory.ParseString(await File.ReadAllTextAsync(file));
            var names = own.AsEnumerable().SelectMany(entry => Names(entry.Key, entry.Value)).ToList();
            names.ShouldNotBeEmpty(file);
            names.ShouldAllBe(name => system.Settings.Config.HasPath(name), file);
        }

        await system.Terminate();

        static IEnumerable<string> Names(string path, Akka.Configuration.Hocon.HoconValue value) => value.IsObject()
            ? value.GetObject().Items.SelectMany(item => Names($"{path}.{item.Key}", item.Value))
            : [path];
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public async Task Every_setting_of_the_server_in_it_is_explained(string readme)
    {
        var explained = Setting().Matches(await File.ReadAllTextAsync(Path.Combine(Folder, readme))).Select(match => match.Value).ToHashSet();
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".md", StringComparison.Ordinal));
        foreach (var file in files)
            Setting().Matches(await File.ReadAllTextAsync(file)).Select(match => match.Value).Where(name => name != "WHISTLE_POSTGRES_PASSWORD").ShouldBeSubsetOf(explained, file);
    }

    [Fact]
    public async Task Every_manifest_for_Kubernetes_is_of_the_shape_that_its_kind_has_and_all_select_the_same_pods()
    {
        var files = Directory.GetFiles(Path.Combine(Folder, "kubernetes", "base"), "*.yaml").Where(file => !file.EndsWith("kustomization.yaml", StringComparison.Ordinal));
        var all = new List<object>();
        foreach (var file in files)
            all.AddRange(KubernetesYaml.LoadAllFromString(await File.ReadAllTextAsync(file), null, strict: true));

        var set = all.OfType<V1StatefulSet>().Single();
        var labels = set.Spec.Template.Metadata.Labels;
        set.Spec.Selector.MatchLabels.ShouldBeSubsetOf(labels);
        all.OfType<V1Service>().Select(service => service.Spec.Selector).ShouldAllBe(selector => selector.SequenceEqual(labels));
        all.OfType<V1PodDisruptionBudget>().Single().Spec.Selector.MatchLabels.ShouldBe(labels);
        all.OfType<V1NetworkPolicy>().Single().Spec.PodSelector.MatchLabels.ShouldBe(labels);
        all.OfType<V1Service>().Select(service => service.Metadata.Name).ShouldContain(set.Spec.ServiceName);
        var volumes = set.Spec.Template.Spec.Volumes.Select(volume => volume.Name).ToHashSet();
        set.Spec.Template.Spec.Containers.SelectMany(container => container.VolumeMounts).Select(mount => mount.Name).ShouldBeSubsetOf(volumes);
    }

    [Fact]
    public async Task Kustomizations_and_the_compose_file_name_only_files_that_are_there()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "kubernetes"), "kustomization.yaml", SearchOption.AllDirectories))
        {
            var root = (YamlMappingNode)(await ReadAsync(file)).RootNode;
            var named = ((YamlSequenceNode)root["resources"]).Select(resource => resource.ToString())
                .Concat(root.Children.TryGetValue("configMapGenerator", out var maps)
                    ? ((YamlSequenceNode)maps).SelectMany(map => (YamlSequenceNode)map["files"]).Select(from => from.ToString().Split('=')[1])
                    : []);
            named.ShouldAllBe(name => Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, name)), file);
        }

        var compose = (YamlMappingNode)(await ReadAsync(Path.Combine(Folder, "compose.yaml"))).RootNode;
        var services = (YamlMappingNode)compose["services"];
        services.Children.Keys.Select(key => key.ToString()).ShouldBe(["postgres", "node-1", "node-2", "node-3", "door-1", "door-2", "door-3", "front"]);
    }

    [Theory]
    [InlineData("door.conf")]
    [InlineData("front.conf")]
    public async Task Nginx_takes_its_configuration(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/nginx"), "nginx is not installed.");

        // Nodes have no names here.
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Node().Replace(await File.ReadAllTextAsync(Path.Combine(Folder, "nginx", name)), "127.0.0.1:"));
        using var nginx = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-t", "-q", "-c", file]) { RedirectStandardError = true })!;
        var said = await nginx.StandardError.ReadToEndAsync();
        await nginx.WaitForExitAsync();

        nginx.ExitCode.ShouldBe(0, said);
        File.Delete(file);
    }

    [Fact]
    public async Task Systemd_takes_the_units()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd is not installed.");
        var folder = Directory.CreateTempSubdirectory("whistle-units-").FullName;
        var units = Directory.GetFiles(Folder, "whistle-actors*").Select(file => Path.GetFileName(file)).ToList();
        units.ShouldBe(["whistle-actors.service", "whistle-actors-backup.service", "whistle-actors-backup.timer"], ignoreOrder: true);

        // The program is not installed here.
        foreach (var unit in units)
            await File.WriteAllTextAsync(Path.Combine(folder, unit), (await File.ReadAllTextAsync(Path.Combine(Folder, unit))).Replace("/opt/whistle-actors/WhistleActors.Server", "/bin/true", StringComparison.Ordinal));
        using var analyze = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", .. units.Select(unit => Path.Combine(folder, unit))]) { RedirectStandardError = true })!;
        var said = await analyze.StandardError.ReadToEndAsync();
        await analyze.WaitForExitAsync();

        (analyze.ExitCode, said).ShouldBe((0, ""));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<YamlDocument> ReadAsync(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(await File.ReadAllTextAsync(file)));
        return stream.Documents.Single();
    }

    [GeneratedRegex("WHISTLE_[A-Z_]+")]
    private static partial Regex Setting();

    [GeneratedRegex("node-[123]:")]
    private static partial Regex Node();
}
