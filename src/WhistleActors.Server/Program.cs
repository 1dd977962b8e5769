using WhistleActors.Server.Hosting;

return await WhistleServer.RunAsync(args);
