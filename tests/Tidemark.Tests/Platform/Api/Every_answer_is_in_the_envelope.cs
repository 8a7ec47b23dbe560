using System.Text.Json;
using Tidemark.Running;

namespace Tidemark.Platform.Api;

public sealed class Every_answer_is_in_the_envelope(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/api/v1/status")]
    [InlineData("/api/status")]
    [InlineData("/api/health")]
    public async Task A_success_holds_data_meta_and_no_error(string path)
    {
        var answer = await server.Http.Get(path);

        answer.Status.ShouldBe(200);
        answer.Body.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Body.GetProperty("status").GetString().ShouldBe("success");
        answer.Data.ValueKind.ShouldBe(JsonValueKind.Object);
        answer.Code.ShouldBeNull();
        answer.Meta.GetProperty("request_id").GetString().ShouldBe(answer.Header("X-Request-Id"));
        answer.Body.GetProperty("timestamp").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("/api/v1/nothing-here", 404, "NOT_FOUND")]
    [InlineData("/api/nothing-here", 404, "NOT_FOUND")]
    [InlineData("/api/v1/scheduler/status", 401, "SIGN_IN_REQUIRED")]
    [InlineData("/api/v1/ws", 426, "UPGRADE_REQUIRED")]
    public async Task An_error_holds_its_code_message_and_request_id(string path, int status, string code)
    {
        var answer = await server.Http.Get(path);

        answer.Status.ShouldBe(status);
        answer.Body.GetProperty("success").GetBoolean().ShouldBeFalse();
        answer.Data.ValueKind.ShouldBe(JsonValueKind.Null);
        answer.Code.ShouldBe(code);
        answer.Body.GetProperty("code").GetString().ShouldBe(code);
        answer.Body.GetProperty("message").GetString()!.ShouldNotBeNullOrEmpty();
        answer.Meta.GetProperty("request_id").GetString().ShouldStartWith("req_");
    }

    [Fact]
    public async Task A_page_of_another_name_that_was_pointed_here_is_refused()
    {
        var answer = await server.Http.Get("/api/v1/status", ("Host", "evil.example"));

        answer.Status.ShouldBe(421);
        answer.Code.ShouldBe("WRONG_HOST");
        (await server.Http.Get("/api/v1/status", ("Host", "192.168.1.7:5000"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_would_without_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/status");
        using var response = await server.Http.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(200);
        response.Headers.ETag.ShouldNotBeNull();
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_method_says_which_are_right()
    {
        var answer = await server.Http.Post("/api/v1/status", new { });

        answer.Status.ShouldBe(405);
        answer.Code.ShouldBe("METHOD_NOT_ALLOWED");
        answer.Message.Content.Headers.Allow.ShouldContain("GET");
    }

    [Theory]
    [InlineData("""{"message":"a","page":"/","colour":"red"}""", "INVALID_JSON", "unknown field")]
    [InlineData("""{"message":"a","page":"/","page":"/b"}""", "INVALID_JSON", "twice")]
    [InlineData("""{"message":"a"}""", "INVALID_JSON", "lacks")]
    [InlineData("""{"message":5,"page":"/"}""", "INVALID_JSON", "$.message")]
    [InlineData("""{"message":null,"page":"/"}""", "INVALID_JSON", "message")]
    [InlineData("""{"message":"a",""", "INVALID_JSON", "not valid JSON at line 1")]
    [InlineData("", "BAD_REQUEST", "body")]
    public async Task A_body_that_cannot_be_read_says_where(string body, string code, string part)
    {
        var answer = await server.Http.Post("/api/v1/problem-reports", body);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe(code);
        answer.Body.GetProperty("message").GetString()!.ShouldContain(part, Case.Insensitive);
        answer.Body.GetProperty("message").GetString()!.ShouldNotContain("Tidemark.");
    }

    [Fact]
    public async Task A_deeply_nested_body_is_refused()
    {
        var body = "{\"message\":" + new string('[', 100) + new string(']', 100) + "}";

        (await server.Http.Post("/api/v1/problem-reports", body)).Code.ShouldBe("INVALID_JSON");
    }

    [Fact]
    public async Task A_large_body_is_refused_with_its_own_code()
    {
        var answer = await server.Http.Post("/api/v1/problem-reports", new { message = new string('a', 2_000_000), page = "/" }, ("Expect", "100-continue"));

        answer.Status.ShouldBe(413);
        answer.Code.ShouldBe("BODY_TOO_LARGE");
    }

    [Fact]
    public async Task Fields_that_are_not_allowed_are_told_one_by_one()
    {
        var answer = await server.Http.Post("/api/v1/problem-reports", new { message = "", page = new string('p', 501) });

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("VALIDATION_FAILED");
        var fields = answer.Body.GetProperty("error").GetProperty("details").GetProperty("fields");
        fields.GetProperty("message")[0].GetString().ShouldNotBeNullOrEmpty();
        fields.GetProperty("page")[0].GetString()!.ShouldContain("500");
    }

    [Fact]
    public async Task A_body_of_another_kind_is_refused()
    {
        using var content = new StringContent("message=a", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await server.Http.PostAsync(new Uri("/api/v1/problem-reports", UriKind.Relative), content);

        ((int)response.StatusCode).ShouldBe(415);
        (await response.Content.ReadAsStringAsync()).ShouldContain("UNSUPPORTED_MEDIA_TYPE");
    }
}
