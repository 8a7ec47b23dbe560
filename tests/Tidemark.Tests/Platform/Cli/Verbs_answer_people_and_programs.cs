using System.Text.Json;
using Tidemark.Running;

namespace Tidemark.Platform.Cli;

public sealed class Verbs_answer_people_and_programs(Verbs_answer_people_and_programs.Folder folder) : IClassFixture<Verbs_answer_people_and_programs.Folder>
{
    public sealed class Folder : IAsyncDisposable
    {
        readonly DataFolder _data = new();
        public string Path => _data.Path;
        public ValueTask DisposeAsync() => _data.DisposeAsync();
    }

    [Theory]
    [InlineData("version", "Tidemark 0.1.0 on .NET")]
    [InlineData("routes", "/api/v1/status")]
    [InlineData("settings", "DATABASE_URL")]
    [InlineData("jobs list", "prune")]
    [InlineData("--help", "migrate")]
    [InlineData("db --help", "reset")]
    public async Task A_verb_tells_what_it_was_asked(string arguments, string part)
    {
        var (code, output) = await Run(arguments.Split(' '));

        code.ShouldBe(0);
        output.ShouldContain(part);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("routes")]
    [InlineData("settings")]
    [InlineData("jobs list")]
    [InlineData("migrate")]
    [InlineData("db status")]
    [InlineData("jobs prune")]
    public async Task A_program_can_read_it(string arguments)
    {
        var (code, output) = await Run([.. arguments.Split(' '), "--json"]);

        code.ShouldBe(0);
        JsonElement.Parse(output).ValueKind.ShouldBeOneOf(JsonValueKind.Object, JsonValueKind.Array);
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("db fly")]
    [InlineData("version --loud")]
    public async Task An_unknown_verb_or_option_is_a_misuse(string arguments) =>
        (await Run(arguments.Split(' '))).Code.ShouldBe(CommandLine.Misused);

    [Fact]
    public async Task The_api_describes_itself_without_a_database()
    {
        var file = Path.Combine(folder.Path, "openapi.json");

        var (code, _) = await Run(["openapi", "--output", file]);

        code.ShouldBe(0);
        JsonElement.Parse(await File.ReadAllTextAsync(file)).GetProperty("paths").TryGetProperty("/api/v1/status", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_user_is_made_and_changed()
    {
        var made = await Run(["db", "user", "Ann@Example.com", "--role", "Admin"], input: "Correct1Horse");
        var changed = await Run(["db", "user", "ann@example.com", "--plan", "Pro"], input: "Correct2Horse");
        var weak = await Run(["db", "user", "bob@example.com"], input: "horse");

        made.Output.ShouldContain("ann@example.com: role Admin, plan Free.");
        changed.Output.ShouldContain("ann@example.com: role Admin, plan Pro.");
        weak.Code.ShouldBe(1);
        weak.Output.ShouldContain("at least 8 characters");
    }

    [Fact]
    public async Task A_job_that_cron_repeats_does_its_slot_once()
    {
        await using var other = new DataFolder();

        var first = await Run(["jobs", "prune"], other.Path);
        var second = await Run(["jobs", "prune"], other.Path);
        var again = await Run(["jobs", "prune", "--again"], other.Path);

        first.Output.ShouldContain("prune done");
        second.Output.ShouldContain("was run already");
        again.Output.ShouldContain("prune done");
        (first.Code, second.Code, again.Code).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData("--urls", "nonsense")]
    [InlineData("--urls", "http://127.0.0.1:99999")]
    public async Task A_place_it_cannot_listen_on_is_told_in_a_sentence(string option, string value)
    {
        var (code, output) = await Run([option, value]);

        code.ShouldBe(1);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Dropping_asks_first()
    {
        await using var other = new DataFolder();
        await Run(["db", "create"], other.Path);

        var refused = await Run(["db", "drop"], other.Path, input: "no");
        var reset = await Run(["db", "reset", "--yes"], other.Path);
        var demo = await Run(["db", "user"], other.Path);
        var dropped = await Run(["db", "drop", "--yes"], other.Path);

        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("--yes");
        reset.Output.ShouldContain("The schema is now at version");
        demo.Output.ShouldContain("admin@tidemark.local Admin123");
        dropped.Output.ShouldContain("Removed the database tidemark");
    }

    async Task<(int Code, string Output)> Run(string[] arguments, string? data = null, string? input = null)
    {
        await using var program = TidemarkProcess.Start(data ?? folder.Path, arguments);
        if (input is not null)
        {
            await program.Type(input);
        }
        var code = await program.End();
        return (code, program.Output);
    }
}
