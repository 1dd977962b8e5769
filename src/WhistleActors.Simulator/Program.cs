using System.CommandLine;
using WhistleActors.Simulator.CommandLine;

// Ctrl+C and SIGTERM end a run in order: lives stop, what was acknowledged is verified, the summary is printed.
return await SimulateCommand.Create(TimeProvider.System).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
