using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tidemark.Platform.Cli;

namespace Tidemark.Signals.Chain;

/// <summary>`tidemark signals verify`: checks the whole chain and names what is not as it was written.</summary>
static class SignalsCommand
{
    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var head = new Option<string?>("--head") { Description = "An end of the chain that was kept, as SEQUENCE:HASH; the chain must still lead through it." };
        head.Validators.Add(static given =>
        {
            if (given.GetValueOrDefault<string?>() is { } text && KeptHead.Parse(text) is null)
            {
                given.AddError("--head takes SEQUENCE:HASH, a number and 64 hexadecimal digits.");
            }
        });
        var verify = new Command("verify", "Check the chain of signals from its first row to its last, and the signals against it.") { head, json };
        verify.SetAction((parsed, stop) => context.WithServices((services, ending) => Verify(context, services, parsed.GetValue(head), parsed.GetValue(json), ending), stop));
        return new Command("signals", "The signals that were issued, and their proof.") { verify };
    }

    static async Task<int> Verify(CommandContext context, IServiceProvider services, string? head, bool asJson, CancellationToken stop)
    {
        var report = await services.GetRequiredService<ChainCheck>().Run(head is null ? null : KeptHead.Parse(head), stop);
        if (asJson)
        {
            context.WriteJson(report);
        }
        else
        {
            foreach (var fault in report.Faults)
            {
                Console.Error.WriteLine(fault.What);
            }
            context.Out.WriteLine(report.IsSound
                ? string.Create(CultureInfo.InvariantCulture, $"The chain is sound: {report.Rows:N0} rows of {report.Signals:N0} signals. Its end is {report.Head}.")
                : string.Create(CultureInfo.InvariantCulture, $"The chain is broken: {report.Faults.Count:N0} faults in {report.Rows:N0} rows."));
        }
        return report.IsSound ? CommandLine.Done : CommandLine.Failed;
    }
}
