using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Polly.CircuitBreaker;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;

namespace Tidemark.Market.Live;

/// <summary>The watch list, and what the exchange itself says: tickers, book, trades, and how it answers.</summary>
public static class MarketEndpoints
{
    const int MostTickers = 100;

    public static void MapMarkets(RouteGroupBuilder markets)
    {
        markets.MapGet("", static (MarketBoard board, CancellationToken stop) => board.Read(stop)).Allow(Caller.Anyone, "read:symbols").WithSummary("The watched symbols with price, changes, the day's range and how fresh it all is");
        markets.MapGet("/{symbol}", ReadMarket).Allow(Caller.Anyone, "read:symbols").WithSummary("One watched symbol");
    }

    public static void MapTicker(RouteGroupBuilder ticker)
    {
        ticker.MapGet("", ReadTickers).Allow(Caller.Anyone, "read:symbols").WithSummary("What the exchange says of the last 24 hours of every watched symbol");
        ticker.MapGet("/{symbol}", ReadTicker).Allow(Caller.Anyone, "read:symbols").WithSummary("What the exchange says of a symbol's last 24 hours");
    }

    public static void MapOrderBook(RouteGroupBuilder book) =>
        book.MapGet("/{symbol}", ReadOrderBook).Allow(Caller.Anyone, "read:symbols").WithSummary("Bids and asks of a symbol, best first");

    public static void MapTrades(RouteGroupBuilder trades) =>
        trades.MapGet("/{symbol}", ReadTrades).Allow(Caller.Anyone, "read:symbols").WithSummary("The last trades of a symbol, newest first");

    public static void MapExchanges(RouteGroupBuilder exchanges) =>
        exchanges.MapGet("", ReadExchanges).Allow(Caller.Anyone, "read:symbols").WithSummary("The exchange in use and how it answers");

    public sealed record TickerView(
        string Symbol,
        [property: Description("Where it comes from.")] string Source,
        [property: Description("live or synthetic.")] Provenance Provenance,
        decimal Last,
        [property: Description("Best price somebody buys at.")] decimal? Bid,
        [property: Description("Best price somebody sells at.")] decimal? Ask,
        decimal Open24h,
        decimal High24h,
        decimal Low24h,
        [property: Description("Change in 24 hours, as a fraction.")] decimal? Change24h,
        [property: Description("In the base currency.")] decimal Volume24h,
        [property: Description("In the quote currency.")] decimal QuoteVolume24h,
        [property: Description("When the exchange said so, UTC.")] DateTimeOffset At);

    public sealed record OrderBookView(
        string Symbol,
        [property: Description("Where it comes from.")] string Source,
        [property: Description("live or synthetic.")] Provenance Provenance,
        [property: Description("The exchange's number of this state of the book.")] long LastUpdate,
        [property: Description("[price, quantity], highest price first.")] IReadOnlyList<decimal[]> Bids,
        [property: Description("[price, quantity], lowest price first.")] IReadOnlyList<decimal[]> Asks,
        [property: Description("When it was asked for, UTC.")] DateTimeOffset At);

    public sealed record TradesView(
        string Symbol,
        [property: Description("Where they come from.")] string Source,
        [property: Description("live or synthetic.")] Provenance Provenance,
        IReadOnlyList<TradeView> Trades);

    public sealed record TradeView(
        long Id,
        decimal Price,
        decimal Quantity,
        DateTimeOffset At,
        [property: Description("buy where the one who came to the book bought, else sell.")] string Side);

    public sealed record ExchangeView(
        string Name,
        [property: Description("live or synthetic.")] Provenance Provenance,
        [property: Description("healthy, troubled (over a tenth of its last 200 calls failed), failing (over half) or unknown.")] string State,
        [property: Description("Median time of its last answers, milliseconds.")] double? LatencyMs,
        [property: Description("Share of its last 200 calls that failed, 0 to 1.")] double ErrorRate,
        [property: Description("Request weight used in this minute.")] int UsedWeight,
        [property: Description("Request weight allowed in a minute; at most 80 % is used.")] int WeightLimit,
        [property: Description("How far its clock is ahead of ours, milliseconds.")] double ClockOffsetMs,
        DateTimeOffset? LastAnswerAt);

    public sealed record DepthRequest([property: FromQuery(Name = "depth"), Description("Levels a side, 1 to 500."), Range(1, 500)] int Depth = 20);

    public sealed record TradesRequest([property: FromQuery(Name = "limit"), Description("Trades, 1 to 1000."), Range(1, 1_000)] int Limit = 50);

