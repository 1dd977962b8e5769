using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// Folds the journal, event by event, into what is open now. A whistle that was closed with a ledger entry that is not done may come back, and is
/// kept too. Used by one reader at a time.
/// </summary>
internal sealed class BoardFold
{
    private readonly WorkingCalendar calendar;
    private readonly Dictionary<WhistleId, Whistle> open;
    private readonly Dictionary<DepartmentCode, DepartmentState> departments;
    private DayTotals totals;

    internal BoardFold(BoardState from, WorkingCalendar calendar)
    {
        this.calendar = calendar;
        open = from.Open.ToDictionary(whistle => whistle.Id);
        departments = from.Departments.ToDictionary(department => department.Department);
        totals = from.Totals;
        Offset = from.Offset;
    }

    /// <summary>The place in the journal's order up to which it has folded.</summary>
    internal long Offset { get; private set; }

    internal DayTotals Totals => totals;

    internal IEnumerable<Whistle> Open => open.Values;

    internal int OpenCount => open.Count;

    internal IEnumerable<DepartmentState> Departments => departments.Values;

    /// <summary>Folds one event of a grid in.</summary>
    /// <returns>The whistle after it.</returns>
    internal Whistle Apply(long offset, GridEvent happened)
    {
        var whistle = Keep(offset, GridFold.Apply(open.GetValueOrDefault(happened.Whistle), happened));
        totals = Count(happened, whistle);
        return whistle;
    }

    /// <summary>Folds what a grid stored as one event, and is several, in.</summary>
    /// <returns>The whistle after it.</returns>
    internal Whistle Apply(long offset, EventsAtOnce happened)
    {
        var whistle = Keep(offset, GridFold.Apply(open.GetValueOrDefault(happened.Parts[0].Whistle), happened));
        var version = totals.Version + 1;
        foreach (var part in happened.Parts)
            totals = Count(part, whistle) with { Version = version };
        return whistle;
    }

    /// <summary>Folds one event of a department in.</summary>
    /// <returns>The department after it.</returns>
    internal DepartmentState Apply(long offset, DepartmentCode code, DepartmentEvent happened)
    {
        var department = DepartmentRules.Apply(departments.GetValueOrDefault(code) ?? DepartmentState.Empty(code), happened);

        // The journal has each event once: what is over needs no remembering here.
        departments[code] = department with { Over = DepartmentState.Empty(code).Over };
        Offset = offset;
        return department;
    }

    /// <summary>Folds one order about a department's crews in.</summary>
    /// <returns>The department after it.</returns>
    internal DepartmentState Apply(long offset, DepartmentCode code, CrewEvent happened)
    {
        Offset = offset;
        return departments[code] = DepartmentRules.Apply(departments.GetValueOrDefault(code) ?? DepartmentState.Empty(code), happened);
    }

    /// <summary>Passes over an event that no board shows.</summary>
    internal void Skip(long offset) => Offset = offset;

    internal BoardState ToState() => new(Offset, [.. open.Values], [.. departments.Values], totals);

    private Whistle Keep(long offset, Whistle whistle)
    {
        if (whistle.IsOver)
            open.Remove(whistle.Id);
        else
            open[whistle.Id] = whistle;
        Offset = offset;
        return whistle;
    }

    private DayTotals Count(GridEvent happened, Whistle whistle)
    {
        var day = calendar.DayOf(happened.At);
        var today = day > totals.Day ? new DayTotals(totals.Version, day, 0, 0, 0, 0, 0, 0) : totals;

        // An exercise counts nowhere, and what never sounded was no whistle.
        if (whistle.IsExercise || !whistle.HasSounded)
            return today with { Version = totals.Version + 1 };
        return happened switch
        {
            WhistleBlown or WhistleApproved { Summonses: not null } => today with { Blown = today.Blown + 1 },
            WhistleClosed => today with { Closed = today.Closed + 1 },
            WhistleWithdrawn => today with { Withdrawn = today.Withdrawn + 1 },
            CrewCheckedIn { Late: false } => today with { CheckInsOnTime = today.CheckInsOnTime + 1 },
            CrewCheckedIn => today with { CheckInsLate = today.CheckInsLate + 1 },
            DeadlinePassed => today with { Overdue = today.Overdue + 1 },
            _ => today,
        } with { Version = totals.Version + 1 };
    }
}
