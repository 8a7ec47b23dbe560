using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform;

/// <summary>Where and how the program listens, and how much a caller may send it.</summary>
static class Listening
{
    public static string DefaultUrls(TidemarkSettings settings)
    {
        var scheme = settings.IsSet("SSL_CERTIFICATE") ? "https" : "http";
        // A port of the system's choosing is chosen for one address.
        var host = settings.IsProduction ? "*" : settings["PORT"] == "0" ? "127.0.0.1" : "localhost";
        return $"{scheme}://{host}:{settings["PORT"]}";
    }

    public static void Configure(KestrelServerOptions kestrel, TidemarkSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        if (settings["SSL_CERTIFICATE"] is { } certificate)
        {
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, settings["SSL_CERTIFICATE_KEY"]));
        }
    }
}
