using System.CommandLine;
using Tidemark.Platform;

namespace Tidemark.Quant;

/// <summary>The analysis core on the command line: `tidemark quant`.</summary>
public static class QuantModule
{
    public static void AddQuant(this ModuleBuilder module) =>
        module.Command(static _ => new Command("quant", "Analyse your own files: patterns and indicators of candles, figures of returns.")
        {
            QuantCommands.Patterns(), IndicatorsCommand.Create(), QuantCommands.Metrics(),
        });
}
