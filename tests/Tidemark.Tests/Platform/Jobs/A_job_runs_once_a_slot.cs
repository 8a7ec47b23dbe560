using Microsoft.Extensions.DependencyInjection;
using Tidemark.Running;

namespace Tidemark.Platform.Jobs;

/// <summary>A server that also has a job under the test's control.</summary>
public sealed class JobServer(TestPostgres postgres) : RunningServer(postgres)
{
    public sealed class Behaviour
    {
        public Func<CancellationToken, Task> Work { get; set; } = static _ => Task.CompletedTask;
        public int Ran { get; set; }
    }

    public sealed class TrialJob(Behaviour behaviour) : IJob
    {
        public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
        {
            behaviour.Ran++;
            await behaviour.Work(stop);
            return new JobCounts { ["things"] = 3 };
        }
    }

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["ALLOW_UNAUTHENTICATED_API"] = "true" };

    protected override Product Product
    {
        get
        {
            var product = Program.Everything();
            product.Services.AddSingleton<Behaviour>();
            product.Services.AddScoped<TrialJob>();
            product.Parts.Jobs.Add(new JobDefinition("trial", "A job on trial.", Every.Hour(0), typeof(TrialJob)));
            return product;
        }
    }
}

public sealed class A_job_runs_once_a_slot(JobServer server) : IClassFixture<JobServer>
{
    static readonly DateTimeOffset Slot = new(2026, 3, 1, 4, 30, 0, TimeSpan.Zero);
    JobRunner Runner => server.Services.GetRequiredService<JobRunner>();
    JobServer.Behaviour Behaviour => server.Services.GetRequiredService<JobServer.Behaviour>();

