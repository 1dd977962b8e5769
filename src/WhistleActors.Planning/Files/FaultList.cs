using System.Collections.Immutable;
using WhistleActors.Domain;

namespace WhistleActors.Planning.Files;

/// <summary>The faults found so far. Reading goes on after a fault, so that all of a file's are told at once; it stops noting at a hundred.</summary>
public sealed class FaultList
{
    private const int Most = 100;
    private readonly List<FileFault> faults = [];

    /// <summary>True when anything is wrong.</summary>
    public bool Any => faults.Count > 0;

    /// <summary>Notes a fault; the same one at the same place is noted once.</summary>
    public void Add(string file, int line, string code, string zh, string en, string pointer = "")
    {
        var fault = new FileFault(file, line, code, new LocalizedText(zh, en), pointer);
        if (faults.Count < Most && !faults.Contains(fault))
            faults.Add(fault);
    }

    /// <summary>All of them, in the order of their lines.</summary>
    public ImmutableArray<FileFault> InOrder() => [.. faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)];
}
