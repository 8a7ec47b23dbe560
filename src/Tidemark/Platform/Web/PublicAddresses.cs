using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Web;

/// <summary>The public pages and the full addresses people and search engines know them by.</summary>
public sealed class PublicAddresses(TidemarkSettings settings)
{
    public const string Landing = "/", Terms = "/terms", Privacy = "/privacy", Disclaimer = "/disclaimer", Docs = "/docs";

    /// <summary>What the sitemap lists.</summary>
    public static IReadOnlyList<string> All { get; } = [Landing, Terms, Privacy, Disclaimer, Docs];

    public string Of(string path) => new Uri(settings.PublicUrl, path).AbsoluteUri;
}
