using Tidemark.Platform;

namespace Tidemark.Access;

/// <summary>What plans open, and how much of it is used.</summary>
public static class AccessModule
{
    public static void AddAccess(this ModuleBuilder module)
    {
        module.Services.AddScoped<PlanAccess>();
        module.Services.AddSingleton<HeldItems>();
        module.Prunes("entitlement_use", "day", TimeSpan.FromDays(400));
        module.Endpoints("access", AccessEndpoints.Map);
    }
}
