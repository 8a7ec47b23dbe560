using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Proof.Checks;

/// <summary>An entry or exit that a run shows.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Time">Open time of the bar of the fill in UTC milliseconds.</param>
/// <param name="Side">Which way the position points.</param>
/// <param name="Exit">Why it was closed; null for an entry.</param>
/// <param name="Price">Price of the exit; 0 for an entry, whose mean price later fills may move.</param>
readonly record struct Fill(string Symbol, long Time, Side Side, ExitReason? Exit, double Price);

/// <summary>What a strategy did, as far as fills show it.</summary>
static class Decisions
{
    /// <summary>All fills of a run before a moment.</summary>
    public static HashSet<Fill> Before(long moment, BacktestResult result)
    {
        var fills = new HashSet<Fill>();
        foreach (var trade in result.Trades)
        {
            fills.Add(new Fill(trade.Symbol, trade.EntryTime, trade.Side, null, 0));
            fills.Add(new Fill(trade.Symbol, trade.ExitTime, trade.Side, trade.Reason, trade.ExitPrice));
        }

        fills.UnionWith(result.OpenPositions.Select(open => new Fill(open.Symbol, open.EntryTime, open.Side, null, 0)));
        fills.RemoveWhere(fill => fill.Time >= moment);
        return fills;
    }

    /// <summary>The input with other candles and without what only refines fills.</summary>
    public static BacktestInput With(this BacktestInput input, Func<CandleSlice, CandleSlice> change, long tradeFrom = long.MinValue) =>
        new(input.Timeframe, [.. input.Symbols.Select(symbol => new BacktestSymbol(symbol.Name, change(symbol.Candles)) { Rules = symbol.Rules })]) { TradeFrom = tradeFrom };

    /// <summary>The candles that open before a moment.</summary>
    public static CandleSlice Before(this CandleSlice candles, long moment) => candles.Slice(0, candles.IndexAtOrAfter(moment));

    /// <summary>Position of the first candle that opens at a moment or later; the count where there is none.</summary>
    public static int IndexAtOrAfter(this CandleSlice candles, long moment)
    {
        var place = candles.Times.BinarySearch(moment);
        return place < 0 ? ~place : place;
    }
}
