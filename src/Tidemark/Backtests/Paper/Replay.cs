using Tidemark.Backtests.Results;
using Tidemark.Market.Candles;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>What the backtester makes of a session's candles, as far as one day goes.</summary>
sealed record Replay(IReadOnlyList<RunTrade> Trades, double Profit, string Fingerprint)
{
    /// <summary>Runs the session's order over candles and the minutes inside them.</summary>
    public static Replay Of(StoredPaper session, CandleSlice candles, CandleSlice minutes, PaperDay day)
    {
        var order = session.Order;
        var input = new BacktestInput(session.Series.Timeframe, new BacktestSymbol(session.Series.Symbol.ToString(), candles) { Minutes = minutes }) { TradeFrom = session.TradeFrom.ToUnixTimeMilliseconds() };
        var run = Backtester.Run(order.Strategy.Describe(), order.Parameters, input, order.Engine);
        return Of(session, run, day);
    }

    /// <summary>The same as the session did it: candle by candle, with what was closed by hand.</summary>
    public static Replay OfSession(StoredPaper session, IReadOnlyList<PaperCandle> taken, PaperDay day)
    {
        var engine = session.Order.Begin(session.Series.Timeframe, session.Series.Symbol.ToString(), session.TradeFrom);
        foreach (var candle in taken)
        {
            candle.Feed(engine);
        }
        return Of(session, engine.Result(), day);
    }

    static Replay Of(StoredPaper session, BacktestResult run, PaperDay day)
    {
        var (before, after) = (session.Order.InitialCapital, session.Order.InitialCapital);
        foreach (var (time, equity) in run.Times.Zip(run.Equity))
        {
            var close = CandleTable.TimeOf(session.Series.Timeframe.CloseOf(time));
            before = close <= day.From ? equity : before;
            after = close <= day.Until ? equity : after;
        }
        return new Replay([.. run.Trades.Select(static (trade, i) => LivePaper.RowOf(trade, i + 1)).Where(trade => day.Holds(session, trade.ExitAt))], after - before, run.Fingerprint);
    }
}

/// <summary>A UTC day.</summary>
readonly record struct PaperDay(DateOnly Date)
{
    public DateTimeOffset From => new(Date, TimeOnly.MinValue, TimeSpan.Zero);
    public DateTimeOffset Until => From.AddDays(1);

    /// <summary>Whether what happened in the candle that opened at a moment was known within the day: after its first moment, up to its last.</summary>
    public bool Holds(StoredPaper session, DateTimeOffset opened) => opened.AddMinutes(session.Series.Timeframe.Minutes) is var known && known > From && known <= Until;
}
