using Tidemark.Market.Exchanges;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Live;

/// <summary>A symbol as it stands right now on this node; written by the stream, read by pages.</summary>
public sealed class LiveSymbol(MarketSource source, Symbol symbol)
{
    readonly Lock _gate = new();
    readonly FormingCandles _forming = new();
    double? _price;
    double _lowSince = double.PositiveInfinity, _highSince = double.NegativeInfinity;
    DateTimeOffset _pricedAt, _receivedAt;
    BestPricesMoved? _best;
    long _moves, _tradeCount;

    /// <summary>The last trades, each over the one that is oldest.</summary>
    readonly Trade[] _trades = new Trade[TradesKept];

    public const int TradesKept = 40;

    public MarketSource Source => source;
    public Symbol Symbol => symbol;

    /// <summary>Grows with everything that is heard; tells whether there is something new to show.</summary>
    public long Moves => Interlocked.Read(ref _moves);

    public readonly record struct Quote(double Price, DateTimeOffset At, decimal? Bid, decimal? Ask);

    /// <summary>The last price and the best prices; null before the first.</summary>
    public Quote? Last
    {
        get
        {
            lock (_gate)
            {
                return _price is { } price ? new Quote(price, _pricedAt, _best?.Bid.Price, _best?.Ask.Price) : null;
            }
        }
    }

    /// <summary>The trades heard last, newest first.</summary>
    public IReadOnlyList<Trade> LastTrades
    {
        get
        {
            lock (_gate)
            {
                var known = (int)Math.Min(_tradeCount, TradesKept);
                return [.. Enumerable.Range(1, known).Select(back => _trades[(_tradeCount - back) % TradesKept])];
            }
        }
    }

    public Candle? Forming(Timeframe timeframe)
    {
        lock (_gate)
        {
            return _forming.Of(timeframe);
        }
    }

    public void Begin(CandleSlice minutesOfToday)
    {
        lock (_gate)
        {
            _forming.Begin(minutesOfToday);
            _moves++;
        }
    }

    public void Closed(in Candle minute)
    {
        lock (_gate)
        {
            _forming.Close(minute);
            _moves++;
        }
    }

    public void Moved(CandleMoved news)
    {
        lock (_gate)
        {
            if (!news.IsClosed && _forming.Move(news.Candle))
            {
                _moves++;
            }
        }
    }

    public void Traded(Trade trade, DateTimeOffset receivedAt)
    {
        lock (_gate)
        {
            var price = (double)trade.Price;
            (_price, _pricedAt, _receivedAt) = (price, trade.At, receivedAt);
            (_lowSince, _highSince) = (Math.Min(_lowSince, price), Math.Max(_highSince, price));
            _trades[_tradeCount++ % TradesKept] = trade;
            _moves++;
        }
    }

    public void Best(BestPricesMoved best)
    {
        lock (_gate)
        {
            _best = best;
            _moves++;
        }
    }

    /// <summary>The movement since the last call as one tick; null where there was none.</summary>
    public PriceTicked? TakeTick()
    {
        lock (_gate)
        {
            if (_price is not { } price || double.IsInfinity(_lowSince))
            {
                return null;
            }
            var tick = new PriceTicked(source, symbol, price, _lowSince, _highSince, _pricedAt, _receivedAt);
            (_lowSince, _highSince) = (double.PositiveInfinity, double.NegativeInfinity);
            return tick;
        }
    }
}
