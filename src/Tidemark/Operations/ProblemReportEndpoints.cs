using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Operations;

/// <summary>Pages tell what broke; operators read it.</summary>
public static class ProblemReportEndpoints
{
    public static void Map(RouteGroupBuilder reports)
    {
        reports.MapPost("/", Report).Allow(Caller.Anyone).WithSummary("Report a problem in the browser app")
            .Shows(new ProblemReceipt(311, Noon), new NewProblem("TypeError: x is undefined", "/status", "at StatusPage (app.js:1:2345)"));
        reports.MapGet("/", List).Allow(Caller.Operator, "admin:problems").WithSummary("Reported problems, newest first")
            .Shows(new Page<ProblemView>([new(311, "TypeError: x is undefined", "/status", "at StatusPage (app.js:1:2345)", null, Noon)], 50, null));
    }

    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public sealed record NewProblem(
        [property: Description("What went wrong."), StringLength(2_000, MinimumLength = 1)] string Message,
        [property: Description("The address of the page, without its origin."), StringLength(500)] string Page,
        [property: Description("Where in the code, as the browser tells it."), StringLength(8_000)] string? Stack = null,
        [property: Description("The request it came from, if any."), StringLength(64)] string? RequestId = null);

    public sealed record ProblemReceipt([property: Description("Names the report.")] long Id, DateTimeOffset ReportedAt);

    public sealed record ProblemView(long Id, string Message, string Page, string? Stack, string? RequestId, DateTimeOffset ReportedAt);

    static async Task<ProblemReceipt> Report(NewProblem problem, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var report = new ProblemReport
        {
            Message = Storable(problem.Message)!,
            Page = Storable(problem.Page)!,
            Stack = Storable(problem.Stack),
            RequestId = Storable(problem.RequestId),
            Caller = caller.Key,
            ReportedAt = clock.GetUtcNow(),
        };
        db.Add(report);
        await db.SaveChangesAsync(stop);
        return new ProblemReceipt(report.Id, report.ReportedAt);
    }

    static async Task<Page<ProblemView>> List([AsParameters] PageRequest page, TidemarkDb db, CancellationToken stop)
    {
        var before = page.Before;
        return await db.Set<ProblemReport>()
            .Where(report => report.Id < before)
            .OrderByDescending(report => report.Id)
            .Select(report => new ProblemView(report.Id, report.Message, report.Page, report.Stack, report.RequestId, report.ReportedAt))
            .ToPage(page, report => report.Id, stop);
    }

    /// <summary>PostgreSQL's text holds every character but the zero one.</summary>
    static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
