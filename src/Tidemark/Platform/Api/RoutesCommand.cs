using System.CommandLine;
using Microsoft.AspNetCore.Http.Metadata;
using Spectre.Console;
using Tidemark.Platform.Cli;

namespace Tidemark.Platform.Api;

/// <summary>`tidemark routes`: every address the program answers, and who may use it.</summary>
static class RoutesCommand
{
    public sealed record Route(string Methods, string Path, string Access, string? Summary);

    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var command = new Command("routes", "List every address the program answers and who may use it.") { json };
        command.SetAction((parsed, stop) => context.WithoutDatabase((app, _) => Task.FromResult(Show(context, List(app), parsed.GetValue(json))), stop));
        return command;
    }

    internal static IReadOnlyList<Route> List(WebApplication app) =>
        [.. ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint => new Route(
                string.Join(' ', endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]),
                "/" + endpoint.RoutePattern.RawText?.TrimStart('/'),
                endpoint.Metadata.GetMetadata<AccessRule>()?.Name ?? Caller.Anyone.Name,
                endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary))
            .OrderBy(route => route.Path, StringComparer.Ordinal)];

    static int Show(CommandContext context, IReadOnlyList<Route> routes, bool asJson)
    {
        if (asJson)
        {
            context.WriteJson(routes);
            return CommandLine.Done;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("Method", "Path", "Who", "What");
        foreach (var route in routes)
        {
            table.AddRow(new Text(route.Methods), new Text(route.Path), new Text(route.Access), new Text(route.Summary ?? ""));
        }
        context.Out.Write(table);
        return CommandLine.Done;
    }
}
