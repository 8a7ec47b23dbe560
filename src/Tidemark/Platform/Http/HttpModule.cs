using System.Net;

namespace Tidemark.Platform.Http;

/// <summary>How the program calls other servers.</summary>
public static class HttpModule
{
    public static void AddHttp(this ModuleBuilder module)
    {
        module.Services.AddSingleton<HostLookup>(static (host, stop) => Dns.GetHostAddressesAsync(host, stop));
        module.Services.AddSingleton<GuardedHttp>();
        module.Services.AddSingleton<ProviderHttp>();
    }
}
