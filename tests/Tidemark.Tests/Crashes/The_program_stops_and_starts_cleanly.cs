using Tidemark.Running;

namespace Tidemark.Crashes;

public sealed class The_program_stops_and_starts_cleanly
{
    [Fact]
    public async Task It_says_in_four_lines_what_runs_and_stops_its_database_with_itself()
    {
        await using var folder = new DataFolder();
        await using var program = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
        var address = await program.Ready();
        using var http = new HttpClient { BaseAddress = address };
        (await http.Get("/health")).Status.ShouldBe(200);

        var code = await program.Terminate();

        code.ShouldBe(0);
        foreach (var label in (string[])["  Open ", "  Database ", "  Market ", "  Accounts "])
        {
            program.Output.ShouldContain(label);
        }
        program.Output.ShouldContain("is ready after");
        File.Exists(Path.Combine(folder.Path, "postgres", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_orphaned_database_is_found_and_used()
    {
        await using var folder = new DataFolder();
        await using (var killed = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]))
        {
            await killed.Ready();
            killed.Kill();
        }
        var orphan = await File.ReadAllTextAsync(Path.Combine(folder.Path, "postgres", "postmaster.pid"));

        await using var next = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
        await next.Ready();

        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "postgres", "postmaster.pid"))).ShouldBe(orphan);
        next.Output.ShouldContain("found running");
        await next.Terminate();
        File.Exists(Path.Combine(folder.Path, "postgres", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_may_not_share_a_folder()
    {
        await using var folder = new DataFolder();
        await using var first = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
        await first.Ready();

        await using var second = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);

        (await second.End()).ShouldBe(1);
        second.Output.ShouldContain("Another Tidemark already serves");
    }

    [Fact]
    public async Task A_verb_may_share_the_folder_of_a_running_server()
    {
        await using var folder = new DataFolder();
        await using var server = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
        var address = await server.Ready();

        await using var verb = TidemarkProcess.Start(folder.Path, ["db", "status", "--json"]);

        (await verb.End()).ShouldBe(0);
        using var http = new HttpClient { BaseAddress = address };
        (await http.Get("/health")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_taken_port_is_told()
    {
        await using var one = new DataFolder();
        await using var two = new DataFolder();
        await using var first = TidemarkProcess.Start(one.Path, ["--urls", "http://127.0.0.1:0"]);
        var address = await first.Ready();

        await using var second = TidemarkProcess.Start(two.Path, ["--urls", address.ToString()]);

        (await second.End()).ShouldBe(1);
        second.Output.ShouldContain("already in use");
    }

    [Fact]
    public async Task Wrong_settings_are_told_and_nothing_starts()
    {
        await using var folder = new DataFolder();
        await using var program = TidemarkProcess.Start(folder.Path, [], ("APP_ENV", "production"), ("PORT", "many"));

        (await program.End()).ShouldBe(2);
        program.Output.ShouldContain("SECRET_KEY is required in production");
        program.Output.ShouldContain("PORT must be a whole number");
    }
}
