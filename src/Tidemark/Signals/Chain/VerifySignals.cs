using Tidemark.Platform.Jobs;

namespace Tidemark.Signals.Chain;

/// <summary>Checks the chain of signals every night and writes its head into the program's log, which lies outside the database.</summary>
public sealed class VerifySignals(ChainCheck check, ILogger<VerifySignals> log) : IJob
{
    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var report = await check.Run(stop);
        if (!report.IsSound)
        {
            log.LogCritical("The chain of signals is broken. {Fault}", report.Faults[0].What);
            throw new InvalidDataException($"The chain of signals is broken. {report.Faults[0].What}");
        }
        log.LogInformation("The chain of signals is sound: {Rows} rows of {Signals} signals, head {Head}", report.Rows, report.Signals, report.Head);
        return new JobCounts { ["rows"] = report.Rows, ["signals"] = report.Signals };
    }
}
