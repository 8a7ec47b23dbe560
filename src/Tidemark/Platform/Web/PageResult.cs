using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Tidemark.Platform.Web;

/// <summary>Answers with a Razor component rendered once, whole, as a page. Nothing of Blazor runs in the browser.</summary>
public sealed class PageResult<TPage>(int status = StatusCodes.Status200OK) : IResult
    where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var renderer = new HtmlRenderer(httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>()).ToHtmlString());
        httpContext.Response.Headers.CacheControl = "no-cache";
        await TypedResults.Text(html, "text/html; charset=utf-8", statusCode: status).ExecuteAsync(httpContext);
    }
}
