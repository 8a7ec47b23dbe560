using System.Xml.Linq;

namespace Tidemark.Platform.Web;

/// <summary>robots.txt and sitemap.xml.</summary>
static class SearchEngines
{
    static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void Map(WebApplication app)
    {
        app.MapMethods("/robots.txt", Methods.Read, static (PublicAddresses addresses) => TypedResults.Text(Robots(addresses), "text/plain; charset=utf-8")).ExcludeFromDescription();
        app.MapMethods("/sitemap.xml", Methods.Read, static (PublicAddresses addresses) => TypedResults.Text(SitemapOf(addresses), "application/xml; charset=utf-8")).ExcludeFromDescription();
    }

    internal static string Robots(PublicAddresses addresses) =>
        $"""
        User-agent: *
        Disallow: /api/

        Sitemap: {addresses.Of("/sitemap.xml")}

        """;

    internal static string SitemapOf(PublicAddresses addresses)
    {
        var pages = PublicAddresses.All.Select(path => new XElement(Sitemap + "url", new XElement(Sitemap + "loc", addresses.Of(path))));
        return new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement(Sitemap + "urlset", pages);
    }
}
