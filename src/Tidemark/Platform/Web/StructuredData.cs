using System.Text.Json;
using Tidemark.Platform.Web.Landing;

namespace Tidemark.Platform.Web;

/// <summary>What pages tell search engines about themselves, as JSON-LD. The serializer escapes what could end the script element.</summary>
static class StructuredData
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General);

    public static string Page(string title, string description, string address, PublicAddresses addresses) => Write(
        new Dictionary<string, object>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "WebPage",
            ["name"] = title,
            ["description"] = description,
            ["url"] = address,
            ["isPartOf"] = Site(addresses),
        });

    public static string Landing(string description, PublicAddresses addresses, IEnumerable<LandingTexts.Question> questions) => Write(
        new Dictionary<string, object>
        {
            ["@context"] = "https://schema.org",
            ["@graph"] = new object[]
            {
                Site(addresses),
                new Dictionary<string, object>
                {
                    ["@type"] = "SoftwareApplication",
                    ["name"] = "Tidemark",
                    ["description"] = description,
                    ["applicationCategory"] = "FinanceApplication",
                    ["operatingSystem"] = "Linux, macOS, Windows",
                    ["softwareVersion"] = Product.Version,
                    ["url"] = addresses.Of(PublicAddresses.Landing),
                    ["image"] = addresses.Of("/preview.png"),
                },
                new Dictionary<string, object>
                {
                    ["@type"] = "FAQPage",
                    ["mainEntity"] = questions.Select(question => new Dictionary<string, object>
                    {
                        ["@type"] = "Question",
                        ["name"] = question.Asked,
                        ["acceptedAnswer"] = new Dictionary<string, object> { ["@type"] = "Answer", ["text"] = question.Answer },
                    }),
                },
            },
        });

    static Dictionary<string, object> Site(PublicAddresses addresses) => new()
    {
        ["@type"] = "WebSite",
        ["name"] = "Tidemark",
        ["url"] = addresses.Of(PublicAddresses.Landing),
    };

    static string Write(Dictionary<string, object> data) => JsonSerializer.Serialize(data, Json);
}
