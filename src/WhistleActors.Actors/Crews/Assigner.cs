using Akka.Actor;
using WhistleActors.Actors.Boards;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Travel;

namespace WhistleActors.Actors.Crews;

/// <summary>
/// Assigns crews as the rule proposes, for the departments that let it. One in the cluster; it looks once a second, so that a storm of summonses is one question, and knows
/// no more than the live board. It only orders: the department decides, and refuses what does not hold any more.
/// </summary>
internal sealed class Assigner : UntypedActor, IWithTimers
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly CityNode node;
    private readonly LiveBoard board;
    private readonly CityPlaces places;
    private readonly ITravel travel;

    public Assigner(CityNode node, LiveBoard board, CityPlaces places, ITravel travel) =>
        (this.node, this.board, this.places, this.travel) = (node, board, places, travel);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), Look.Instance, LookEvery);

    protected override void OnReceive(object message)
    {
        // Behind the journal it would send crews to the past. What the orders came to, the board tells.
        if (message is not Look || !board.CaughtUp.IsCompleted || !board.Sure.IsSure)
            return;
        foreach (var department in board.AutomaticDepartments())
            Assign(department);
    }

    private void Assign(DepartmentCode department)
    {
        var now = node.Clock.GetUtcNow();
        var whistles = board.OpenWhistles(BoardScope.Of(department)).Select(published => published.Whistle);
        var picture = DepartmentPicture.Of(board.Plans(), places, department, whistles, travel, now);

        // Who has set out is not called back: that is for people to decide.
        if (!picture.Crews.Any(crew => crew.State is CrewState.Free or CrewState.Assigned) || picture.Waiting.IsEmpty)
            return;
        var states = picture.Crews.ToDictionary(crew => crew.Crew.Code, crew => crew.State);
        foreach (var proposed in picture.Propose(node.Pack, places, travel, now).Assignments.Where(proposed => states[proposed.Crew] is CrewState.Free or CrewState.Assigned))
            node.Departments().Tell(new GiveCrewOrder(department, new CrewOrder(new AssignCrew(proposed.Crew, proposed.Whistle), By: null)));
    }

    private sealed class Look
    {
        internal static readonly Look Instance = new();
    }
}
