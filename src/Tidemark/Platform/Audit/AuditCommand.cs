using System.CommandLine;
using Tidemark.Platform.Cli;

namespace Tidemark.Platform.Audit;

/// <summary>`tidemark audit verify`: is the log as it was written?</summary>
static class AuditCommand
{
    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var verify = new Command("verify", "Walk the audit log's chain; exit code 1 names the first row that was changed, removed or added.") { json };
        verify.SetAction((parsed, stop) => context.WithServices((services, ending) => Verify(context, services, parsed.GetValue(json), ending), stop));
        return new Command("audit", "The audit log: verify.") { verify };
    }

    static async Task<int> Verify(CommandContext context, IServiceProvider services, bool asJson, CancellationToken stop)
    {
        var verdict = await services.GetRequiredService<AuditReader>().Verify(stop);
        if (asJson)
        {
            context.WriteJson(verdict);
        }
        else if (verdict.Intact)
        {
            Console.Out.WriteLine($"The audit log is intact: {verdict.Rows} rows, head {verdict.Head}");
        }
        else
        {
            Console.Error.WriteLine($"The audit log was changed. {verdict.Fault}");
        }
        return verdict.Intact ? CommandLine.Done : CommandLine.Failed;
    }
}
