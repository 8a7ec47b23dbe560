using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Database;
using Tidemark.Platform.Jobs;

namespace Tidemark.Accounts.SignIn;

/// <summary>Who registered and never confirmed the address has no account: after thirty days nothing is kept of it.</summary>
public sealed class ForgetUnconfirmed(TidemarkDb db, TimeProvider clock) : IJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var before = clock.GetUtcNow() - Kept;
        return new JobCounts { ["users"] = await db.Set<User>().Where(user => user.EmailVerifiedAt == null && user.CreatedAt < before).ExecuteDeleteAsync(stop) };
    }
}
