using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.Admin;

/// <summary>Somebody must remain who can let others in again.</summary>
static class LastAdmin
{
    const long Turn = 0x6c61_7374_6164_6d6e; // "lastadmn"

    /// <summary>Refuses what would take away the last open admin; two who try at once wait for one another.</summary>
    public static async Task Guard(TidemarkDb db, User leaving, CancellationToken stop)
    {
        if (leaving.Role != Role.Admin)
        {
            return;
        }
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", stop);
        if (!await db.Set<User>().AnyAsync(other => other.Id != leaving.Id && other.Role == Role.Admin && other.LockedAt == null && other.EmailVerifiedAt != null, stop))
        {
            throw new TidemarkException(ErrorCode.Conflict, "This is the last admin who can sign in; make another first.");
        }
    }
}
