using Microsoft.AspNetCore.Components;
using Tidemark.Platform.Api;

namespace Tidemark.Platform.Web;

/// <summary>The pages anyone may read, rendered here for people without JavaScript and for search engines.</summary>
static class PublicPages
{
    public static void Map(WebApplication app)
    {
        Page<Pages.LandingPage>(app, PublicAddresses.Landing);
        Page<Pages.TermsPage>(app, PublicAddresses.Terms);
        Page<Pages.PrivacyPage>(app, PublicAddresses.Privacy);
        Page<Pages.DisclaimerPage>(app, PublicAddresses.Disclaimer);
        Page<Pages.DocsPage>(app, PublicAddresses.Docs);
        Page<Pages.DocsPage>(app, "/api/docs");
    }

    /// <summary>A browser that asked for an address nothing has gets a page; a program that asked the API gets its envelope.</summary>
    public static Task AnswerUnknown(HttpContext http, RequestDelegate next)
    {
        var isForPeople = http.GetEndpoint() is null && !ApiPaths.IsApi(http.Request.Path) && Methods.Read.Contains(http.Request.Method, StringComparer.Ordinal);
        return isForPeople
            ? new PageResult<Pages.NotFoundPage>(StatusCodes.Status404NotFound).ExecuteAsync(http)
            : next(http);
    }

    static void Page<TPage>(WebApplication app, string path)
        where TPage : IComponent =>
        app.MapMethods(path, Methods.Read, static () => new PageResult<TPage>()).ExcludeFromDescription();
}
