using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>How the tasks of the action plan are done, and who says so.</summary>
internal static class ActionPlanRules
{
    internal static ImmutableArray<GridEvent> Complete(Whistle whistle, CompleteTask command, Order order, GridContext context)
    {
        var task = TaskOf(whistle, command.Task);
        if (!Require.ActsFor(whistle, task.Department, Powers.Answer, order.By))
            throw new RefusedException(Refuse.NotYourDepartment(task.Department));
        if (task.Completion is { } completion)
            throw new RefusedException(Refuse.TaskCompletedAlready(completion.At));
        return [new TaskCompleted(whistle.Id, context.Now, order.By, order.Key, task.Number, command.Note)];
    }

    internal static ImmutableArray<GridEvent> Confirm(Whistle whistle, ConfirmTask command, Order order, GridContext context)
    {
        var task = Completed(whistle, command.Task, order);
        return [new TaskConfirmed(whistle.Id, context.Now, order.By, order.Key, task.Number)];
    }

    internal static ImmutableArray<GridEvent> Return(Whistle whistle, ReturnTask command, Order order, GridContext context)
    {
        var task = Completed(whistle, command.Task, order);
        return [new TaskReturned(whistle.Id, context.Now, order.By, order.Key, task.Number, command.Reason)];
    }

    private static PlanTask Completed(Whistle whistle, int number, Order order)
    {
        var task = TaskOf(whistle, number);
        Require.Judge(whistle, task.Department, Powers.Veto, order);
        if (task.Confirmation is { } confirmation)
            throw new RefusedException(Refuse.TaskConfirmedAlready(confirmation.At));
        if (task.Completion is null)
            throw new RefusedException(Refuse.TaskNotCompleted(number));
        return task;
    }

    private static PlanTask TaskOf(Whistle whistle, int number)
    {
        Require.Open(whistle);
        var tasks = whistle.Consultation?.Tasks ?? [];
        return number < 1 || number > tasks.Length ? throw new RefusedException(Refuse.UnknownTask(number)) : tasks[number - 1];
    }
}
