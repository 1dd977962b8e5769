using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Disputes;
using Wire = WhistleActors.Contract.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of disputes and rulings.</summary>
public static class DisputeViews
{
    /// <summary>A ruling as later proposals know it.</summary>
    public static PrecedentView ToView(this Precedent precedent) => new(
        precedent.Matter.Text,
        precedent.District.Text,
        precedent.Department.Text,
        (DutyRole)precedent.Role,
        (Wire.RulingKind)precedent.Kind,
        precedent.Instead?.Text,
        precedent.Text,
        precedent.Basis,
        precedent.At,
        precedent.Whistle.Text);

    internal static DisputeView ToView(this Dispute dispute) => new(
        dispute.At,
        dispute.By.ToView(),
        dispute.Round,
        dispute.Reason,
        dispute.Instead?.Text,
        dispute.Referral is { } referral ? new ReferralView(referral.At, referral.By.ToView(), referral.Text, referral.Basis) : null,
        dispute.Ruling is { } ruling
            ? new RulingView(ruling.At, ruling.By.ToView(), (Wire.RulingKind)ruling.Kind, ruling.Text, ruling.Basis, (DutyRole)ruling.Role, ruling.Instead?.Text)
            : null);
}
