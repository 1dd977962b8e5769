namespace WhistleActors.Simulator.Plans;

/// <summary>Whether a department comes.</summary>
internal enum Attendance
{
    Prompt,
    Late,
    Never,
}
