using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Say that the department has spoken to the initiator (联系).</summary>
public sealed record ContactInitiator(WhistleId Whistle, DepartmentCode Department, string? Note) : WhistleCommand(Whistle);

/// <summary>Record what was done on the spot (现场措施).</summary>
/// <param name="Document">The number of the legal document that was issued for it.</param>
public sealed record RecordMeasure(WhistleId Whistle, DepartmentCode Department, string Text, string? Document) : WhistleCommand(Whistle);

/// <summary>File the written report (书面反馈).</summary>
public sealed record FileReport(WhistleId Whistle, DepartmentCode Department, string Text) : WhistleCommand(Whistle);

/// <summary>Ask for more time for one clock (申请延期).</summary>
public sealed record RequestExtension(WhistleId Whistle, DepartmentCode Department, Clock Clock, DateTimeOffset Until, string Reason) : WhistleCommand(Whistle);

/// <summary>Give the time that was asked for.</summary>
public sealed record ApproveExtension(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Refuse the time that was asked for.</summary>
public sealed record RefuseExtension(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);

/// <summary>Ask that all clocks of the summons stand still through a day (申请挂账).</summary>
public sealed record RequestSuspension(WhistleId Whistle, DepartmentCode Department, DateOnly Until, string Reason) : WhistleCommand(Whistle);

/// <summary>Let the clocks stand still as was asked for.</summary>
public sealed record ApproveSuspension(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Refuse to let the clocks stand still.</summary>
public sealed record RefuseSuspension(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);

/// <summary>Let the clocks run on before the suspension's day (解除挂账).</summary>
public sealed record EndSuspension(WhistleId Whistle, DepartmentCode Department, string? Reason) : WhistleCommand(Whistle);
