namespace Tidemark.Platform.Audit;

/// <summary>Who did what to whom, from where: written once, chained, never changed.</summary>
public static class AuditModule
{
    public static void AddAudit(this ModuleBuilder module)
    {
        module.Services.AddScoped<AuditLog>();
        module.Services.AddSingleton<AuditReader>();
        module.Endpoints("admin/audit", AuditEndpoints.Map);
        module.Command(AuditCommand.Build);
    }
}
