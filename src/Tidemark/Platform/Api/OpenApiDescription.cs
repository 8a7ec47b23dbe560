using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
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
            options.AddDocumentTransformer(KeepWordsWhole);
            options.AddOperationTransformer(Wrap);
        });

    /// <summary>The document never changes while the program runs: it is written once.</summary>
    public static void Map(WebApplication app)
    {
        var written = new Lazy<Task<(byte[] Bytes, string Tag)>>(async () =>
        {
            var bytes = Encoding.UTF8.GetBytes(await OpenApiCommand.Describe(app.Services, CancellationToken.None));
            return (bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        });
        app.MapGet($"{ApiPaths.Root}/openapi.json", async () =>
            {
                var (bytes, tag) = await written.Value;
                return Results.Bytes(bytes, "application/json; charset=utf-8", entityTag: EntityTagHeaderValue.Parse(tag));
            })
            .Allow(Caller.Anyone).WithSummary("This API, described by OpenAPI").ExcludeFromDescription();
    }

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
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["accessToken"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "The access_token of /auth/login." },
            ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key", Description = "An API key with the operation's scope." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("accessToken", document)] = [] }, new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] }];
        document.Servers = [new OpenApiServer { Url = "/" }];
        return Task.CompletedTask;
    }

    /// <summary>Whether a word may be missing is said where it is used: its own list of words is the same for all.</summary>
    static Task KeepWordsWhole(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        foreach (var words in (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).Values.OfType<OpenApiSchema>().Where(static schema => schema.Enum is not null))
        {
            words.Enum = [.. words.Enum!.Where(static word => word is not null && !word.IsJsonNullSentinel())];
        }
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
        var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault();
        operation.Description = $"{operation.Description} Who may call: {rule?.Name ?? "nobody"}{(scope is null ? "" : $"; an API key with {scope.Name}")}.".Trim();
        await DescribeWords(operation, context, stop);
        await WrapSuccess(operation, context, stop);
        await AddErrors(operation, context, stop);
        if (operation.RequestBody?.Content is { } bodies && Example(context)?.Request is { } request)
        {
            foreach (var body in bodies.Values)
            {
                body.Example = JsonSerializer.SerializeToNode(request, ApiJson.Options);
            }
        }
        var handlesSecrets = context.Description.ActionDescriptor.EndpointMetadata.OfType<HandlesSecrets>().Any();
        if (!handlesSecrets && context.Description.HttpMethod is "POST" or "PUT" or "PATCH" or "DELETE")
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

    /// <summary>A word in a query is described by the words there are.</summary>
    static async Task DescribeWords(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        foreach (var given in context.Description.ParameterDescriptions)
        {
            var type = given.ParameterDescriptor?.ParameterType is { } declared ? Nullable.GetUnderlyingType(declared) ?? declared : null;
            if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Word<>) && operation.Parameters?.FirstOrDefault(parameter => parameter.Name == given.Name) is OpenApiParameter described)
            {
                described.Schema = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], cancellationToken: stop);
            }
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
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = await Shared(returned.GetGenericArguments()[0], context, stop) }
                : response.Content.Values.First().Schema;
            var meta = await Shared(typeof(Meta), context, stop);
            foreach (var content in response.Content.Values)
            {
                content.Schema = Envelope(data!, meta);
                content.Example = Example(context)?.Answer is { } answer ? InEnvelope(answer) : null;
            }
        }
    }

    /// <summary>Described once under its name, and referred to everywhere.</summary>
    static async Task<IOpenApiSchema> Shared(Type type, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (context.Document is not { } document || type.IsGenericType)
        {
            return await context.GetOrCreateSchemaAsync(type, cancellationToken: stop);
        }
        if (document.Components?.Schemas?.ContainsKey(type.Name) != true)
        {
            document.AddComponent<IOpenApiSchema>(type.Name, await context.GetOrCreateSchemaAsync(type, cancellationToken: stop));
        }
        return new OpenApiSchemaReference(type.Name, document);
    }

    static EndpointExample? Example(OpenApiOperationTransformerContext context) =>
        context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointExample>().LastOrDefault();

    static JsonObject InEnvelope(object answer)
    {
        var at = JsonValue.Create("2026-11-21T12:00:00+00:00");
        var meta = new JsonObject { ["timestamp"] = at.DeepClone(), ["request_id"] = "req_5d41402abc4b2a76b9719d911017c592" };
        if (answer is IPage page)
        {
            (meta["count"], meta["limit"]) = (page.Count, page.Limit);
        }
        return new JsonObject
        {
            ["success"] = true,
            ["status"] = "success",
            ["data"] = JsonSerializer.SerializeToNode(answer is IPage list ? list.Data : answer, ApiJson.Options),
            ["error"] = null,
            ["meta"] = meta,
            ["timestamp"] = at,
        };
    }

    static OpenApiSchema Envelope(IOpenApiSchema data, IOpenApiSchema meta) => new()
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
        var schema = await Shared(typeof(ErrorEnvelope), context, stop);
        operation.Responses ??= [];
        operation.Responses.Remove("400");
        operation.Responses["429"] = new OpenApiResponse
        {
            Description = "RATE_LIMITED: the caller's requests of this window are used up.",
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader { Description = "Seconds until the next request is welcome.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
                ["RateLimit-Limit"] = new OpenApiHeader { Description = "Requests a window holds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
                ["RateLimit-Remaining"] = new OpenApiHeader { Description = "Requests left in this window.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
                ["RateLimit-Reset"] = new OpenApiHeader { Description = "Seconds until the window ends.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
            },
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
        };
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "An error of the documented list.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
        };
    }
}
