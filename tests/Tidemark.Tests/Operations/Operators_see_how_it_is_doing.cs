using Tidemark.Running;

namespace Tidemark.Operations;

public sealed class Operators_see_how_it_is_doing(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/api/health")]
    public async Task Health_answers(string path) => (await server.Http.Get(path)).Status.ShouldBe(200);

    [Fact]
    public async Task Health_names_each_dependency_with_its_state_and_age()
    {
        var health = (await server.Http.Get("/health")).Body;

        health.GetProperty("status").GetString().ShouldBe("healthy");
        var database = health.GetProperty("dependencies")[0];
        database.GetProperty("name").GetString().ShouldBe("database");
        database.GetProperty("status").GetString().ShouldBe("up");
        database.GetProperty("detail").GetString()!.ShouldContain("PostgreSQL 18");
        database.GetProperty("checkedAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1));
    }

    [Fact]
    public async Task Status_tells_what_runs_and_how_fast()
    {
        await server.Http.Get("/api/v1/status");

        var status = (await server.Http.Get("/api/v1/status")).Data;

        status.GetProperty("version").GetString().ShouldBe(Platform.Product.Version);
        status.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["jobs", "market", "web"]);
        status.GetProperty("api").GetProperty("requests").GetInt64().ShouldBeGreaterThan(0);
        status.GetProperty("api").GetProperty("p99Ms").GetDouble().ShouldBeGreaterThan(0);
        status.GetProperty("jobs")[0].GetProperty("name").GetString().ShouldBe("prune");
    }

    [Fact]
    public async Task Metrics_are_text_that_Prometheus_reads()
    {
        await server.Http.Get("/api/v1/status");

        // A request is counted once it is over, which is a moment after its answer was read.
        await Task.Delay(200);
        using var response = await server.Http.GetAsync(new Uri("/metrics", UriKind.Relative));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4");
        foreach (var part in (string[])["http_server_request_duration_seconds_bucket", "db_client_", "tidemark_sockets_connections", "tidemark_cache_lookups_total", "dotnet_gc_"])
        {
            lines.ShouldContain(line => line.StartsWith(part, StringComparison.Ordinal), $"no {part}");
        }
        lines.ShouldContain(line => line.Contains("http_route=\"/api/v1/status", StringComparison.Ordinal));
        var sample = new System.Text.RegularExpressions.Regex("^[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[a-zA-Z0-9_]+=\"([^\"\\\\]|\\\\.)*\"(,[a-zA-Z0-9_]+=\"([^\"\\\\]|\\\\.)*\")*\\})? (-?[0-9.eE+-]+|NaN|\\+Inf|-Inf)$", System.Text.RegularExpressions.RegexOptions.NonBacktracking | System.Text.RegularExpressions.RegexOptions.ExplicitCapture);
        lines.Where(line => !line.StartsWith('#')).ShouldAllBe(line => sample.IsMatch(line));
    }
}

public sealed class A_lost_database_is_told(TestPostgres postgres)
{
    sealed class Lost(TestPostgres postgres) : RunningServer(postgres)
    {
        public async Task Lose()
        {
            await using var command = Source.CreateCommand("SELECT current_database()");
            var name = (string)(await command.ExecuteScalarAsync())!;
            var address = new Npgsql.NpgsqlConnectionStringBuilder(Source.ConnectionString) { Database = "postgres", Pooling = false };
            await using var other = Npgsql.NpgsqlDataSource.Create(address);
            await using var drop = other.CreateCommand($"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
            await drop.ExecuteNonQueryAsync();
            await using var cut = other.CreateCommand($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            await cut.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Health_and_status_still_answer_and_say_so_and_writes_get_a_503()
    {
        await using var server = new Lost(postgres);
        await server.InitializeAsync();
        await server.Lose();
        await Task.Delay(1_100);

        var health = await server.Http.Get("/health");
        var live = await server.Http.Get("/health/live");
        var status = await server.Http.Get("/api/v1/status");
        var write = await server.Http.Post("/api/v1/problem-reports", new { message = "lost", page = "/" });

        var enveloped = await server.Http.Get("/api/health", ("If-None-Match", "*"));
        enveloped.Status.ShouldBe(503);
        enveloped.Code.ShouldBe("NOT_READY");
        health.Status.ShouldBe(503);
        health.Body.GetProperty("dependencies")[0].GetProperty("status").GetString().ShouldBe("down");
        live.Status.ShouldBe(200);
        status.Data.GetProperty("dependencies")[0].GetProperty("status").GetString().ShouldBe("down");
        write.Status.ShouldBe(503);
        write.Code.ShouldBe("DATABASE_UNAVAILABLE");
    }
}

public sealed class A_stopping_node_wants_no_traffic(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Its_readiness_is_off_at_once()
    {
        var readiness = (Platform.Observability.Readiness)server.Services.GetService(typeof(Platform.Observability.Readiness))!;
        readiness.IsServing.ShouldBeTrue();

        await server.Stop();

        readiness.IsServing.ShouldBeFalse();
    }
}
