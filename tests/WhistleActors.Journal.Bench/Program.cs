using System.CommandLine;
using WhistleActors.Journal.Bench;

var rounds = new Option<int>("--rounds") { Description = "How often everything is measured; figures are min, median and max of the rounds.", DefaultValueFactory = _ => 5 };
var full = new Option<bool>("--full") { Description = "Also 1, 10, 100, 1,000 and 10,000 actors, 1 and 3 events a write, 200 B and 2 kB." };
var only = new Option<string[]>("--only")
{
    Description = "Which headlines: storm, single, steady, recovery. All when absent.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["storm", "single", "steady", "recovery"],
};
var folder = new Option<DirectoryInfo>("--folder") { Description = "Where SQLite files are created: a folder on the disk to measure.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };
var output = new Option<FileInfo?>("--out") { Description = "The file for the JSON figures; standard output when absent." };
var command = new RootCommand("Stock journal, ours, plain driver and in-memory journal side by side in one run.") { rounds, full, only, folder, output };
command.SetAction(async parsed =>
{
    var figures = new Figures();
    await using (var site = await Site.OpenAsync(parsed.GetValue(folder)!.FullName))
    {
        var bench = new JournalBench(site, figures, Console.Error);
        await bench.WarmUpAsync();
        for (var round = 0; round < parsed.GetValue(rounds); round++)
            await bench.HeadlinesAsync(parsed.GetValue(only)!);
        if (parsed.GetValue(full))
            await bench.MatrixAsync();
    }

    var json = figures.ToJson();
    if (parsed.GetValue(output) is { } file)
        await File.WriteAllTextAsync(file.FullName, json);
    else
        Console.WriteLine(json);
});
return await command.Parse(args).InvokeAsync();
