using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Tidemark.Alerts.Engine;

/// <summary>Which faults of the database may be over later. What it refuses for what it is will be refused again.</summary>
static class DatabaseFaults
{
    public static bool IsPassing(Exception fault, CancellationToken stop) => !stop.IsCancellationRequested && fault switch
    {
        PostgresException refused => refused.IsTransient || refused.SqlState[..2] is "08" or "53" or "57" or "58",
        NpgsqlException or TimeoutException or IOException or ObjectDisposedException => true,
        InvalidOperationException { InnerException: NpgsqlException inner } => IsPassing(inner, stop),
        DbUpdateException { InnerException: NpgsqlException inner } => IsPassing(inner, stop),
        _ => false,
    };
}
