using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Secrets;

/// <summary>What is stored encrypted, and what is only ever stored as a hash.</summary>
public static class SecretsModule
{
    public static void AddSecrets(this ModuleBuilder module)
    {
        module.Services.AddSingleton<TokenHashes>();
        module.Services.AddDataProtection().SetApplicationName("Tidemark");
        module.Services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource, TidemarkSettings, TimeProvider>(static (keys, source, settings, clock) =>
        {
            keys.XmlRepository = new ProtectionKeyRing(source, clock);
            if (settings["ENCRYPTION_KEY"] is { } key)
            {
                keys.XmlEncryptor = new KeyWrap(key, settings["ENCRYPTION_SALT"] ?? "");
            }
        });
    }
}
