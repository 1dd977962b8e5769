using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using WhistleActors.Actors.Serialization;
using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Bench;

/// <summary>Writes the journal of a city of some age: whole lives by the rules themselves, some still open, with what the departments heard of them.</summary>
internal static class OldCity
{
    private const int EndedPerOpen = 100;

    internal static async Task WriteAsync(string folder, int events)
    {
        // The server makes the tables.
        await (await ServerProcess.StartAsync(folder)).DisposeAsync();

        var pack = ((CityPackReading.Loaded)CityPackReader.Read(Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing"))).Pack;
        var grids = pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal).ToList();
        var matters = pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).ToList();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "whistle-actors.db")};Pooling=False");
        await connection.OpenAsync();
        var writer = new Writer(connection, pack);
        var start = TimeProvider.System.GetUtcNow().AddDays(-365);
        for (var life = 0; writer.Written < events; life++)
        {
            var now = start + (TimeSpan.FromDays(364) * ((double)writer.Written / events));
            writer.Live(grids[(int)(life * 4_001L % grids.Count)], matters[life % matters.Count], now, stayOpen: life % EndedPerOpen == 0);
        }

        writer.Commit();
    }

    private sealed class Writer
    {
        private const int PerTransaction = 20_000;

        private readonly Dictionary<GridCode, GridState> grids = [];
        private readonly Dictionary<DepartmentCode, DepartmentState> departments = [];
        private readonly CityPack pack;
        private readonly SqliteConnection connection;
        private readonly SqliteCommand insert;
        private SqliteTransaction transaction;

        internal Writer(SqliteConnection connection, CityPack pack)
        {
            (this.connection, this.pack) = (connection, pack);
            transaction = connection.BeginTransaction();
            insert = connection.CreateCommand();
            insert.CommandText =
                "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier) VALUES ($created, 0, $id, $number, $message, $manifest, 1401)";
            foreach (var name in new[] { "$created", "$id", "$number", "$message", "$manifest" })
                insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        internal int Written { get; private set; }

        internal void Live(Grid grid, MatterCode matter, DateTimeOffset now, bool stayOpen)
        {
            var initiator = Officer(grid.Subdistrict.Text, Role.SubdistrictOfficer);
            var id = Do(grid, initiator, now, new BlowWhistle(
                matter, WhistleOccasion.PublicDemand, WhistleLevel.Daily, WhistleChain.Service, "自来水管破裂，路面积水", null, null, null));
            if (stayOpen)
                return;
            var inner = grid.Area.InnerPoint();
            foreach (var summons in grids[grid.Code].Whistles[id].Summonses.Where(summons => summons.Owes))
            {
                now = now.AddSeconds(20);
                var (department, dispatcher) = (summons.Department, Officer(summons.Department.Text, Role.Dispatcher));
                Do(grid, dispatcher, now, new SignSummons(id, department));
                Do(grid, dispatcher, now, new CheckInCrew(id, department, new PositionFix(new Position(inner.Lon, inner.Lat, Datum.Wgs84), 10, now), null, null, 3));
                Do(grid, dispatcher, now, new ReportOutcome(id, department, OutcomeKind.Resolved, "已修复，恢复供水", null));
                Do(grid, initiator, now, new AcceptOutcome(id, department));
                Do(grid, initiator, now, new ReleaseDepartment(id, department, null));
            }

            Do(grid, initiator, now, new CloseWhistle(id, null));
        }

        internal void Commit()
        {
            transaction.Commit();
            transaction.Dispose();
            transaction = connection.BeginTransaction();
        }

        private WhistleId Do(Grid grid, Officer by, DateTimeOffset now, GridCommand command)
        {
            var state = grids.GetValueOrDefault(grid.Code) ?? GridState.Empty(grid.Code);
            if (GridRules.Decide(state, new Order(command, by), new GridContext(pack, grid, now)) is not Decision.Accepted accepted)
                throw new InvalidOperationException($"{command} was not accepted.");
            foreach (var happened in accepted.Events)
            {
                state = GridFold.Apply(state, happened);
                Write($"grid-{grid.Code}", state.Sequence, happened.At, happened);
            }

            grids[grid.Code] = state;
            var whistle = state.Whistles[accepted.Events[^1].Whistle];
            Tell(whistle, now);
            return whistle.Id;
        }

        private void Tell(Whistle whistle, DateTimeOffset now)
        {
            foreach (var summons in whistle.Summonses)
            {
                var state = departments.GetValueOrDefault(summons.Department) ?? DepartmentState.Empty(summons.Department);
                if (DepartmentRules.Hear(state, whistle.Id, HeldSummons.Of(whistle, summons), now) is not { } happened)
                    continue;
                departments[summons.Department] = state = DepartmentRules.Apply(state, happened);
                Write($"department-{summons.Department}", state.Version, now, happened);
            }
        }

        private void Write(string id, long number, DateTimeOffset at, object happened)
        {
            var (manifest, json) = Manifests.Of(happened);
            insert.Transaction = transaction;
            insert.Parameters["$created"].Value = at.UtcTicks;
            insert.Parameters["$id"].Value = id;
            insert.Parameters["$number"].Value = number;
            insert.Parameters["$message"].Value = JsonSerializer.SerializeToUtf8Bytes(happened, json);
            insert.Parameters["$manifest"].Value = manifest;
            insert.ExecuteNonQuery();
            if (++Written % PerTransaction == 0)
                Commit();
        }

        private static Officer Officer(string organisation, Role role) =>
            new(PersonId.Parse("zhang.san"), "张三", OrganisationCode.Parse(organisation), role);
    }
}
