using System.Globalization;
using System.Net;

namespace Tidemark.Platform.Settings;

/// <summary>What the operator decided, read once at start, checked as a whole.</summary>
public sealed class TidemarkSettings
{
    readonly IConfiguration _source;

    TidemarkSettings(IConfiguration source, string home)
    {
        _source = source;
        Home = home;
        ProductionSign = HostEnvironment.ProductionSign(name => source[name]);
    }

    /// <summary>The folder that relative paths start from: the checkout, or the folder of the published program.</summary>
    public string Home { get; }

    /// <summary>The variable that makes this production; null in development.</summary>
    public string? ProductionSign { get; }
    public bool IsProduction => ProductionSign is not null;
    public string EnvironmentName => IsProduction ? "Production" : "Development";
    public string DataFolder => Path.GetFullPath(this["TIDEMARK_DATA"]!, Home);
    public IReadOnlySet<string> Roles => SettingKeys.Split(this["ROLES"]).Select(role => role.ToLowerInvariant()).ToHashSet();

    /// <summary>The address people use: as said, else this machine on the port in use.</summary>
    public Uri PublicUrl => new(this["PUBLIC_URL"]?.TrimEnd('/') ?? $"http://localhost:{this["PORT"]}");
    public bool AllowUnauthenticatedApi => IsOn("ALLOW_UNAUTHENTICATED_API");
    public bool AdminNeedsSecondFactor => IsSet("ADMIN_NEEDS_SECOND_FACTOR") ? IsOn("ADMIN_NEEDS_SECOND_FACTOR") : IsProduction;
    public int AnonymousRequestsPerWindow => Number("RATE_LIMIT_ANONYMOUS");
    public string[] CorsOrigins => SettingKeys.Split(this["CORS_ORIGINS"]);
    public IReadOnlyList<IPNetwork> TrustedProxies => [.. SettingKeys.Split(this["TRUSTED_PROXIES"]).Select(ParseNetwork)];

    /// <summary>Private ranges that addresses given by users may lead to all the same.</summary>
    public IReadOnlyList<IPNetwork> OutgoingNetworks => [.. SettingKeys.Split(this["OUTGOING_NETWORKS"]).Select(ParseNetwork)];

    /// <summary>Secret values worth hiding wherever text leaves the program.</summary>
    public IReadOnlyList<string> SecretValues =>
        [.. SettingKeys.All.Where(key => key.Secret).Select(key => this[key.Name]).OfType<string>()
            .SelectMany(value => PasswordIn(value) is { } password ? [value, password] : new[] { value })
            .SelectMany(WaysToWrite)
            .Where(static value => value.Length >= 6)
            .Distinct()
            .OrderByDescending(static value => value.Length)];

    /// <summary>The value of a documented key: as set, by its alias, or its default; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            var key = SettingKeys.Find(name);
            return Given(key) ?? key.Default;
        }
    }

    public bool IsSet(string name) => Given(SettingKeys.Find(name)) is not null;
    public int Number(string name) => int.Parse(this[name]!, NumberStyles.None, CultureInfo.InvariantCulture);
    public decimal Price(string name) => decimal.Parse(this[name]!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    public bool IsOn(string name) => this[name]?.ToLowerInvariant() is "true" or "1" or "yes" or "on";

    public static TidemarkSettings Read(IConfiguration source, string home)
    {
        var settings = new TidemarkSettings(source, home);
        var faults = settings.Faults().ToList();
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    IEnumerable<string> Faults()
    {
        foreach (var key in SettingKeys.All)
        {
            var value = Given(key);
            if (value is null)
            {
                if (IsProduction && key.RequiredInProduction)
                {
                    yield return $"{key.Name} is required in production. {key.Meaning} (This is production because {ProductionSign} is set; APP_ENV=development says otherwise.)";
                }
            }
            else if (key.Check(value) is { } fault)
            {
                yield return key.Secret ? $"{key.Name} {fault}." : $"{key.Name} {fault}, not \"{value}\".";
            }
        }
        if (IsProduction && IsOn("ALLOW_UNAUTHENTICATED_API"))
        {
            yield return "ALLOW_UNAUTHENTICATED_API must stay off in production: it would make everyone an administrator.";
        }
        if (IsSet("SSL_CERTIFICATE") != IsSet("SSL_CERTIFICATE_KEY"))
        {
            yield return "SSL_CERTIFICATE and SSL_CERTIFICATE_KEY go together.";
        }
    }

    string? Given(SettingKey key) =>
        _source[key.Name] is { Length: > 0 } value ? value
        : key.Alias is not null && _source[key.Alias] is { Length: > 0 } aliased ? aliased
        : null;

    /// <summary>A value as it may stand in an address: whole, escaped, and half escaped as paths are.</summary>
    static IEnumerable<string> WaysToWrite(string value)
    {
        var inPath = value.Replace("/", "%2F", StringComparison.Ordinal);
        return [value, Uri.EscapeDataString(value), Uri.UnescapeDataString(value), inPath, new PathString("/" + value).ToUriComponent()[1..], new PathString("/" + inPath).ToUriComponent()[1..]];
    }

    /// <summary>The password inside an address, which may appear alone.</summary>
    static string? PasswordIn(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, { Length: > 0 } password] ? password : null;

    static IPNetwork ParseNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }
        var address = IPAddress.Parse(text);
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }
}

/// <summary>The settings cannot work; every fault is told at once.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception("The settings cannot work:" + string.Concat(faults.Select(fault => Environment.NewLine + "  - " + fault)))
{
    public IReadOnlyList<string> Faults => faults;
}
