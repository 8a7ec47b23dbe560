using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Tidemark.Platform.Api;

namespace Tidemark.Platform.Web;

/// <summary>Answers with a Razor component rendered once, whole, as a page. Nothing of Blazor runs in the browser.</summary>
public sealed class PageResult<TPage>(int status = StatusCodes.Status200OK, IReadOnlyDictionary<string, object?>? parameters = null) : IResult
    where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var logs = httpContext.RequestServices.GetRequiredService<ILoggerFactory>();
        await using var renderer = new HtmlRenderer(httpContext.RequestServices, logs);
        try
        {
            await Write(httpContext, await Render<TPage>(renderer, parameters is null ? ParameterView.Empty : ParameterView.FromDictionary(parameters.ToDictionary())), status);
        }
        catch (Exception fault) when (!httpContext.Response.HasStarted && !httpContext.RequestAborted.IsCancellationRequested)
        {
            logs.CreateLogger<TPage>().LogError(fault, "The page {Path} could not be rendered", httpContext.Request.Path);
            var told = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Pages.FailurePage.RequestId)] = RequestIds.Of(httpContext) });
            await Write(httpContext, await Render<Pages.FailurePage>(renderer, told), StatusCodes.Status500InternalServerError);
        }
    }

    static Task<string> Render<TComponent>(HtmlRenderer renderer, ParameterView parameters)
        where TComponent : IComponent =>
        renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(parameters)).ToHtmlString());

    static Task Write(HttpContext http, string html, int status)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(html, "text/html; charset=utf-8", statusCode: status).ExecuteAsync(http);
    }
}
