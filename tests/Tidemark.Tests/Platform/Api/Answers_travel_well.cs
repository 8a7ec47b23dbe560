using Tidemark.Running;

namespace Tidemark.Platform.Api;

public sealed class Answers_travel_well(Answers_travel_well.Friendly server) : IClassFixture<Answers_travel_well.Friendly>
{
    public sealed class Friendly(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["CORS_ORIGINS"] = "https://friend.example",
            ["ALLOW_UNAUTHENTICATED_API"] = "true",
        };
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var first = await server.Http.Get("/api/v1/problem-reports");
        var tag = first.Header("ETag")!;

        var again = await server.Http.Get("/api/v1/problem-reports", ("If-None-Match", tag));

        again.Status.ShouldBe(304);
        again.Message.Content.Headers.ContentLength.GetValueOrDefault().ShouldBe(0);
    }

    [Fact]
    public async Task What_has_changed_is_sent()
    {
        var first = await server.Http.Get("/api/v1/problem-reports");
        await server.Http.Post("/api/v1/problem-reports", new { message = "new", page = "/" });

        (await server.Http.Get("/api/v1/problem-reports", ("If-None-Match", first.Header("ETag")!))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_is_compressed_for_who_can_read_it(string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/openapi.json");
        request.Headers.AcceptEncoding.ParseAdd(coding);

        using var response = await server.Http.SendAsync(request);

        response.Content.Headers.ContentEncoding.ShouldBe([coding]);
    }

    [Fact]
    public async Task A_listed_origin_may_call_and_another_may_not()
    {
        var friend = await server.Http.Get("/api/v1/status", ("Origin", "https://friend.example"));
        var stranger = await server.Http.Get("/api/v1/status", ("Origin", "https://stranger.example"));

        friend.Header("Access-Control-Allow-Origin").ShouldBe("https://friend.example");
        stranger.Header("Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var path in (string[])["/api/v1/status", "/api/v1/nothing", "/health"])
        {
            var answer = await server.Http.Get(path);
            var policy = answer.Header("Content-Security-Policy")!;
            policy.ShouldContain("default-src 'self'");
            policy.ShouldNotContain("unsafe");
            answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
            answer.Header("X-Frame-Options").ShouldBe("DENY");
        }
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_without_loss_or_repeat()
    {
        for (var i = 0; i < 7; i++)
        {
            await server.Http.Post("/api/v1/problem-reports", new { message = $"paged {i}", page = "/" });
        }
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await server.Http.Get($"/api/v1/problem-reports?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            page.Meta.GetProperty("limit").GetInt32().ShouldBe(3);
            page.Meta.GetProperty("count").GetInt32().ShouldBe(page.Data.GetArrayLength());
            seen.AddRange(page.Data.EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            cursor = page.Meta.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        seen.ShouldBe(seen.Distinct().OrderDescending());
        seen.Count.ShouldBeGreaterThanOrEqualTo(7);
    }

    [Theory]
    [InlineData("cursor=made-up", "INVALID_CURSOR")]
    [InlineData("limit=0", "VALIDATION_FAILED")]
    [InlineData("limit=201", "VALIDATION_FAILED")]
    [InlineData("limit=many", "VALIDATION_FAILED")]
    [InlineData("cursor=%00", "BAD_REQUEST")]
    public async Task A_wrong_page_is_refused(string query, string code) =>
        (await server.Http.Get($"/api/v1/problem-reports?{query}")).Code.ShouldBe(code);
}
