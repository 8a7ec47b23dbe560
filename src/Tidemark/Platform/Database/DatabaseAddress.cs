using Npgsql;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Database;

/// <summary>Which PostgreSQL the settings point at; null where they point at none and the private server serves.</summary>
public static class DatabaseAddress
{
    public static NpgsqlConnectionStringBuilder? From(TidemarkSettings settings)
    {
        var address = settings["DATABASE_URL"] is { } url ? FromUrl(url) : FromParts(settings);
        if (address is not null)
        {
            address.MaxPoolSize = settings.Number("DB_POOL");
            address.ReadBufferSize = Math.Max(address.ReadBufferSize, DatabaseServer.ReadBufferSize);
            address.ApplicationName ??= DatabaseServer.SessionName;
        }
        return address;
    }

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public static string? Fault(string url)
    {
        try
        {
            FromUrl(url);
            return null;
        }
        catch (SettingsException fault)
        {
            return fault.Faults[0]["DATABASE_URL ".Length..].TrimEnd('.');
        }
    }

    static NpgsqlConnectionStringBuilder FromUrl(string url)
    {
        if (!url.Contains("://", StringComparison.Ordinal))
        {
            return Parse(url);
        }
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
        {
            throw new SettingsException(["DATABASE_URL must look like postgres://user:password@host:5432/name."]);
        }
        var user = uri.UserInfo.Split(':', 2);
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')) is { Length: > 0 } name ? name : "tidemark",
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            if (pair is ["sslmode", var mode] && Enum.TryParse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var ssl))
            {
                address.SslMode = ssl;
            }
            else if (pair is ["channel_binding", var binding] && Enum.TryParse<ChannelBinding>(binding, ignoreCase: true, out var bound))
            {
                address.ChannelBinding = bound;
            }
            else if (pair is ["host", var host])
            {
                address.Host = Uri.UnescapeDataString(host);
            }
            else
            {
                throw new SettingsException([$"DATABASE_URL has the unknown parameter {pair[0]}; sslmode, channel_binding and host are understood."]);
            }
        }
        return address;
    }

    static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException fault)
        {
            throw new SettingsException([$"DATABASE_URL is neither a postgres:// address nor a connection string: {fault.Message}"]);
        }
    }

    static NpgsqlConnectionStringBuilder? FromParts(TidemarkSettings settings)
    {
        string[] names = ["DB_HOST", "DB_PORT", "DB_USER", "DB_PASS", "DB_NAME"];
        var inProduction = settings.IsProduction && names.Any(name => name != "DB_PORT" && settings.IsSet("PROD_" + name));
        if (!inProduction && !names.Any(settings.IsSet))
        {
            return null;
        }
        string? Part(string name) => (settings.IsProduction ? settings["PROD_" + name] : null) ?? settings[name];
        return new NpgsqlConnectionStringBuilder
        {
            Host = Part("DB_HOST"),
            Port = settings.Number("DB_PORT"),
            Username = Part("DB_USER"),
            Password = Part("DB_PASS"),
            Database = Part("DB_NAME"),
        };
    }
}
