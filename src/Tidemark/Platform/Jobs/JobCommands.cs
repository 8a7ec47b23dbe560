using System.CommandLine;
using Spectre.Console;
using Tidemark.Platform.Cli;

namespace Tidemark.Platform.Jobs;

/// <summary>`tidemark jobs list` and a verb for each job, so that cron can do what the scheduler does.</summary>
static class JobCommands
{
    public sealed record Listed(string Name, string Summary, string Schedule, DateTimeOffset? NextAt);

    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var list = new Command("list", "List the jobs and when they run.") { json };
        list.SetAction((parsed, _) => Task.FromResult(List(context, parsed.GetValue(json))));
        var command = new Command("jobs", "The recurring jobs: list them, or run one now.") { list };
        foreach (var job in context.Product.Parts.Jobs)
        {
            command.Subcommands.Add(Verb(context, job));
        }
        return command;
    }

    static Command Verb(CommandContext context, JobDefinition job)
    {
        var json = CommandOptions.Json();
        var again = new Option<bool>("--again") { Description = "Run it even if its latest slot was run already." };
        var verb = new Command(job.Name, $"{job.Summary} Scheduled {job.Schedule.Words}; runs the slot that is due.") { json, again };
        verb.SetAction((parsed, stop) => context.WithServices((services, ending) => RunNow(context, services, job, parsed.GetValue(again), parsed.GetValue(json), ending), stop));
        return verb;
    }

    static async Task<int> RunNow(CommandContext context, IServiceProvider services, JobDefinition job, bool again, bool asJson, CancellationToken stop)
    {
        var report = await services.GetRequiredService<JobRunner>().Run(job, again ? context.Clock.GetUtcNow() : null, stop);
        if (asJson)
        {
            context.WriteJson(new { job = job.Name, report.Outcome, report.Counts, report.Error, seconds = Math.Round(report.Took.TotalSeconds, 3) });
        }
        else if (report.Outcome == JobRunner.Outcome.Succeeded)
        {
            context.Out.WriteLine($"{job.Name} done in {report.Took.TotalSeconds:0.0} s. {string.Join(", ", report.Counts.Select(count => $"{count.Key}: {count.Value}"))}");
        }
        else if (report.Outcome == JobRunner.Outcome.NotOurs)
        {
            context.Out.WriteLine($"{job.Name}: {report.Error} Nothing was done; --again runs it once more.");
        }
        else
        {
            Console.Error.WriteLine($"{job.Name} did not run to its end: {report.Error}");
        }
        return report.Outcome is JobRunner.Outcome.Succeeded or JobRunner.Outcome.NotOurs ? CommandLine.Done : CommandLine.Failed;
    }

    static int List(CommandContext context, bool asJson)
    {
        var now = context.Clock.GetUtcNow();
        var jobs = context.Product.Parts.Jobs.Select(job => new Listed(job.Name, job.Summary, job.Schedule.Words, Scheduler.Next(job.Schedule, now))).ToList();
        if (asJson)
        {
            context.WriteJson(jobs);
            return CommandLine.Done;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("Job", "Runs", "Next (UTC)", "What");
        foreach (var job in jobs)
        {
            table.AddRow(new Text(job.Name), new Text(job.Schedule), new Text(job.NextAt?.ToString("yyyy-MM-dd HH:mm") ?? "never"), new Text(job.Summary));
        }
        context.Out.Write(table);
        return CommandLine.Done;
    }
}
