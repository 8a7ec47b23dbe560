using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tidemark.Platform.Api;

/// <summary>Describes the API: each answer in its envelope, each error in its own, headers and who may call.</summary>
static class OpenApiDescription
{
    public const string Version = "v1";

    public static void Configure(IServiceCollection services) =>
        services.AddOpenApi(Version, static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(DescribeProduct);
            options.AddOperationTransformer(Wrap);
        });

    static Task DescribeProduct(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Tidemark",
            Version = Version,
            Description =
                "Every answer is wrapped in an envelope: `data` on success, `error` with a code of the documented list otherwise, and `meta` with the request id. "
                + "Times are UTC in ISO 8601; a field's name or description carries its unit. Unknown and doubled fields are refused. "
                + "`/api/...` is a permanent alias of `/api/v1/...`. Lists are paged with `cursor` and `limit`. Unsafe methods take an `Idempotency-Key`.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        return Task.CompletedTask;
    }

    static async Task Wrap(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var path = "/" + context.Description.RelativePath;
        if (!path.StartsWith(ApiPaths.Root, StringComparison.Ordinal))
        {
            return;
        }
        var rule = context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessRule>().LastOrDefault();
        operation.Description = $"{operation.Description} Who may call: {rule?.Name ?? "nobody"}.".Trim();
        await WrapSuccess(operation, context, stop);
        await AddErrors(operation, context, stop);
        if (context.Description.HttpMethod is "POST" or "PUT" or "PATCH" or "DELETE")
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "Makes a repeat harmless: the same key and body get the first answer again for 7 days.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 8, MaxLength = 200 },
                Example = JsonValue.Create("0f8fad5b-d9cb-469f-a165-70867728950e"),
            });
        }
    }

    static async Task WrapSuccess(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status[0] != '2' || response.Content is null)
            {
                continue;
            }
            var returned = context.Description.SupportedResponseTypes.FirstOrDefault(type => type.StatusCode.ToString() == status)?.Type;
            var data = returned is { IsGenericType: true } && returned.GetGenericTypeDefinition() == typeof(Page<>)
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = await context.GetOrCreateSchemaAsync(returned.GetGenericArguments()[0], cancellationToken: stop) }
                : response.Content.Values.First().Schema;
            var meta = await context.GetOrCreateSchemaAsync(typeof(Meta), cancellationToken: stop);
            foreach (var content in response.Content.Values)
            {
                content.Schema = Envelope(data!, meta);
            }
        }
    }

    static OpenApiSchema Envelope(IOpenApiSchema data, OpenApiSchema meta) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "success", "status", "data", "error", "meta", "timestamp" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Enum = [JsonValue.Create(true)] },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = "success" },
            ["data"] = data,
            ["error"] = new OpenApiSchema { Type = JsonSchemaType.Null },
            ["meta"] = meta,
            ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "When the answer was made, UTC." },
        },
    };

    static async Task AddErrors(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(ErrorEnvelope), cancellationToken: stop);
        operation.Responses ??= [];
        operation.Responses.Remove("400");
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "An error of the documented list.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
        };
    }
}
