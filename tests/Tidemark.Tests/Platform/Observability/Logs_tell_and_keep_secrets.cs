using System.Text.Json;
using Tidemark.Running;

namespace Tidemark.Platform.Observability;

public sealed class Logs_tell_and_keep_secrets
{
    const string Secret = "S3cr3t+that/must<never>be&seen'anywhere\"é", Password = "p4ss-word-of-the-database";

    [Theory]
    [InlineData("json")]
    [InlineData("simple")]
    [InlineData("colored")]
    public async Task Every_line_of_a_request_names_it_and_no_secret_is_in_any(string format)
    {
        await using var folder = new DataFolder();
        await using var program = TidemarkProcess.Start(
            folder.Path, ["--urls", "http://127.0.0.1:0"],
            ("LOG_FORMAT", format), ("LOG_LEVEL", "DEBUG"), ("SECRET_KEY", Secret), ("EXCHANGE_API_SECRET", Password));
        using var http = new HttpClient { BaseAddress = await program.Ready() };

        var answer = await http.Get($"/api/v1/nothing/{Uri.EscapeDataString(Secret)}?and={Password}");
        await program.Terminate();

        var id = answer.Meta.GetProperty("request_id").GetString()!;
        program.Output.ShouldContain(id);
        program.Output.ShouldNotContain(Secret);
        program.Output.Split('\n').Where(line => line.Contains("S3cr3t", StringComparison.Ordinal)).ShouldBeEmpty();
        program.Output.ShouldNotContain(Password);
        if (format == "json")
        {
            var line = program.Output.Split('\n').First(text => text.Contains(id, StringComparison.Ordinal));
            var json = JsonElement.Parse(line);
            json.GetProperty("request_id").GetString().ShouldBe(id);
            json.GetProperty("timestamp").GetDateTimeOffset().ShouldNotBe(default);
            json.GetProperty("level").GetString().ShouldNotBeNull();
        }
        program.Output.Contains('\u001b', StringComparison.Ordinal).ShouldBe(format == "colored");
    }

    [Fact]
    public async Task A_value_cannot_forge_a_line()
    {
        await using var folder = new DataFolder();
        await using var program = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"], ("LOG_FORMAT", "simple"), ("LOG_LEVEL", "DEBUG"));
        using var http = new HttpClient { BaseAddress = await program.Ready() };

        await http.Get("/api/v1/nothing%0AERROR%20forged");
        await program.Terminate();

        program.Output.Split('\n').ShouldNotContain(line => line.StartsWith("ERROR forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quiet_program_says_nothing_beyond_its_start()
    {
        await using var folder = new DataFolder();
        await using var program = TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"], ("LOG_LEVEL", "WARNING"));
        using var http = new HttpClient { BaseAddress = await program.Ready() };

        await http.Get("/api/v1/status");
        await program.Terminate();

        program.Output.Split('\n').Length.ShouldBe(6);
    }
}
