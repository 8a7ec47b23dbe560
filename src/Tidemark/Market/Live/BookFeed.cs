using Polly.CircuitBreaker;
using Tidemark.Market.Exchanges;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;

namespace Tidemark.Market.Live;

/// <summary>A market as its channel tells it: the best levels of the book as [price, quantity], best first, and the last trades, newest first.</summary>
public sealed record LiveBook(string Symbol, string Source, Provenance Provenance, IReadOnlyList<decimal[]> Bids, IReadOnlyList<decimal[]> Asks, DateTimeOffset At, IReadOnlyList<MarketEndpoints.TradeView> Trades);

/// <summary>Tells those who look at a market its book and its trades, so that no page has to keep asking. What nobody looks at is not asked for.</summary>
public sealed class BookFeed(LiveMarket market, ExchangeDesk desk, Hub hub, TimeProvider clock, ILogger<BookFeed> log) : BackgroundService
{
    public const string Market = "market";

    const int Levels = 20;

    /// <summary>A book costs 5 of the 6,000 that Binance allows a minute: 150 a minute for each market that is looked at.</summary>
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    public static string ChannelOf(Symbol symbol) => $"{Market}:{symbol}";

    /// <summary>Whether a channel's key names a symbol that is heard.</summary>
    public static bool IsMarket(LiveMarket market, string? key) =>
        key is not null && Symbol.TryParse(key, out var symbol) && symbol.ToString() == key && market.IsWatched(symbol);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Task.WhenAll(market.All.Where(symbol => hub.IsHeard(ChannelOf(symbol.Symbol))).Select(symbol => Tell(symbol, stoppingToken)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    async Task Tell(LiveSymbol symbol, CancellationToken stop)
    {
        try
        {
            var (book, at) = await desk.OrderBook(symbol.Symbol, Levels, stop).WaitAsync(Beat, clock, stop);
            await hub.Publish(
                ChannelOf(symbol.Symbol),
                new LiveBook(symbol.Symbol.ToString(), symbol.Source.Name, symbol.Source.Provenance, MarketEndpoints.Levels(book.Bids, Levels), MarketEndpoints.Levels(book.Asks, Levels), at, [.. symbol.LastTrades.Select(MarketEndpoints.View)]),
                stop);
        }
        catch (Exception fault) when (fault is ExchangeException or BrokenCircuitException or TidemarkException or TimeoutException)
        {
            log.LogDebug("The book of {Symbol} is not told this time: {Reason}", symbol.Symbol, fault.Message);
        }
    }
}
