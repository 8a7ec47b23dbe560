using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tidemark.Running;

namespace Tidemark.Platform.Web;

public sealed partial class Pages_are_for_people(Pages_are_for_people.PublicServer server) : IClassFixture<Pages_are_for_people.PublicServer>
{
    public sealed class PublicServer(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["PUBLIC_URL"] = "https://tidemark.example",
            ["PLAN_PRO_PRICE"] = "29.50",
        };
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/terms")]
    [InlineData("/privacy")]
    [InlineData("/disclaimer")]
    [InlineData("/docs")]
    public async Task A_public_page_is_known_by_its_public_address(string path)
    {
        var html = await Read(path, HttpStatusCode.OK);

        html.ShouldContain($"<link rel=\"canonical\" href=\"https://tidemark.example{path}\"");
        html.ShouldContain("property=\"og:title\"");
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/markets")]
    [InlineData("/chart/BTC-USDT")]
    [InlineData("/jobs")]
    [InlineData("/settings")]
    public async Task A_page_of_the_app_is_an_empty_shell_that_no_index_keeps(string path)
    {
        var html = await Read(path, HttpStatusCode.OK);

        html.ShouldContain("<div id=\"root\"></div>");
        html.ShouldContain("<meta name=\"robots\" content=\"noindex\"");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/terms")]
    [InlineData("/docs")]
    [InlineData("/status")]
    [InlineData("/nowhere")]
    public async Task No_page_carries_a_script_or_a_style_of_its_own(string path)
    {
        var html = await Read(path, expected: null);

        html.ShouldNotContain(" style=");
        html.ShouldNotContain("<style");
        EventAttribute().IsMatch(html).ShouldBeFalse();
        Scripts().Matches(html).ShouldAllBe(script => script.Value.Contains(" src=\"/assets/") || script.Value.Contains("application/ld+json"));
    }

    [Fact]
    public async Task The_risk_is_told_in_full()
    {
        var html = await Read("/disclaimer", HttpStatusCode.OK);

        foreach (var phrase in (string[])["substantial risk of loss", "some or all", "no guarantee", "solely responsible", "personal", "non-refundable"])
        {
            html.ShouldContain(phrase);
        }
    }

    [Fact]
    public async Task The_plans_cost_what_this_server_says()
    {
        var html = await Read("/", HttpStatusCode.OK);

        html.ShouldContain("$29.50");
        html.ShouldContain("$295 a year");
        html.ShouldContain("nothing is sold yet");
    }

    [Fact]
    public async Task The_sitemap_lists_public_addresses()
    {
        var sitemap = XDocument.Parse(await server.Http.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative)));

        sitemap.Descendants().Where(element => element.Name.LocalName == "loc").Select(element => element.Value)
            .ShouldBe(["https://tidemark.example/", "https://tidemark.example/terms", "https://tidemark.example/privacy", "https://tidemark.example/disclaimer", "https://tidemark.example/docs"]);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/nowhere.html")]
    [InlineData("/status/nowhere")]
    public async Task An_address_without_a_page_is_answered_with_one(string path)
    {
        var html = await Read(path, HttpStatusCode.NotFound);

        html.ShouldContain("<title>");
    }

    [Fact]
    public async Task An_address_the_api_does_not_know_is_answered_in_its_envelope()
    {
        var answer = await server.Http.Get("/api/v1/nowhere");

        answer.Status.ShouldBe(404);
        answer.Code.ShouldBe("NOT_FOUND");
    }

    [Theory]
    [InlineData("/assets/manifest.json")]
    [InlineData("/manifest.json")]
    [InlineData("/assets/..%2f..%2fTidemark.dll")]
    [InlineData("/assets/%2e%2e/appsettings.json")]
    [InlineData("/Tidemark.dll")]
    public async Task No_address_reaches_another_file(string path)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_head_request_gets_the_headers_of_the_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/", UriKind.Relative));
        using var answer = await server.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    async Task<string> Read(string path, HttpStatusCode? expected)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative));
        if (expected is { } status)
        {
            answer.StatusCode.ShouldBe(status);
        }
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("<[^>]+ on[a-z]+=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventAttribute();
}
