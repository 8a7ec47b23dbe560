using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Formulas;

namespace Tidemark.Backtests.Commands;

/// <summary>The laboratory on the command line.</summary>
public static class BacktestCommands
{
    public static void AddBacktestCommands(this ModuleBuilder module)
    {
        module.Command(BacktestCommand.Build);
        module.Command(OptimiseCommand.Build);
    }

    /// <summary>Lets what the request did wrong be said in a line.</summary>
    internal static async Task<int> Answer(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception wrong) when (wrong is BacktestException or FormulaException or TidemarkException or JsonException)
        {
            throw new CommandException(wrong.Message);
        }
    }

    internal static Option<T> Positive<T>(this Option<T> option, double most = double.MaxValue)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && !(number > 0 && number <= most))
            {
                result.AddError($"{option.Name} must be above 0{(most < double.MaxValue ? $" and at most {most}" : "")}.");
            }
        });
        return option;
    }
}