    static async Task<MarketRow> ReadMarket([Description("Symbol, as BTC-USDT.")] string symbol, [FromQuery, Description("Name of the source; unset, the one in use.")] string? source, MarketBoard board, SymbolBook symbols, CancellationToken stop)
    {
        var found = await symbols.Find(symbol, stop);
        return await board.Row(await symbols.SourceOf(found.Symbol, source, stop), found.Symbol, stop);
    }

    static async Task<IReadOnlyList<TickerView>> ReadTickers(SymbolRegister register, ExchangeDesk desk, CancellationToken stop)
    {
        var watched = (await register.Active(stop)).Select(symbol => symbol.Name).Take(MostTickers).ToList();
        return await Asked(async () => (await desk.Tickers(watched, stop)).Select(View).ToList(), desk);

        TickerView View(Ticker ticker) => Of(ticker, desk.Connected().Source);
    }

    static async Task<TickerView> ReadTicker([Description("Symbol, as BTC-USDT.")] string symbol, SymbolBook symbols, ExchangeDesk desk, CancellationToken stop)
    {
        var found = await symbols.Find(symbol, stop);
        return await Asked(async () => Of((await desk.Tickers([found.Symbol], stop)).SingleOrDefault() ?? throw new ExchangeException("It tells nothing of this symbol."), desk.Connected().Source), desk);
    }

    static async Task<OrderBookView> ReadOrderBook([Description("Symbol, as BTC-USDT.")] string symbol, [AsParameters] DepthRequest request, SymbolBook symbols, ExchangeDesk desk, CancellationToken stop)
    {
        var found = await symbols.Find(symbol, stop);
        return await Asked(
            async () =>
            {
                var (book, at) = await desk.OrderBook(found.Symbol, request.Depth, stop);
                return new OrderBookView(
                    found.Symbol.ToString(), desk.Connected().Source.Name, desk.Connected().Source.Provenance, book.LastUpdate,
                    Levels(book.Bids, request.Depth), Levels(book.Asks, request.Depth), at);
            },
            desk);
    }

    static async Task<TradesView> ReadTrades([Description("Symbol, as BTC-USDT.")] string symbol, [AsParameters] TradesRequest request, SymbolBook symbols, ExchangeDesk desk, CancellationToken stop)
    {
        var found = await symbols.Find(symbol, stop);
        return await Asked(
            async () => new TradesView(
                found.Symbol.ToString(), desk.Connected().Source.Name, desk.Connected().Source.Provenance,
                [.. (await desk.Trades(found.Symbol, stop)).Reverse().Take(request.Limit).Select(View)]),
            desk);
    }

    static IReadOnlyList<ExchangeView> ReadExchanges(MarketConnection connection)
    {
        if (connection.Exchange is not { } exchange)
        {
            return [];
        }
        var health = exchange.Health;
        return [new ExchangeView(exchange.Source.Name, exchange.Source.Provenance, health.State, health.LatencyMs, health.ErrorRate, health.UsedWeight, health.WeightLimit, health.ClockOffset.TotalMilliseconds, health.LastAnswerAt)];
    }

    /// <summary>An exchange that does not answer is not this program's fault, and the caller is told so.</summary>
    static async Task<T> Asked<T>(Func<Task<T>> ask, ExchangeDesk desk)
    {
        try
        {
            return await ask();
        }
        catch (UnknownSymbolException unknown)
        {
            throw new TidemarkException(ErrorCode.InvalidSymbol, unknown.Message);
        }
        catch (Exception fault) when (fault is ExchangeException or BrokenCircuitException)
        {
            throw new TidemarkException(ErrorCode.ExchangeUnavailable, $"{desk.Connected().Source.Name} does not answer: {fault.Message}");
        }
    }

    static TickerView Of(Ticker ticker, MarketSource source) => new(
        ticker.Symbol.ToString(), source.Name, source.Provenance, ticker.Last, ticker.Bid, ticker.Ask, ticker.Open24, ticker.High24, ticker.Low24,
        ticker.Open24 > 0 ? Math.Round((ticker.Last / ticker.Open24) - 1, 6) : null, ticker.Volume24, ticker.QuoteVolume24, ticker.At);

    internal static TradeView View(Trade trade) => new(trade.Id, trade.Price, trade.Quantity, trade.At, trade.BuyerIsMaker ? "sell" : "buy");

    internal static IReadOnlyList<decimal[]> Levels(IReadOnlyList<BookLevel> levels, int depth) => [.. levels.Take(depth).Select(level => new[] { level.Price, level.Quantity })];
}
