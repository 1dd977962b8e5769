using WhistleActors.Server.Backups;
using WhistleActors.Server.Hosting;

return BackupCommands.Asks(args)
    ? await BackupCommands.RunAsync(args, Console.Out, Console.Error)
    : await WhistleServer.RunAsync(args);
