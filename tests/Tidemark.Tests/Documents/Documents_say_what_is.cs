using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Settings;
using Tidemark.Running;

namespace Tidemark.Documents;

public sealed partial class Documents_say_what_is(RunningServer server) : IClassFixture<RunningServer>
{
    static readonly string Home = SettingsSource.FindHome();

    [Fact]
    public void The_table_of_errors_is_the_list_of_errors()
    {
        var table = File.ReadAllLines(Path.Combine(Home, "docs", "api.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|').Length == 5 && !line.Contains("\"op\"", StringComparison.Ordinal));

        table.ShouldBe(ErrorCode.All.Select(code => $"| `{code.Name}` | {code.Status} | {code.Meaning} |"));
    }

    [Fact]
    public async Task The_committed_description_of_the_api_is_what_the_server_says()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(Home, "src", "web", "src", "api", "openapi.json"));

        committed.ShouldBe(await OpenApiCommand.Describe(server.Services, CancellationToken.None), "Write it anew with: ./tidemark openapi --output src/web/src/api/openapi.json");
    }

    [Fact]
    public async Task What_is_described_is_served_as_described()
    {
        var served = await server.Http.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative));

        served.ShouldContain("\"/api/v1/problem-reports\"");
        served.ShouldContain("Idempotency-Key");
        server.Services.GetRequiredService<ProductParts>().Endpoints.Select(group => group.Name).Where(name => name != "ws").ShouldAllBe(name => served.Contains($"/api/v1/{name}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_document_that_is_linked_is_there()
    {
        var broken = Directory.EnumerateFiles(Home, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Home, "docs"), "*.md", SearchOption.AllDirectories))
            .SelectMany(file => Link().Matches(File.ReadAllText(file)).Select(match => (File: file, Target: match.Groups["target"].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal) && !link.Target.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.File)!, link.Target.Split('#')[0])))
            .Select(link => $"{Path.GetRelativePath(Home, link.File)} -> {link.Target}");

        broken.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
