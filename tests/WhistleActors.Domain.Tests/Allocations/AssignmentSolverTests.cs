using CsCheck;
using Shouldly;
using WhistleActors.Domain.Allocations;
using Xunit;

namespace WhistleActors.Domain.Tests.Allocations;

public class AssignmentSolverTests
{
    private static readonly Gen<double[,]> SmallProblems =
        from rows in Gen.Int[0, 5]
        from columns in Gen.Int[rows, 6]
        from values in Gen.Frequency((5, Gen.Int[-50, 50].Select(value => (double)value)), (1, Gen.Const(AssignmentSolver.Never))).Array[rows * columns]
        select Table(rows, columns, values);

    [Fact]
    public void No_other_assignment_takes_more_rows_or_is_worth_more() => SmallProblems.Sample(values =>
    {
        var best = Best(values, 0, []);
        var found = Worth(values, AssignmentSolver.Solve(values));
        found.Taken.ShouldBe(best.Taken);
        found.Sum.ShouldBe(best.Sum, 1e-6);
    });

    [Fact]
    public void No_column_is_taken_twice_and_nothing_that_may_not_be() => SmallProblems.Sample(values =>
    {
        var taken = AssignmentSolver.Solve(values);
        taken.Where(column => column >= 0).ShouldBeUnique();
        for (var row = 0; row < taken.Length; row++)
        {
            if (taken[row] >= 0)
                values[row, taken[row]].ShouldNotBe(AssignmentSolver.Never);
        }
    });

    [Fact]
    public void More_rows_than_columns_are_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() => AssignmentSolver.Solve(new double[2, 1]));

    private static double[,] Table(int rows, int columns, double[] values)
    {
        var table = new double[rows, columns];
        for (var i = 0; i < values.Length; i++)
            table[i / columns, i % columns] = values[i];
        return table;
    }

    private static (int Taken, double Sum) Best(double[,] values, int row, HashSet<int> used)
    {
        if (row == values.GetLength(0))
            return (0, 0);
        var best = Best(values, row + 1, used);
        for (var column = 0; column < values.GetLength(1); column++)
        {
            if (double.IsNegativeInfinity(values[row, column]) || !used.Add(column))
                continue;
            var rest = Best(values, row + 1, used);
            var with = (Taken: rest.Taken + 1, Sum: rest.Sum + values[row, column]);
            best = with.CompareTo(best) > 0 ? with : best;
            used.Remove(column);
        }

        return best;
    }

    private static (int Taken, double Sum) Worth(double[,] values, int[] taken)
    {
        var (count, sum) = (0, 0.0);
        for (var row = 0; row < taken.Length; row++)
        {
            if (taken[row] >= 0)
                (count, sum) = (count + 1, sum + values[row, taken[row]]);
        }

        return (count, sum);
    }
}
