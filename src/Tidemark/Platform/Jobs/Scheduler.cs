using System.Collections.Specialized;
using System.Data.Common;
using Npgsql;
using Quartz;
using Quartz.Impl;
using Quartz.Impl.AdoJobStore.Common;
using Quartz.Spi;
using Quartz.Util;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Jobs;

/// <summary>
/// Quartz on its PostgreSQL store, clustered: any number of nodes share one schedule.
/// Quartz decides when; JobRunner decides whether, and writes it down.
/// </summary>
public sealed class Scheduler(DatabaseServer database, ProductParts parts, JobRunner runner, TidemarkSettings settings, IdSource ids, ILogger<Scheduler> log) : IHostedService, IAsyncDisposable
{
    IScheduler? _quartz;

    /// <summary>Whether this process runs jobs: by role and setting; unset, where nobody else will, with the private database.</summary>
    public bool IsEnabled => settings.Roles.Contains("jobs") && (settings.IsSet("SCHEDULER_ENABLED") ? settings.IsOn("SCHEDULER_ENABLED") : database.IsPrivate);

    public bool IsRunning => _quartz is { IsStarted: true, IsShutdown: false };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsEnabled)
        {
            log.LogInformation("Jobs are not run by this process; run them with the command line or set SCHEDULER_ENABLED and the jobs role");
            return;
        }
        var interrupted = await runner.CloseInterrupted(cancellationToken);
        _quartz = await new StdSchedulerFactory(Properties()).GetScheduler(cancellationToken);
        _quartz.JobFactory = new OneJob(runner);
        foreach (var job in parts.Jobs)
        {
            await Schedule(_quartz, job, cancellationToken);
        }
        await RemoveUnknown(_quartz, cancellationToken);
        await _quartz.Start(cancellationToken);
        foreach (var job in interrupted)
        {
            // A slot that died half way is done again, else a daily job killed once would miss its day.
            await _quartz.TriggerJob(new JobKey(job), cancellationToken);
        }
    }

    NameValueCollection Properties()
    {
        // Quartz keeps schedulers and data sources in process-wide lists: the names must differ between two programs in one process.
        var sourceName = "tidemark-" + ids.Next()[..8];
        DBConnectionManager.Instance.AddConnectionProvider(sourceName, new SharedPool(database.Source));
        return new NameValueCollection
        {
            ["quartz.scheduler.instanceName"] = "tidemark",
            ["quartz.scheduler.instanceId"] = $"{JobRunner.Node}:{sourceName}",
            ["quartz.scheduler.interruptJobsOnShutdownWithWait"] = "true",
            ["quartz.threadPool.maxConcurrency"] = "4",
            ["quartz.serializer.type"] = $"{typeof(NoJobData).FullName}, {typeof(NoJobData).Assembly.GetName().Name}",
            ["quartz.jobStore.type"] = "Quartz.Impl.AdoJobStore.JobStoreTX, Quartz",
            ["quartz.jobStore.driverDelegateType"] = "Quartz.Impl.AdoJobStore.PostgreSQLDelegate, Quartz",
            ["quartz.jobStore.tablePrefix"] = "qrtz_",
            ["quartz.jobStore.useProperties"] = "true",
            ["quartz.jobStore.clustered"] = "true",
            ["quartz.jobStore.clusterCheckinInterval"] = "5000",
            ["quartz.jobStore.performSchemaValidation"] = "false",
            ["quartz.jobStore.dataSource"] = sourceName,
        };
    }

    static async Task Schedule(IScheduler quartz, JobDefinition job, CancellationToken stop)
    {
        var key = new JobKey(job.Name);
        var trigger = TriggerBuilder.Create()
            .WithIdentity(job.Name)
            .ForJob(key)
            .WithCronSchedule(job.Schedule.Cron, cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireHandlingInstructionFireAndProceed())
            .Build();
        if (await quartz.GetTrigger(trigger.Key, stop) is ICronTrigger kept && kept.CronExpressionString == job.Schedule.Cron && await quartz.CheckExists(key, stop))
        {
            // A new trigger would forget a slot that was missed while no node ran.
            return;
        }
        var detail = JobBuilder.Create<RunOnSchedule>().WithIdentity(key).WithDescription(job.Summary).StoreDurably().Build();
        await quartz.ScheduleJob(detail, [trigger], replace: true, stop);
    }

    /// <summary>Jobs of a version that knew more of them.</summary>
    async Task RemoveUnknown(IScheduler quartz, CancellationToken stop)
    {
        foreach (var key in await quartz.GetJobKeys(Quartz.Impl.Matchers.GroupMatcher<JobKey>.AnyGroup(), stop))
        {
            if (parts.Jobs.TrueForAll(job => job.Name != key.Name))
            {
                await quartz.DeleteJob(key, stop);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_quartz is not null)
        {
            await _quartz.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_quartz is { IsShutdown: false })
        {
            await _quartz.Shutdown(waitForJobsToComplete: false);
        }
    }

    /// <summary>When a job runs next by its schedule.</summary>
    public static DateTimeOffset? Next(JobSchedule schedule, DateTimeOffset after) =>
        new CronExpression(schedule.Cron) { TimeZone = TimeZoneInfo.Utc }.GetNextValidTimeAfter(after);

    /// <summary>The slot a run at that moment is for: the latest that is due, whoever starts it and however late.</summary>
    public static DateTimeOffset LatestSlot(JobSchedule schedule, DateTimeOffset now)
    {
        for (var back = TimeSpan.FromMinutes(1); back < TimeSpan.FromDays(400); back *= 2)
        {
            DateTimeOffset? latest = null;
            for (var slot = Next(schedule, now - back); slot is { } due && due <= now; slot = Next(schedule, due))
            {
                latest = due;
            }
            if (latest is { } found)
            {
                return found;
            }
        }
        throw new ArgumentException($"{schedule.Words} never comes.", nameof(schedule));
    }

    [DisallowConcurrentExecution]
    sealed class RunOnSchedule(JobRunner runner) : Quartz.IJob
    {
        public async Task Execute(IJobExecutionContext context) =>
            await runner.Run(runner.Find(context.JobDetail.Key.Name), slot: null, context.CancellationToken);
    }

    sealed class OneJob(JobRunner runner) : IJobFactory
    {
        public Quartz.IJob NewJob(TriggerFiredBundle bundle, IScheduler scheduler) => new RunOnSchedule(runner);

        public void ReturnJob(Quartz.IJob job)
        {
            // Nothing is held between runs.
        }
    }
}

/// <summary>Quartz works over the program's own pool, so that its limit counts for both.</summary>
sealed class SharedPool(NpgsqlDataSource source) : DbProvider("Npgsql", source.ConnectionString)
{
    public override DbConnection CreateConnection() => source.CreateConnection();
}

/// <summary>Quartz asks for a serializer of job data. Our jobs have none: their state is in their own tables.</summary>
public sealed class NoJobData : IObjectSerializer
{
    public void Initialize()
    {
        // Nothing to prepare.
    }

    public byte[] Serialize<T>(T obj)
        where T : class => [];

    public T? DeSerialize<T>(byte[] data)
        where T : class => null;
}
