using Tidemark.Platform.Jobs;
using Tidemark.Platform.Settings;

namespace Tidemark.Patterns.Statistics;

/// <summary>Counts history from the first start on, as soon as there is some, and keeps the figures in memory those that were computed last.</summary>
public sealed class StatisticsKeeper(PatternStatistics statistics, ReliabilityBook book, TidemarkSettings settings, TimeProvider clock, ILogger<StatisticsKeeper> log) : BackgroundService
{
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(45), BetweenLooks = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var counts = settings.Roles.Contains("jobs");
        for (var wait = FirstWait; !stoppingToken.IsCancellationRequested; wait = BetweenLooks)
        {
            try
            {
                await book.LoadIfNewer(stoppingToken);
                await Task.Delay(wait, clock, stoppingToken);
                if (counts)
                {
                    await statistics.Refresh(all: false, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogWarning("History was not counted: {Trouble}", trouble.Message);
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

/// <summary>Counts all of history anew.</summary>
public sealed class PatternStatisticsJob(PatternStatistics statistics) : IJob
{
    public async Task<JobCounts> Run(JobRun run, CancellationToken stop) => new() { ["symbols"] = await statistics.Refresh(all: true, stop) };
}
