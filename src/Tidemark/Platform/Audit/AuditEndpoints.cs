using System.ComponentModel;
using System.Text.Json;
using Tidemark.Platform.Api;

namespace Tidemark.Platform.Audit;

/// <summary>What admins read of the log.</summary>
public static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder audit)
    {
        audit.MapGet("", List).Allow(Caller.Operator, "admin:audit").WithSummary("The audit log, newest first")
            .Shows(new Page<AuditEntry>([Example], 50, null));
        audit.MapGet("/verify", static (AuditReader reader, CancellationToken stop) => reader.Verify(stop)).Allow(Caller.Operator, "admin:audit")
            .WithSummary("Walk the whole chain and say whether anything in it was changed")
            .Shows(new AuditVerdict(true, 1_402, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", null, null));
    }

    internal static AuditEntry Example { get; } = new(
        1_402, new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), 1, "session", "user.locked", 17, "203.0.113.7", JsonElement.Parse("""{"reason":"Asked for by its owner"}"""));

    static Task<Page<AuditEntry>> List(
        [AsParameters] PageRequest page,
        [Description("Only what this user did.")] long? actor,
        [Description("Only what concerns this user.")] long? subject,
        [Description("Only this action, or with `user` all that begin with `user.`.")] string? action,
        AuditReader reader, CancellationToken stop) =>
        reader.Read(new AuditFilter(actor, subject, action), page, stop);
}
