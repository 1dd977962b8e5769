using Microsoft.OpenApi;
using WhistleActors.Server.Commands;

namespace WhistleActors.Server.OpenApi;

/// <summary>Describes the API as OpenAPI. The document in the repository is this one's output; a test fails when it is stale.</summary>
internal static class ApiDocument
{
    internal static void AddWhistleOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "WhistleActors",
                Version = "v1",
                Description = "Coordination of 街乡吹哨、部门报到: whistles, summonses, check-ins, load. Errors are problem details (RFC 9457) with a stable `code`, in English and Chinese. Times are RFC 3339 with offset; positions are longitude, latitude with a named datum.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "From POST /api/v1/sign-in." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var time in context.Description.ParameterDescriptions.Where(parameter =>
                         Nullable.GetUnderlyingType(parameter.ParameterDescriptor?.ParameterType ?? typeof(object)) == typeof(QueryTime)))
            {
                if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == time.Name) is { } described)
                    described.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" };
            }

            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Any())
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", context.Document)] = [] }];
            }

            if (metadata.OfType<CommandMarker>().Any())
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(Header(CommandPipeline.IdempotencyKey, "Your name for this command: repeated with it, it takes effect once and gets the same answer, for 24 hours."));
                if (context.Description.RelativePath?.Contains("whistles/{id}", StringComparison.Ordinal) == true)
                    operation.Parameters.Add(Header("If-Match", "The ETag of the version that the command is meant for; refused with 412 when the whistle has moved on."));
            }

            return Task.CompletedTask;
        });
    });

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
