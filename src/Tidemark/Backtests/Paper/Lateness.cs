using Tidemark.Backtests.Results;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>
/// What decisions that came late would have cost. The simulated account is filled at the open after the candle that decided, as the backtester is, however
/// long deciding took; a real order would have been filled at the first minute after it.
/// </summary>
/// <param name="Candles">Candles of the day that were decided on late, a count.</param>
/// <param name="Fills">Fills that came of them and can be priced anew, a count.</param>
/// <param name="Amount">What the day would have gained more at the later prices, quote currency; null without such a fill.</param>
sealed record Lateness(int Candles, int Fills, double? Amount)
{
    static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public string Text =>
        $"{Parity.Count(Candles, "candle was", "candles were")} decided on more than a minute after its close; "
        + (Amount is { } amount
            ? $"filled at the first minute after, {Parity.Count(Fills, "order", "orders")} would have changed the result by {Parity.Money(amount)}."
            : "no fill came of them that could be priced anew.");

    public static Lateness Of(StoredPaper session, PaperDay day, IReadOnlyList<PaperCandle> taken, IReadOnlyList<RunTrade> trades, CandleSlice minutes)
    {
        var timeframe = session.Series.Timeframe;
        // By the open of the candle after it: there its decision was filled.
        var late = taken.Where(one => one.DecidedAt is { } decided && decided - CandleTable.TimeOf(timeframe.CloseOf(one.Candle.OpenTime)) > Late)
            .ToDictionary(one => CandleTable.TimeOf(timeframe.CloseOf(one.Candle.OpenTime)), one => one.DecidedAt!.Value);
        var candles = late.Keys.Count(close => close > day.From && close <= day.Until);
        var opens = taken.ToDictionary(static one => CandleTable.TimeOf(one.Candle.OpenTime), static one => one.Candle.Open);
        var (fills, amount) = (0, 0.0);
        foreach (var trade in trades)
        {
            var side = trade.Side == "long" ? 1 : -1;
            // Only orders at the market follow a decision; stops and targets wait where they are.
            Add(trade.EntryAt, -side * trade.Quantity);
            if (trade.Reason == "signal")
            {
                Add(trade.ExitAt, side * trade.Quantity);
            }
        }
        return new Lateness(candles, fills, fills > 0 ? amount : null);

        void Add(DateTimeOffset filledAt, double signed)
        {
            if (late.TryGetValue(filledAt, out var decided) && opens.TryGetValue(filledAt, out var open) && FirstAfter(minutes, decided) is { } price)
            {
                (fills, amount) = (fills + 1, amount + (signed * (price - open)));
            }
        }
    }

    static double? FirstAfter(CandleSlice minutes, DateTimeOffset decided)
    {
        var place = minutes.Times.BinarySearch(decided.ToUnixTimeMilliseconds());
        place = place < 0 ? ~place : place;
        return place < minutes.Count ? minutes.Opens[place] : null;
    }
}
