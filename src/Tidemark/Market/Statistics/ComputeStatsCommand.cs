using System.CommandLine;
using Spectre.Console;
using Tidemark.Platform.Cli;
using Tidemark.Platform.Jobs;

namespace Tidemark.Market.Statistics;

/// <summary>`tidemark compute-stats`: the job of the same name, now.</summary>
static class ComputeStatsCommand
{
    public const string Job = "compute-stats";

    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var command = new Command(Job, "Compute counts, price changes, the day's range and freshness of every symbol.") { json };
        command.Aliases.Add("compute_stats");
        command.SetAction((parsed, stop) => context.WithServices(
            async (services, ending) =>
            {
                var runner = services.GetRequiredService<JobRunner>();
                var report = await runner.Run(runner.Find(Job), context.Clock.GetUtcNow(), ending);
                if (parsed.GetValue(json))
                {
                    context.WriteJson(new { report.Outcome, report.Counts, report.Error, seconds = Math.Round(report.Took.TotalSeconds, 3) });
                }
                else
                {
                    context.Out.WriteLine(report.Error ?? $"Statistics of {report.Counts.GetValueOrDefault("symbols"):N0} symbols computed in {report.Took.TotalSeconds:0.0} s.");
                }
                return report.Outcome == JobRunner.Outcome.Succeeded ? CommandLine.Done : CommandLine.Failed;
            },
            stop));
        return command;
    }
}
