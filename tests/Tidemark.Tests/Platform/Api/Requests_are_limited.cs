using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tidemark.Running;

namespace Tidemark.Platform.Api;

public sealed class Requests_are_limited(Requests_are_limited.Strict server, TestPostgres postgres) : IClassFixture<Requests_are_limited.Strict>
{
    public sealed class Strict(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["RATE_LIMIT_ANONYMOUS"] = "5",
            ["TRUSTED_PROXIES"] = "127.0.0.1",
        };
    }

    [Fact]
    public async Task The_limit_holds_and_says_when_to_come_back()
    {
        var answers = new List<Answer>();
        for (var i = 0; i < 7; i++)
        {
            answers.Add(await From("10.1.1.1"));
        }

        answers.Take(5).ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Header("RateLimit-Remaining")).ShouldBe(["4", "3", "2", "1", "0", "0", "0"]);
        answers[0].Header("RateLimit-Limit").ShouldBe("5");
        answers[5].Status.ShouldBe(429);
        answers[5].Code.ShouldBe("RATE_LIMITED");
        int.Parse(answers[5].Header("Retry-After")!, CultureInfo.InvariantCulture).ShouldBeInRange(1, 900);
        (await From("10.1.1.2")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Neighbours_in_one_v6_network_share_a_bucket()
    {
        await From("2001:db8:1:1::1");
        var neighbour = await From("2001:db8:1:1::2");
        var stranger = await From("2001:db8:1:2::1");

        neighbour.Header("RateLimit-Remaining").ShouldBe("3");
        stranger.Header("RateLimit-Remaining").ShouldBe("4");
    }

    [Fact]
    public async Task Who_is_refused_is_counted_too()
    {
        var answers = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            answers.Add((await server.Http.Get("/api/v1/scheduler/status", ("X-Forwarded-For", "10.1.1.9"))).Status);
        }

        answers.ShouldBe([401, 401, 401, 401, 401, 429, 429]);
    }

    [Fact]
    public async Task A_node_whose_clock_is_behind_opens_no_window_anew()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Clone());
        var (late, early) = (new StandingClock(new(2026, 1, 1, 0, 15, 1, TimeSpan.Zero)), new StandingClock(new(2026, 1, 1, 0, 14, 59, TimeSpan.Zero)));
        RateLimits ahead = new(source, late), behind = new(source, early);
        var bucket = new RateBucket("test", 2, TimeSpan.FromMinutes(15));

        bool[] spent = [await Spend(ahead), await Spend(behind), await Spend(ahead), await Spend(behind)];

        spent.ShouldBe([true, true, false, false]);

        async Task<bool> Spend(RateLimits node) => (await node.Spend(bucket, "somebody", CancellationToken.None)).Allowed;
    }

    [Fact]
    public async Task Health_is_never_counted()
    {
        for (var i = 0; i < 10; i++)
        {
            (await server.Http.Get("/api/health", ("X-Forwarded-For", "10.1.1.3"))).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task The_limit_holds_over_two_nodes_and_opens_with_the_next_window()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Clone());
        var clock = new StandingClock(new(2026, 1, 1, 0, 1, 0, TimeSpan.Zero));
        RateLimits one = new(source, clock), two = new(source, clock);
        var bucket = new RateBucket("test", 3, TimeSpan.FromMinutes(15));

        bool[] spent = [await Spend(one), await Spend(two), await Spend(one), await Spend(two), await Spend(one)];
        clock.Now += TimeSpan.FromMinutes(14);
        var next = await Spend(two);

        spent.ShouldBe([true, true, true, false, false]);
        next.ShouldBeTrue();

        async Task<bool> Spend(RateLimits node) => (await node.Spend(bucket, "somebody", CancellationToken.None)).Allowed;
    }

    [Fact]
    public async Task A_forwarded_address_counts_only_from_a_trusted_proxy()
    {
        await using var plain = new RunningServer(postgres);
        await plain.InitializeAsync();

        await plain.Http.Get("/api/v1/status", ("X-Forwarded-For", "10.9.9.1"));
        await plain.Http.Get("/api/v1/status", ("X-Forwarded-For", "10.9.9.2"));

        await using var command = plain.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT string_agg(subject, ' ') FROM rate_windows");
        (await command.ExecuteScalarAsync()).ShouldBe("net:127.0.0.1");
    }

    Task<Answer> From(string address) => server.Http.Get("/api/v1/status", ("X-Forwarded-For", address));

    sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
