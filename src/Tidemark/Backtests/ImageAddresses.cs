using Tidemark.Platform.Settings;

namespace Tidemark.Backtests;

/// <summary>Addresses of drawn pictures: whole where the server knows its public one, else from its root.</summary>
public sealed class ImageAddresses(TidemarkSettings settings)
{
    public string Of(string path) => settings.IsSet("PUBLIC_URL") ? new Uri(settings.PublicUrl, path).AbsoluteUri : path;
}
