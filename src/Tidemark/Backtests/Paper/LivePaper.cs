using System.Globalization;
using Tidemark.Backtests.Results;
using Tidemark.Market.Candles;
using Tidemark.Quant.Backtesting;

namespace Tidemark.Backtests.Paper;

/// <summary>A session with the engine that carries it, at the same candle as its row.</summary>
sealed class LivePaper
{
    readonly BacktestSession _engine;
    int _trades;
    long? _entered;

    LivePaper(StoredPaper stored, BacktestSession engine) => (Stored, _engine) = (stored, engine);

    public StoredPaper Stored { get; private set; }

    /// <summary>The engine after the very candles the session took; what they gave then they give again.</summary>
    public static LivePaper Restore(StoredPaper stored, IReadOnlyList<PaperCandle> taken)
    {
        var engine = stored.Order.Begin(stored.Series.Timeframe, stored.Series.Symbol.ToString(), stored.TradeFrom);
        foreach (var candle in taken)
        {
            candle.Feed(engine);
        }
        return new LivePaper(stored, engine) { _trades = engine.Trades.Count, _entered = engine.Position?.EntryTime };
    }

    /// <summary>Takes the next candle and says how the session stands then, and what its ledger gains.</summary>
    public (StoredPaper Now, PaperCandle Taken, IReadOnlyList<LedgerLine> Lines) Take(PaperCandle next, DateTimeOffset decidedAt)
    {
        var opened = CandleTable.TimeOf(next.Candle.OpenTime);
        // At the first open after it was asked for: an earlier one is a price that was past by then.
        var isDue = Stored.Closing is { } closing && opened >= closing.Since;
        next = next with { IsLeftByHand = isDue && _engine.Position?.EntryTime == Stored.Closing!.EntryAt.ToUnixTimeMilliseconds() };
        next.Feed(_engine);
        var close = DateTimeOffset.FromUnixTimeMilliseconds(Stored.Series.Timeframe.CloseOf(next.Candle.OpenTime));
        var lines = new List<LedgerLine>();
        var number = Stored.Entries;
        if (opened > Stored.FedUntil)
        {
            var missing = (opened - Stored.FedUntil) / TimeSpan.FromMinutes(Stored.Series.Timeframe.Minutes);
            lines.Add(new LedgerLine(++number, opened, "skip", null, null, Stored.State.Equity, string.Create(CultureInfo.InvariantCulture, $"{missing:N0} {(missing > 1 ? "candles" : "candle")} from {Stored.FedUntil.UtcDateTime:yyyy-MM-dd HH:mm} UTC on never came and {(missing > 1 ? "were" : "was")} passed over.")));
        }
        if (isDue && !next.IsLeftByHand)
        {
            lines.Add(new LedgerLine(++number, opened, "manual", null, null, Stored.State.Equity, "What was to be closed by hand was closed already."));
        }
        var state = Stored.State.After(_engine, Math.Max(0, (decidedAt - close).TotalMilliseconds));
        var trades = _engine.Trades;
        for (; _trades < trades.Count; _trades++)
        {
            var trade = RowOf(trades[_trades], _trades + 1);
            // A position opened and closed within this candle has no line of its own yet.
            lines.Add(new LedgerLine(++number, close, "trade", trade, null, state.Equity, string.Create(CultureInfo.InvariantCulture, $"Closed {trade.Side} {trade.Quantity:0.########} at {trade.ExitPrice:0.########} ({trade.Reason}), result {trade.Profit:0.##}.")));
        }
        if (_engine.Position?.EntryTime is { } entered && entered != _entered)
        {
            var position = state.Position!;
            lines.Add(new LedgerLine(++number, close, "entry", null, position, state.Equity, string.Create(CultureInfo.InvariantCulture, $"Opened {position.Side} {position.Quantity:0.########} at {position.EntryPrice:0.########}.")));
        }
        _entered = _engine.Position?.EntryTime;
        if (opened < Stored.TradeFrom)
        {
            // It closed before the session began and was stored after: it warms up, as those before it.
            Stored = Stored with { FedUntil = close, Entries = number };
            return (Stored, next with { Equity = null, ReceivedAt = null, DecidedAt = null }, lines);
        }
        Stored = Stored with { FedUntil = close, Candles = Stored.Candles + 1, Entries = number, State = state, Closing = isDue ? null : Stored.Closing };
        return (Stored, next with { Equity = state.Equity, DecidedAt = decidedAt }, lines);
    }

    public static RunTrade RowOf(Trade trade, int number) => new(
        number, trade.Symbol, Wording.Word(trade.Side), DateTimeOffset.FromUnixTimeMilliseconds(trade.EntryTime), DateTimeOffset.FromUnixTimeMilliseconds(trade.ExitTime), trade.EntryPrice, trade.ExitPrice, trade.Quantity,
        trade.Result, trade.Return, trade.EntryFee + trade.ExitFee, trade.Funding, trade.SpreadAndSlippage, trade.Bars, Wording.Word(trade.Reason), trade.IsAmbiguous, null, null, "paper");
}
