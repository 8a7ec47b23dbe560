using Microsoft.EntityFrameworkCore.Storage;

namespace Tidemark.Platform.Database;

public static class TogetherInTransaction
{
    /// <summary>Does the work in the transaction that is open, or in one of its own that is committed after it.</summary>
    public static async Task InTransaction(this TidemarkDb db, Func<IDbContextTransaction, Task> work, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is { } open)
        {
            await work(open);
            return;
        }
        await using var own = await db.Database.BeginTransactionAsync(stop);
        await work(own);
        await own.CommitAsync(CancellationToken.None);
    }
}
