using Tidemark.Platform.Jobs;

namespace Tidemark.Platform.Audit;

/// <summary>Walks the chain every day and writes its head into the program's log, which lies outside the database.</summary>
public sealed class VerifyAudit(AuditReader reader, ILogger<VerifyAudit> log) : IJob
{
    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var verdict = await reader.Verify(stop);
        if (!verdict.Intact)
        {
            log.LogCritical("The audit log was changed. {Fault}", verdict.Fault);
            throw new InvalidDataException($"The audit log was changed. {verdict.Fault}");
        }
        log.LogInformation("The audit log is intact: {Rows} rows, head {Head}", verdict.Rows, verdict.Head);
        return new JobCounts { ["rows"] = verdict.Rows };
    }
}
