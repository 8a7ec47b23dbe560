using System.CommandLine;
using Tidemark.Platform.Api;
using Tidemark.Platform.Cli;

namespace Tidemark.Market.Symbols;

/// <summary>The option `--symbol` of verbs that can work on one symbol only.</summary>
static class SymbolOption
{
    public static Option<string?> Make() => new("--symbol", "-s") { Description = "Only this symbol, as BTC/USDT." };

    /// <summary>The known symbol that was named; null where none was.</summary>
    public static async Task<Symbol?> Read(string? named, IServiceProvider services, CancellationToken stop)
    {
        try
        {
            return named is null ? null : await services.GetRequiredService<SymbolBook>().FindExactly(named, stop);
        }
        catch (TidemarkException unknown)
        {
            throw new CommandException(unknown.Message);
        }
    }
}