    [Fact]
    public async Task However_many_nodes_want_it()
    {
        var before = Behaviour.Ran;
        Behaviour.Work = static stop => Task.Delay(50, stop);

        var reports = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Runner.Run(Runner.Find("trial"), Slot, CancellationToken.None)));
        var late = await Runner.Run(Runner.Find("trial"), Slot, CancellationToken.None);

        reports.Count(report => report.Outcome == JobRunner.Outcome.Succeeded).ShouldBe(1);
        late.Outcome.ShouldBe(JobRunner.Outcome.NotOurs);
        (Behaviour.Ran - before).ShouldBe(1);
    }

    [Fact]
    public async Task And_its_run_is_written_down()
    {
        Behaviour.Work = static _ => Task.CompletedTask;
        await Runner.Run(Runner.Find("trial"), Slot.AddDays(1), CancellationToken.None);

        var run = (await server.Http.Get("/api/v1/scheduler/runs?job=trial")).Data.EnumerateArray().First(row => row.GetProperty("slot").GetDateTimeOffset() == Slot.AddDays(1));

        run.GetProperty("outcome").GetString().ShouldBe("succeeded");
        run.GetProperty("node").GetString().ShouldBe(JobRunner.Node);
        run.GetProperty("counts").GetProperty("things").GetInt64().ShouldBe(3);
        run.GetProperty("endedAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(run.GetProperty("startedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_failure_is_kept_with_its_reason()
    {
        Behaviour.Work = static _ => throw new InvalidDataException("the moon was full");

        var report = await Runner.Run(Runner.Find("trial"), Slot.AddDays(2), CancellationToken.None);
        var status = (await server.Http.Get("/api/v1/scheduler/status")).Data.GetProperty("jobs").EnumerateArray().First(job => job.GetProperty("name").GetString() == "trial");

        report.Outcome.ShouldBe(JobRunner.Outcome.Failed);
        status.GetProperty("lastRun").GetProperty("error").GetString()!.ShouldContain("the moon was full");
        status.GetProperty("schedule").GetString().ShouldBe("every hour at minute 0");
        status.GetProperty("nextAt").GetDateTimeOffset().Minute.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_whose_process_died_is_marked_and_the_next_goes_on()
    {
        Behaviour.Work = static _ => Task.CompletedTask;
        await using (var left = server.Source.CreateCommand("INSERT INTO job_runs (job, slot, node, started_at) VALUES ('trial', $1, 'gone:1', $1)"))
        {
            left.Parameters.Add(new() { Value = Slot.AddDays(3) });
            await left.ExecuteNonQueryAsync();
        }

        var report = await Runner.Run(Runner.Find("trial"), Slot.AddDays(4), CancellationToken.None);
        var runs = (await server.Http.Get("/api/v1/scheduler/runs?job=trial")).Data.EnumerateArray();

        report.Outcome.ShouldBe(JobRunner.Outcome.Succeeded);
        runs.First(run => run.GetProperty("node").GetString() == "gone:1").GetProperty("outcome").GetString().ShouldBe("interrupted");
    }

    [Fact]
    public async Task What_is_kept_for_a_time_is_pruned_after_it()
    {
        await using (var old = server.Source.CreateCommand(
            """
            INSERT INTO problem_reports (message, page, caller, reported_at)
            SELECT CASE WHEN n = 1 THEN 'young' ELSE 'old' END, '/', 'test', now() - CASE WHEN n = 1 THEN interval '1 day' ELSE interval '91 days' END
            FROM generate_series(1, 7000) n
            """))
        {
            await old.ExecuteNonQueryAsync();
        }

        var report = await Runner.Run(Runner.Find("prune"), Slot, CancellationToken.None);

        report.Counts["problem_reports"].ShouldBe(6_999);
        await using var left = server.Source.CreateCommand("SELECT string_agg(message, ' ') FROM problem_reports");
        (await left.ExecuteScalarAsync()).ShouldBe("young");
    }

    [Fact]
    public void A_schedule_says_the_same_in_cron_and_in_words()
    {
        var noon = new DateTimeOffset(2026, 5, 5, 12, 0, 0, TimeSpan.Zero);

        Scheduler.Next(Every.Day.At(4, 30), noon).ShouldBe(noon.AddHours(16.5));
        Scheduler.Next(Every.Hour(15), noon).ShouldBe(noon.AddMinutes(15));
        Scheduler.Next(Every.Minutes(5), noon).ShouldBe(noon.AddMinutes(5));
        Scheduler.Next(Every.Seconds(10), noon).ShouldBe(noon.AddSeconds(10));
        Should.Throw<ArgumentOutOfRangeException>(() => Every.Minutes(7));
        Should.Throw<ArgumentOutOfRangeException>(() => Every.Day.At(24, 0));
    }
}

public sealed class Two_nodes_share_one_schedule(TestPostgres postgres)
{
    sealed class Node(string database) : IAsyncDisposable
    {
        readonly List<DateTimeOffset> _slots = [];
        Microsoft.AspNetCore.Builder.WebApplication? _app;
        Database.DatabaseServer? _server;

        public List<DateTimeOffset> Slots => _slots;

        sealed class EverySecondJob(List<DateTimeOffset> slots) : IJob
        {
            public Task<JobCounts> Run(JobRun run, CancellationToken stop)
            {
                lock (slots)
                {
                    slots.Add(run.Slot);
                }
                return Task.FromResult(new JobCounts());
            }
        }

        public async Task Start()
        {
            var product = Program.Everything();
            product.Services.AddScoped(_ => new EverySecondJob(_slots));
            product.Parts.Jobs.Add(new JobDefinition("every-second", "A busy job.", Every.Seconds(1), typeof(EverySecondJob)));
            var given = new Dictionary<string, string?> { ["DATABASE_URL"] = database, ["SCHEDULER_ENABLED"] = "true", ["LOG_LEVEL"] = "ERROR", ["DB_POOL"] = "12" };
            var settings = Tidemark.Platform.Settings.TidemarkSettings.Read(
                Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(new Microsoft.Extensions.Configuration.ConfigurationBuilder(), given).Build(), Path.GetTempPath());
            _server = await Database.DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
            _app = Server.Build(product, settings, _server, "http://127.0.0.1:0");
            await Server.Prepare(_app, CancellationToken.None);
            await _app.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await _app!.StopAsync();
            await _app.DisposeAsync();
            await _server!.DisposeAsync();
        }
    }

    [Fact]
    public async Task And_no_slot_runs_twice()
    {
        var database = await postgres.Clone();
        var (one, two) = (new Node(database), new Node(database));
        await one.Start();
        await two.Start();
        for (var i = 0; i < 100 && one.Slots.Count + two.Slots.Count < 6; i++)
        {
            await Task.Delay(100);
        }
        await one.DisposeAsync();
        await two.DisposeAsync();

        Enumerable.Concat(one.Slots, two.Slots).ShouldBeUnique();
        (one.Slots.Count + two.Slots.Count).ShouldBeGreaterThanOrEqualTo(6);
    }
}
