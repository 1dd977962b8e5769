using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Departments;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Departments;

/// <summary>A department's alerts on the real journal: they climb, are told once, and go on after whatever dies.</summary>
public sealed class DepartmentAlertsTests
{
    private static readonly WhistleId Whistle = new(ExampleCity.Belfry, 1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task An_unsigned_summons_is_told_to_the_person_on_duty_and_then_up_the_chain()
    {
        await using var box = new ActorBox();
        var department = await StaffedAsync(box);
        await HearAsync(department, 1, SummonsState.Summoned);

        box.Clock.Advance(TimeSpan.FromSeconds(1));
        (await box.Courier.NextAsync()).Person.Text.ShouldBe("an");
        box.Clock.Advance(TimeSpan.FromMinutes(1));
        (await box.Courier.NextAsync()).Person.Text.ShouldBe("bo");

        (await AlertsAsync(department)).Open[Whistle].StepsTaken.ShouldBe(2);
    }

    [Fact]
    public async Task Signing_ends_the_climb()
    {
        await using var box = new ActorBox();
        var department = await StaffedAsync(box);
        await HearAsync(department, 1, SummonsState.Summoned);
        box.Clock.Advance(TimeSpan.FromSeconds(1));
        await box.Courier.NextAsync();

        await HearAsync(department, 2, SummonsState.Departed);
        box.Clock.Advance(TimeSpan.FromHours(1));

        (await AlertsAsync(department)).Open.ShouldBeEmpty();
        box.Courier.HasTaken.ShouldBeFalse();
    }

    [Fact]
    public async Task An_alarm_that_rings_for_what_was_answered_meanwhile_changes_nothing()
    {
        await using var box = new ActorBox();
        var department = await StaffedAsync(box);
        await HearAsync(department, 1, SummonsState.Summoned);
        await HearAsync(department, 2, SummonsState.Departed);

        box.Clock.Advance(TimeSpan.FromSeconds(1));

        (await AlertsAsync(department)).Open.ShouldBeEmpty();
        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'alert-steps-taken.1'").ShouldBe(0);
    }

    [Fact]
    public async Task A_climb_goes_on_after_a_restart_and_nobody_is_told_twice_for_a_step()
    {
        await using var box = new ActorBox();
        var department = await StaffedAsync(box);
        await HearAsync(department, 1, SummonsState.Summoned);
        box.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = await box.Courier.NextAsync();
        await Eventually.TrueAsync(async () => (await AlertsAsync(department)).Pending.IsEmpty);

        await box.RestartAsync();
        box.Clock.Advance(TimeSpan.FromMinutes(1));
        department = box.Department(ExampleCity.Waterworks);

        var next = await box.Courier.NextAsync();
        (first.Person.Text, next.Person.Text).ShouldBe(("an", "bo"));
        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'notice-sent.1'").ShouldBe(2);
    }

    [Fact]
    public async Task A_notice_whose_answer_was_not_stored_goes_out_again_under_the_same_id()
    {
        await using var box = new ActorBox();
        box.Courier.Answer = null;
        var department = await StaffedAsync(box);
        await HearAsync(department, 1, SummonsState.Summoned);
        box.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = await box.Courier.NextAsync();

        await box.RestartAsync();
        box.Courier.Answer = new CourierAnswer(NoticeResult.Delivered, "ok");
        department = box.Department(ExampleCity.Waterworks);

        (await box.Courier.NextAsync()).Id.ShouldBe(first.Id);
        await Eventually.TrueAsync(async () => (await AlertsAsync(department)).Pending.IsEmpty);
        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'notice-sent.1'").ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_notice_is_tried_again_when_the_alarm_rings()
    {
        await using var box = new ActorBox();
        box.Courier.Answer = new CourierAnswer(NoticeResult.Failed, "503");
        var department = await StaffedAsync(box);
        await HearAsync(department, 1, SummonsState.Summoned);
        box.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = await box.Courier.NextAsync();
        await Eventually.TrueAsync(async () => (await AlertsAsync(department)).Pending.Values.All(pending => pending.RetryAt is not null));

        box.Courier.Answer = new CourierAnswer(NoticeResult.Delivered, "ok");
        box.Clock.Advance(TimeSpan.FromSeconds(10));

        (await box.Courier.NextAsync()).Id.ShouldBe(first.Id);
        await Eventually.TrueAsync(async () => (await AlertsAsync(department)).Pending.IsEmpty);
    }

    [Fact]
    public async Task A_storm_is_one_step_for_each_summons_and_few_notices()
    {
        await using var box = new ActorBox();
        var department = await StaffedAsync(box);
        await Task.WhenAll(Enumerable.Range(1, 500).Select(number => HearAsync(department, 1, SummonsState.Summoned, number)));

        box.Clock.Advance(TimeSpan.FromSeconds(1));

        var notice = await box.Courier.NextAsync();
        (notice.Unsigned, notice.Alerts.Length).ShouldBe((500, 500));
        (await AlertsAsync(department)).Open.Values.ShouldAllBe(alert => alert.StepsTaken == 1);
        box.Courier.HasTaken.ShouldBeFalse();
    }

    [Fact]
    public async Task An_order_that_is_refused_changes_nothing_and_one_that_cannot_be_stored_says_so()
    {
        await using var box = new ActorBox(FlakyJournal.Hocon);
        var department = box.Department(ExampleCity.Waterworks);
        (await OrderAsync(department, new ReplaceRoster(box.Clock.GetUtcNow(), box.Clock.GetUtcNow(), []))).Refusal!.Code.ShouldBe("roster-span-wrong");
        await AlertsAsync(department);

        FlakyJournal.Next = FlakyJournal.Trouble.Failure;
        (await OrderAsync(department, Roster(box))).Stored.ShouldBeFalse();

        (await AlertsAsync(box.Department(ExampleCity.Waterworks))).Roster.Shifts.ShouldBeEmpty();
    }

    private static async Task<IActorRef> StaffedAsync(ActorBox box)
    {
        var department = box.Department(ExampleCity.Waterworks);
        (await OrderAsync(department, Roster(box))).Refusal.ShouldBeNull();
        return department;
    }

    private static ReplaceRoster Roster(ActorBox box)
    {
        var (from, to) = (box.Clock.GetUtcNow().AddHours(-1), box.Clock.GetUtcNow().AddDays(1));
        return new ReplaceRoster(from, to, [Shift("an", ChainRank.OnDuty), Shift("bo", ChainRank.Deputy)]);

        Shift Shift(string person, ChainRank rank) =>
            new(PersonId.Parse(person), person, rank, from, to, ShiftKind.Regular, [new AlertContact(AlertChannel.Sms, "+8613800000000")]);
    }

    private static Task<DepartmentAnswer> OrderAsync(IActorRef department, AlertCommand command) => department.Ask<DepartmentAnswer>(
        new GiveAlertOrder(ExampleCity.Waterworks, new AlertOrder(command, ExampleCity.Dispatcher(ExampleCity.Waterworks))), Soon);

    private static async Task<DepartmentAlerts> AlertsAsync(IActorRef department) =>
        (await department.Ask<AlertsAnswer>(new AskAlerts(ExampleCity.Waterworks), Soon)).Alerts;

    private static Task<NewsHeard> HearAsync(IActorRef department, long version, SummonsState state, int number = 1) => department.Ask<NewsHeard>(
        new SummonsNews(
            ExampleCity.Waterworks,
            new WhistleId(ExampleCity.Belfry, number),
            new HeldSummons(version, DutyRole.Lead, WhistleLevel.Emergency, state, null, null, null, null, true, state == SummonsState.Departed)),
        Soon);
}
