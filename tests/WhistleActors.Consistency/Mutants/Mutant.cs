using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WhistleActors.Consistency.Mutants;

/// <summary>
/// A bug, planted into a copy of the built server to see whether it is found. Assemblies are changed after they were built, in a folder of their own: nothing in
/// the product knows of mutants, and no build of it can be broken by a setting.
/// </summary>
internal sealed record Mutant(string Name, string Assembly, string Type, string Method, Action<MethodDefinition> Plant)
{
    internal static IReadOnlyList<Mutant> All { get; } =
    [
        // The journal says that a write is stored when it stands in the queue.
        new("answer-before-persist", "WhistleActors.Journal", "WhistleActors.Journal.PendingWrite", "get_Answer", AnswerAtOnce),

        // A grid that comes back into memory, on another node or after a start, does not set its alarm.
        new("deadline-lost-at-hand-off", "WhistleActors.Actors", "WhistleActors.Actors.Grids.GridActor", "OnRecover", LoseAlarm),

        // A node goes by its machine's clock, whatever the database says.
        new("machine-clock", "WhistleActors.Actors", "WhistleActors.Actors.Clustering.CityClock", "GetUtcNow", AskMachine),

        // A board takes whatever comes, by whichever path.
        new("board-merge-without-version", "WhistleActors.Actors", "WhistleActors.Actors.Boards.LiveBoard", "Merge", TakeAnything),
    ];

    /// <summary>Makes a copy of the server with the bug in it.</summary>
    /// <returns>The server's assembly.</returns>
    internal string Build(string folder)
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        foreach (var inner in Directory.GetDirectories(AppContext.BaseDirectory))
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(inner)), inner);
        var source = Path.Combine(AppContext.BaseDirectory, $"{Assembly}.dll");
        using var module = ModuleDefinition.ReadModule(source);
        foreach (var method in module.GetType(Type).Methods.Where(method => method.Name == Method).ToList())
            Plant(method);
        module.Write(Path.Combine(folder, $"{Assembly}.dll"));
        return Path.Combine(folder, "WhistleActors.Server.dll");
    }

    private static void AnswerAtOnce(MethodDefinition method)
    {
        var answer = method.DeclaringType.Methods.Single(other => other.Name == "AnswerSuccess");
        var il = method.Body.GetILProcessor();
        var first = method.Body.Instructions[0];
        il.InsertBefore(first, il.Create(OpCodes.Ldarg_0));
        il.InsertBefore(first, il.Create(OpCodes.Callvirt, answer));
    }

    private static void LoseAlarm(MethodDefinition method)
    {
        var set = Only(method, call => call.Name == "Set" && call.DeclaringType.Name == "Alarm");
        var il = method.Body.GetILProcessor();
        il.InsertBefore(set, il.Create(OpCodes.Pop));
        il.Replace(set, il.Create(OpCodes.Pop));
    }

    private static void TakeAnything(MethodDefinition method)
    {
        if (method.Parameters.Count != 3)
            return;
        var version = Only(method, call => call.Name == "get_Version" && call.DeclaringType.Name == "Entity");
        var il = method.Body.GetILProcessor();
        il.InsertBefore(version, il.Create(OpCodes.Pop));
        il.Replace(version, il.Create(OpCodes.Ldc_I8, long.MinValue));
    }

    private static void AskMachine(MethodDefinition method)
    {
        var ask = Only(method, call => call.Name == "GetUtcNow");
        var machine = (FieldReference)ask.Previous.Operand;
        var il = method.Body.GetILProcessor();
        var first = method.Body.Instructions[0];
        il.InsertBefore(first, il.Create(OpCodes.Ldarg_0));
        il.InsertBefore(first, il.Create(OpCodes.Ldfld, machine));
        il.InsertBefore(first, il.Create(OpCodes.Callvirt, (MethodReference)ask.Operand));
        il.InsertBefore(first, il.Create(OpCodes.Ret));
    }

    private static Instruction Only(MethodDefinition method, Func<MethodReference, bool> fits) =>
        method.Body.Instructions.Single(instruction => instruction.Operand is MethodReference call && fits(call));
}
