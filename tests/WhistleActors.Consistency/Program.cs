using WhistleActors.Consistency.Runs;

return await ConsistencyCommand.Create().Parse(args).InvokeAsync();
