using Tidemark.Platform.Jobs;

namespace Tidemark.Platform.Audit;

/// <summary>Who did what to whom, from where: written once, chained, never changed.</summary>
public static class AuditModule
{
    public static void AddAudit(this ModuleBuilder module)
    {
        module.Services.AddScoped<AuditLog>();
        module.Services.AddSingleton<AuditReader>();
        module.Endpoints("admin/audit", AuditEndpoints.Map);
        module.Job<VerifyAudit>("verify-audit", "Walk the audit log's chain and write its head into the log.", Every.Day.At(3, 50));
        module.Command(AuditCommand.Build);
    }
}
