using Npgsql;
using Tidemark.Running;

namespace Tidemark.Platform.Api;

public sealed class An_idempotency_key_makes_a_repeat_harmless(RunningServer server) : IClassFixture<RunningServer>
{
    const string Path = "/api/v1/problem-reports";

    [Fact]
    public async Task The_same_request_gets_the_first_answer_and_one_effect()
    {
        var body = new { message = "only once", page = "/a" };

        var first = await server.Http.Post(Path, body, ("Idempotency-Key", "once-0001"));
        var second = await server.Http.Post(Path, body, ("Idempotency-Key", "once-0001"));

        second.Status.ShouldBe(200);
        second.Data.GetRawText().ShouldBe(first.Data.GetRawText());
        second.Header("Idempotency-Replayed").ShouldBe("true");
        first.Header("Idempotency-Replayed").ShouldBeNull();
        (await Count("only once")).ShouldBe(1);
    }

    [Fact]
    public async Task The_key_with_another_request_is_refused()
    {
        await server.Http.Post(Path, new { message = "first", page = "/" }, ("Idempotency-Key", "reuse-0001"));

        var other = await server.Http.Post(Path, new { message = "second", page = "/" }, ("Idempotency-Key", "reuse-0001"));

        other.Status.ShouldBe(422);
        other.Code.ShouldBe("IDEMPOTENCY_KEY_REUSED");
        (await Count("second")).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_in_flight_is_not_done_twice()
    {
        await using var elsewhere = await server.Source.OpenConnectionAsync();
        await using var begin = await elsewhere.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", elsewhere) { Parameters = { new() { Value = "net:127.0.0.1\nflight-0001" } } })
        {
            await hold.ExecuteNonQueryAsync();
        }

        var answer = await server.Http.Post(Path, new { message = "in flight", page = "/" }, ("Idempotency-Key", "flight-0001"));

        answer.Status.ShouldBe(409);
        answer.Code.ShouldBe("REQUEST_IN_FLIGHT");
        (await Count("in flight")).ShouldBe(0);
    }

    [Fact]
    public async Task Many_at_once_have_one_effect()
    {
        var body = new { message = "stampede", page = "/" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Http.Post(Path, body, ("Idempotency-Key", "stampede-1"))));

        answers.Select(answer => answer.Status).ShouldBeSubsetOf([200, 409]);
        answers.Where(answer => answer.Status == 200).Select(answer => answer.Data.GetProperty("id").GetInt64()).Distinct().Count().ShouldBe(1);
        (await Count("stampede")).ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_request_may_be_mended_under_its_key()
    {
        var refused = await server.Http.Post(Path, new { message = "", page = "/" }, ("Idempotency-Key", "mended-0001"));
        var mended = await server.Http.Post(Path, new { message = "mended", page = "/" }, ("Idempotency-Key", "mended-0001"));

        refused.Status.ShouldBe(400);
        mended.Status.ShouldBe(200);
    }

    [Fact]
    public async Task Two_keys_are_none() =>
        (await server.Http.Post(Path, new { message = "two", page = "/" }, ("Idempotency-Key", "key-number-1"), ("Idempotency-Key", "key-number-2"))).Code.ShouldBe("INVALID_IDEMPOTENCY_KEY");

    [Theory]
    [InlineData("short")]
    [InlineData("has spaces in it")]
    public async Task A_key_has_its_form(string key) =>
        (await server.Http.Post(Path, new { message = "x", page = "/" }, ("Idempotency-Key", key))).Code.ShouldBe("INVALID_IDEMPOTENCY_KEY");

    async Task<long> Count(string message)
    {
        await using var command = server.Source.CreateCommand("SELECT count(*) FROM problem_reports WHERE message = $1");
        command.Parameters.Add(new() { Value = message });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
