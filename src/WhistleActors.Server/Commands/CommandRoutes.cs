using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.OpenApi;

namespace WhistleActors.Server.Commands;

/// <summary>Maps a command about a whistle to its path: reads the body, checks the form, gives the order.</summary>
internal static class CommandRoutes
{
    internal static void MapWhistleCommand<TRequest>(
        this RouteGroupBuilder group, string name, string summary, Func<TRequest, Form, WhistleId, WhistleCommand> read)
        where TRequest : notnull =>
        group.MapPost($"/{{id}}/{name}", async (string id, HttpContext http, CommandPipeline pipeline) =>
            {
                var whistle = Routes.Whistle(id);
                var (request, body) = await CommandBody.ReadAsync<TRequest>(http);
                var form = new Form();
                var command = read(request, form, whistle);
                form.Check();
                return await pipeline.RunAsync(http, whistle.Grid, command, body);
            })
            .WithSummary(summary).Accepts<TRequest>("application/json").Produces<WhistleView>().ProducesCommandRefusals();

    internal static void MapSummonsCommand<TRequest>(
        this RouteGroupBuilder group, string name, string summary, Func<TRequest, Form, WhistleId, DepartmentCode, WhistleCommand> read)
        where TRequest : notnull =>
        group.MapPost($"/{{id}}/summonses/{{department}}/{name}", async (string id, string department, HttpContext http, CommandPipeline pipeline) =>
            {
                var whistle = Routes.Whistle(id);
                var code = Routes.Department(department);
                var (request, body) = await CommandBody.ReadAsync<TRequest>(http);
                var form = new Form();
                var command = read(request, form, whistle, code);
                form.Check();
                return await pipeline.RunAsync(http, whistle.Grid, command, body);
            })
            .WithSummary(summary).Accepts<TRequest>("application/json").Produces<WhistleView>().ProducesCommandRefusals();
}
