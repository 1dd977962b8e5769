namespace WhistleActors.Domain.Departments;

/// <summary>What a crew moves with.</summary>
public enum Vehicle
{
    /// <summary>小汽车.</summary>
    Car,

    /// <summary>工程车辆.</summary>
    Truck,

    /// <summary>自行车、电动自行车.</summary>
    Bicycle,

    /// <summary>步行.</summary>
    Foot,
}
