using Shouldly;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using Xunit;

namespace WhistleActors.Domain.Tests.Access;

public sealed class AccessRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 10, 0, 0, 500, TimeSpan.FromHours(8));
    private static readonly PersonId Wang = PersonId.Parse("wang");
    private static readonly Officer Admin = new(PersonId.Parse("admin"), "管理员", OrganisationCode.Parse("city"), Role.Administrator);

    [Fact]
    public void What_was_issued_before_is_not_believed_and_what_is_issued_later_is()
    {
        var state = Withdraw(AccessState.Empty, new WithdrawAccess(Wang, "调离"));

        state.Refuses(Wang, Now.AddHours(-1)).ShouldBeTrue();
        state.Refuses(Wang, Now.AddMilliseconds(-500)).ShouldBeTrue("a token names the second in which it was issued");
        state.Refuses(Wang, Now.AddMilliseconds(500)).ShouldBeFalse();
        state.Refuses(PersonId.Parse("li"), Now.AddHours(-1)).ShouldBeFalse();
    }

    [Fact]
    public void Only_tokens_of_before_a_time_can_be_withdrawn_and_a_later_time_supersedes_it()
    {
        var state = Withdraw(AccessState.Empty, new WithdrawAccess(Wang, "遗失手机", Now.AddHours(-2)));
        state.Refuses(Wang, Now.AddHours(-3)).ShouldBeTrue();
        state.Refuses(Wang, Now.AddHours(-1)).ShouldBeFalse();

        AccessRules.Decide(state, new AccessOrder(new WithdrawAccess(Wang, "x", Now.AddHours(-3)), Admin), Now).ShouldBe((null, null));
        state = Withdraw(state, new WithdrawAccess(Wang, "x", Now.AddMinutes(-30)));
        (state.Version, state.Refuses(Wang, Now.AddHours(-1))).ShouldBe((2, true));
    }

    [Fact]
    public void Repeated_under_its_key_it_takes_effect_once()
    {
        var order = new AccessOrder(new WithdrawAccess(Wang, "调离", Key: "k"), Admin);
        var state = AccessRules.Apply(AccessState.Empty, AccessRules.Decide(AccessState.Empty, order, Now).Event!);

        AccessRules.Decide(state, order, Now.AddHours(1)).ShouldBe((null, null));
        AccessRules.Decide(state, new AccessOrder(order.Command with { Key = "l" }, Admin), Now.AddHours(1)).Event.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Role.Commander)]
    [InlineData(Role.Dispatcher)]
    [InlineData(Role.Observer)]
    [InlineData(Role.SubdistrictLeader)]
    public void Nobody_but_an_administrator_withdraws(Role role)
    {
        var (happened, refusal) = AccessRules.Decide(AccessState.Empty, new AccessOrder(new WithdrawAccess(Wang, "x"), Admin with { Role = role }), Now);
        (happened, refusal?.Code, refusal?.Kind).ShouldBe((null, "not-administrator", RefusalKind.Forbidden));
    }

    [Fact]
    public void What_is_not_issued_yet_cannot_be_withdrawn() =>
        AccessRules.Decide(AccessState.Empty, new AccessOrder(new WithdrawAccess(Wang, "x", Now.AddSeconds(1)), Admin), Now).Refusal!.Code.ShouldBe("tokens-before-in-future");

    [Fact]
    public void The_list_is_bounded_and_whoever_is_on_it_can_be_withdrawn_again()
    {
        var state = AccessState.Empty;
        for (var i = 0; i < AccessRules.MostPersons; i++)
            state = Withdraw(state, new WithdrawAccess(PersonId.Parse($"p{i}"), "x", Now.AddHours(-1)));

        AccessRules.Decide(state, new AccessOrder(new WithdrawAccess(Wang, "x"), Admin), Now).Refusal!.Code.ShouldBe("access-list-full");
        Withdraw(state, new WithdrawAccess(PersonId.Parse("p7"), "x")).Refuses(PersonId.Parse("p7"), Now.AddMinutes(-1)).ShouldBeTrue();
    }

    private static AccessState Withdraw(AccessState state, WithdrawAccess command) =>
        AccessRules.Apply(state, AccessRules.Decide(state, new AccessOrder(command, Admin), Now).Event.ShouldNotBeNull());
}
