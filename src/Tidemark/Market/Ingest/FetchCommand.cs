using System.CommandLine;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Cli;

namespace Tidemark.Market.Ingest;

/// <summary>`tidemark fetch`: everything since the last stored candle, as cron runs it every minute where no server watches the market.</summary>
static class FetchCommand
{
    public static Command Build(CommandContext context)
    {
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show each symbol with what it took." };
        var gaps = new Option<bool>("--gaps") { Description = "Fill gaps of more than five minutes instead." };
        var json = CommandOptions.Json();
        var command = new Command("fetch", "Fetch the candles since the last stored one of every watched symbol, make the longer timeframes, find patterns and signals and follow them.") { verbose, gaps, json };
        command.SetAction((parsed, stop) => context.WithServices(
            (services, ending) => Fetch(services, new FetchOutput(context, "fetch", parsed.GetValue(verbose), parsed.GetValue(json)), parsed.GetValue(gaps), ending), stop));
        return command;
    }

    static async Task<int> Fetch(IServiceProvider services, FetchOutput output, bool gaps, CancellationToken stop)
    {
        var exchange = await Connected(services, stop);
        var symbols = await Watched(services, stop);
        var service = services.GetRequiredService<FetchService>();
        if (gaps)
        {
            return await output.Show(exchange, progress => service.Run("gaps", exchange, symbols, symbol => service.FillGaps(exchange, symbol.Name, since: null, aggregates: true, stop), stop));
        }
        var latest = services.GetRequiredService<LatestFetch>();
        return await output.Show(exchange, progress => latest.Run(exchange, symbols, (symbol, span) => output.Counter(progress, symbol, span), stop));
    }

    /// <summary>The exchange to fetch from; its clock is read first, which also tells whether it answers.</summary>
    public static async Task<IExchange> Connected(IServiceProvider services, CancellationToken stop)
    {
        if (await services.GetRequiredService<MarketConnection>().Open(stop) is not { } exchange)
        {
            throw new CommandException("Only recorded candles are shown (MARKET_SOURCE=recorded), so there is no exchange to fetch from. Bring candles in with: tidemark import");
        }
        if (services.GetRequiredService<MarketConnection>().IsFallback && (await services.GetRequiredService<SeriesCatalog>().Stored(stop)).Any(series => series.Key.Source == MarketConnection.Binance && series.Candles > 0))
        {
            throw new CommandException("Binance could not be reached, and it is where the stored candles come from. To load made-up ones all the same, say MARKET_SOURCE=simulated.");
        }
        try
        {
            await exchange.ServerTime(stop);
            return exchange;
        }
        catch (Exception silent) when (silent is ExchangeException or Polly.CircuitBreaker.BrokenCircuitException)
        {
            throw new CommandException($"{exchange.Source.Name} does not answer: {silent.Message}");
        }
    }

    public static async Task<IReadOnlyList<TrackedSymbol>> Watched(IServiceProvider services, CancellationToken stop)
    {
        var register = services.GetRequiredService<SymbolRegister>();
        await register.Seed(stop);
        var symbols = await register.Active(stop);
        return symbols.Count > 0 ? symbols : throw new CommandException("No symbol is watched. Choose some with POST /api/v1/symbols.");
    }
}
