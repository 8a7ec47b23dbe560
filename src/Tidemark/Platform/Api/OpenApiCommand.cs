using System.CommandLine;
using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tidemark.Platform.Cli;

namespace Tidemark.Platform.Api;

/// <summary>`tidemark openapi`: the API's description, from which the browser app's client is generated.</summary>
static class OpenApiCommand
{
    public static Command Build(CommandContext context)
    {
        var output = new Option<FileInfo?>("--output", "-o") { Description = "File to write (default: standard output)." };
        var command = new Command("openapi", "Write the API's OpenAPI document.") { output };
        command.SetAction((parsed, stop) => context.WithoutDatabase((app, ending) => Write(app, parsed.GetValue(output), ending), stop));
        return command;
    }

    static async Task<int> Write(WebApplication app, FileInfo? output, CancellationToken stop)
    {
        var text = await Describe(app.Services, stop);
        if (output is null)
        {
            await Console.Out.WriteAsync(text);
        }
        else
        {
            output.Directory?.Create();
            await File.WriteAllTextAsync(output.FullName, text, stop);
        }
        return CommandLine.Done;
    }

    internal static async Task<string> Describe(IServiceProvider services, CancellationToken stop)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiDescription.Version).GetOpenApiDocumentAsync(stop);
        var text = new StringBuilder();
        await using (var writer = new StringWriter(text) { NewLine = "\n" })
        {
            document.SerializeAsV31(new OpenApiJsonWriter(writer));
        }
        return text.Append('\n').ToString();
    }
}
