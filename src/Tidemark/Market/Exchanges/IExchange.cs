using Tidemark.Quant.Series;

namespace Tidemark.Market.Exchanges;

/// <summary>Market data of one exchange, in one vocabulary whatever its protocol says.</summary>
public interface IExchange
{
    MarketSource Source { get; }

    /// <summary>How it answers: latency, errors, used limit, clock.</summary>
    ExchangeHealth Health { get; }

    Task<IReadOnlyList<Instrument>> Instruments(CancellationToken stop);

    /// <summary>Closed candles that open in [from, until), oldest first; however many pages that takes.</summary>
    IAsyncEnumerable<CandleSeries> Candles(Symbol symbol, Timeframe timeframe, DateTimeOffset from, DateTimeOffset until, CancellationToken stop);

    Task<IReadOnlyList<Trade>> RecentTrades(Symbol symbol, int limit, CancellationToken stop);
    Task<OrderBook> OrderBook(Symbol symbol, int depth, CancellationToken stop);
    Task<IReadOnlyList<Ticker>> Tickers(IReadOnlyCollection<Symbol> symbols, CancellationToken stop);

    /// <summary>The exchange's clock.</summary>
    Task<DateTimeOffset> ServerTime(CancellationToken stop);

    /// <summary>
    /// What happens from now on, reconnecting for ever. After every connection a <see cref="StreamRestarted"/> comes first:
    /// whatever happened before it may have been missed and is to be fetched.
    /// </summary>
    IAsyncEnumerable<MarketEvent> Stream(IReadOnlyCollection<Symbol> symbols, CancellationToken stop);
}

/// <summary>What may be traded and in which steps.</summary>
public sealed record Instrument(Symbol Symbol, bool IsTrading, decimal TickSize, decimal StepSize, decimal MinimumQuantity, decimal MinimumNotional);

public sealed record Trade(long Id, decimal Price, decimal Quantity, DateTimeOffset At, bool BuyerIsMaker);

public readonly record struct BookLevel(decimal Price, decimal Quantity);

public sealed record OrderBook(long LastUpdate, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);

public sealed record Ticker(Symbol Symbol, decimal Last, decimal Open24, decimal High24, decimal Low24, decimal Volume24, decimal QuoteVolume24, decimal? Bid, decimal? Ask, DateTimeOffset At);

/// <summary>How an exchange has been answering.</summary>
public sealed record ExchangeHealth(string State, double? LatencyMs, double ErrorRate, int UsedWeight, int WeightLimit, TimeSpan ClockOffset, DateTimeOffset? LastAnswerAt);

/// <summary>Something that happened on the market.</summary>
public abstract record MarketEvent(Symbol Symbol);

/// <summary>A connection begins; whatever happened before it, to any symbol, may have been missed.</summary>
public sealed record StreamRestarted() : MarketEvent(default(Symbol));

/// <summary>Closed candles that open in [From, Until) were never heard and are to be fetched.</summary>
public sealed record CandlesMissed(Symbol Symbol, DateTimeOffset From, DateTimeOffset Until) : MarketEvent(Symbol);

/// <summary>A one-minute candle as it stands; final once closed.</summary>
public sealed record CandleMoved(Symbol Symbol, Candle Candle, bool IsClosed, DateTimeOffset At) : MarketEvent(Symbol);

public sealed record Traded(Symbol Symbol, Trade Trade) : MarketEvent(Symbol);

public sealed record BestPricesMoved(Symbol Symbol, BookLevel Bid, BookLevel Ask, DateTimeOffset At) : MarketEvent(Symbol);
