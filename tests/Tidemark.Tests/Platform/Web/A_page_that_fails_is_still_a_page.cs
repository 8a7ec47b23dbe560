using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Running;

namespace Tidemark.Platform.Web;

public sealed class A_page_that_fails_is_still_a_page(A_page_that_fails_is_still_a_page.BrokenServer server) : IClassFixture<A_page_that_fails_is_still_a_page.BrokenServer>
{
    public sealed class BrokenServer(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override void Replace(IServiceCollection services) =>
            services.AddSingleton<SystemFacts>(_ => throw new InvalidOperationException("The facts are broken on purpose."));
    }

    [Fact]
    public async Task It_tells_the_request_id_and_nothing_of_the_fault()
    {
        using var answer = await server.Http.GetAsync(new Uri("/", UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        html.ShouldContain(answer.Headers.GetValues("X-Request-Id").Single());
        html.ShouldNotContain("on purpose");
    }
}
