namespace Tidemark.Platform.Jobs;

/// <summary>Recurring work: its schedule, its runs, its verbs.</summary>
public static class JobsModule
{
    public static void AddJobs(this ModuleBuilder module)
    {
        module.Entities<JobRunRecord>();
        module.Services.AddSingleton<JobRunner>();
        module.Services.AddSingleton<Scheduler>();
        module.Services.AddHostedService(static services => services.GetRequiredService<Scheduler>());
        module.Job<PruneJob>("prune", "Delete what is kept for a time only: old job runs, idempotency keys, rate windows.", Every.Day.At(4, 30));
        module.Prunes("job_runs", "started_at", TimeSpan.FromDays(90));
        module.Command(JobCommands.Build);
        module.Endpoints("scheduler", SchedulerEndpoints.Map);
    }
}
