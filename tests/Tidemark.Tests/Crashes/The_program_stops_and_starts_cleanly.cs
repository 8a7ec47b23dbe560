using Tidemark.Alerts;
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
        // It is said after what says that the program is ready.
        await AlertServer.Until(() => next.Output.Contains("found running", StringComparison.Ordinal), "it says that its database was found running");
        await next.Terminate();
        File.Exists(Path.Combine(folder.Path, "postgres", "postmaster.pid")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(150)]
    [InlineData(400)]
    [InlineData(800)]
    [InlineData(1_500)]
    public async Task Killed_in_its_first_start_it_starts_the_next_time(int milliseconds)
    {
        await using var folder = new DataFolder();
        await using (var killed = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]))
        {
            await Task.Delay(milliseconds);
            killed.Kill();
        }

        await using var next = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);

        using var http = new HttpClient { BaseAddress = await next.Ready() };
        (await http.Get("/health")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_lock_file_of_a_stranger_or_of_nobody_is_no_obstacle()
    {
        await using var folder = new DataFolder();
        await using (var first = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]))
        {
            await first.Ready();
        }
        var pid = Path.Combine(folder.Path, "postgres", "postmaster.pid");
        foreach (var left in (string[])[$"{Environment.ProcessId}\n{folder.Path}/postgres\n1\n5432\n", ""])
        {
            await File.WriteAllTextAsync(pid, left);
            await using var next = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
            await next.Ready();
        }
    }

    [Fact]
    public async Task A_database_that_dies_under_it_is_started_again()
    {
        await using var folder = new DataFolder();
        await using var program = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
        using var http = new HttpClient { BaseAddress = await program.Ready() };
        Killed_at_random_it_loses_nothing.KillDatabase(folder);

        var status = 0;
        // It answers as soon as the database does, which may be before the guard has said that it started it.
        for (var i = 0; i < 200 && !(status == 200 && program.Output.Contains("has been started again", StringComparison.Ordinal)); i++)
        {
            await Task.Delay(100);
            status = (await http.Post("/api/v1/problem-reports", new { message = "after", page = "/" })).Status;
        }

        status.ShouldBe(200);
        program.Output.ShouldContain("has been started again");
    }

    [Fact]
    public async Task Told_to_stop_it_says_so_while_it_still_serves()
    {
        await using var folder = new DataFolder();
        await using var program = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"], ("DRAIN_SECONDS", "15"));
        using var http = new HttpClient { BaseAddress = await program.Ready() };

        var ended = program.Terminate();
        while ((await http.Get("/health/ready")).Status != 503)
        {
            // Until it has heard; once it does not serve any more, this throws.
            await Task.Delay(50);
        }
        var served = await http.Get("/api/v1/status");

        served.Status.ShouldBe(200);
        (await ended).ShouldBe(0);
    }

    [Fact]
    public async Task The_database_of_a_running_program_is_not_dropped()
    {
        await using var folder = new DataFolder();
        await using var server = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
        await server.Ready();

        await using var drop = TidemarkProcess.Start(folder.Path, ["db", "drop", "--yes"]);

        (await drop.End()).ShouldBe(1);
        drop.Output.ShouldContain("Stop it first; nothing was deleted");
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
