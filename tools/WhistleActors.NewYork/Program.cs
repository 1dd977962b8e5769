using WhistleActors.NewYork;

if (args is not [var source, var pack])
{
    Console.Error.WriteLine("usage: WhistleActors.NewYork <folder with the open data> <pack folder to write>");
    return 2;
}

try
{
    NewYorkPack.Build(source, pack);
    Console.WriteLine($"New York pack written to {pack}");
    return 0;
}
catch (IOException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
