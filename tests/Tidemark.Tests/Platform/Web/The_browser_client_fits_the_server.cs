using Tidemark.Platform.Settings;
using Tidemark.Running;

namespace Tidemark.Platform.Web;

public sealed class The_browser_client_fits_the_server(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_description_it_is_generated_from_is_the_one_the_server_gives()
    {
        var kept = await File.ReadAllTextAsync(Path.Combine(SettingsSource.FindHome(), "src", "web", "src", "api", "openapi.json"));

        var given = await server.Http.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative));

        kept.TrimEnd().ShouldBe(given.TrimEnd(), "The API has changed. Run `./tidemark openapi --output src/web/src/api/openapi.json` and build.");
    }
}
