using System.ComponentModel;
using System.Text.Json.Serialization;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Running;
using Tidemark.Backtests.Strategies;
using Tidemark.Market;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>All that a paper session is; nothing of it changes.</summary>
public sealed record PaperOrder(ChosenStrategy Strategy, IReadOnlyDictionary<string, double> Parameters, string Asked, bool QuoteSubstituted, double InitialCapital, RunSettings Settings)
{
    /// <summary>The exchange's steps and least sizes when the session began; null where none were known.</summary>
    public MarketRules? Rules { get; init; }

    /// <summary>Whether minutes inside a candle decide anything.</summary>
    public bool WantsMinutes(Timeframe timeframe) =>
        Settings.Intrabar == true && timeframe > Timeframe.M1 && (Settings.HasBrackets() || Strategy.Formulas?.HasBrackets == true || Strategy.Name == "smc");

    /// <summary>The engine at its beginning: what opens before the start only warms it up.</summary>
    public BacktestSession Begin(Timeframe timeframe, string symbol, DateTimeOffset start) =>
        BacktestSession.Start(Strategy.Describe(), Parameters, timeframe, Engine, symbol, start.ToUnixTimeMilliseconds());

    /// <summary>What the engine is to assume. A session has no end at which to close what is open.</summary>
    [JsonIgnore]
    public BacktestSettings Engine => Settings.ToEngine(InitialCapital) with { CloseAtEnd = false } is var settings && Rules is { } rules ? settings with { Market = rules } : settings;
}

public enum PaperStatus
{
    Running,
    Stopped,
}

/// <summary>A position as it stands.</summary>
public sealed record PaperPosition(
    [property: Description("long or short.")] string Side,
    [property: Description("Base currency.")] double Quantity,
    [property: Description("Quote currency.")] double EntryPrice,
    [property: Description("Open time of the candle of entry, UTC.")] DateTimeOffset EntryAt,
    [property: Description("Last close, quote currency.")] double Price,
    [property: Description("Net of the fee of entry, quote currency.")] double Profit,
    [property: Description("Quote currency; null without one.")] double? Stop,
    [property: Description("Quote currency; null without one.")] double? Target);

/// <summary>How a session stands after the last candle it took.</summary>
public sealed record PaperState(double Cash, double Equity, double Peak, double MaxDrawdown, PaperPosition? Position, IReadOnlyList<string> Pending, int Trades, int Wins, double Fees, double? LagMilliseconds)
{
    public static PaperState Initial(double capital) => new(capital, capital, capital, 0, null, [], 0, 0, 0, null);

    /// <summary>What the engine says, after one more candle.</summary>
    public PaperState After(BacktestSession session, double? lag)
    {
        var peak = Math.Max(Peak, session.Equity);
        var orders = session.Orders.Select(static order => $"{Wording.Word(order.Side)} {Wording.Word(order.Kind)}").ToList();
        if (session.IsLeaving)
        {
            orders.Add("close at the next open");
        }
        return new PaperState(
            session.Cash, session.Equity, peak, Math.Max(MaxDrawdown, peak > 0 ? 1 - (session.Equity / peak) : 0), session.Position is { } open ? Of(open) : null, orders,
            session.Trades.Count, session.Trades.Count(static trade => trade.Result > 0), session.Trades.Sum(static trade => trade.EntryFee + trade.ExitFee) + (session.Position?.EntryFee ?? 0), lag);
    }

    static PaperPosition Of(OpenPosition open) =>
        new(Wording.Word(open.Side), open.Quantity, open.EntryPrice, DateTimeOffset.FromUnixTimeMilliseconds(open.EntryTime), open.LastPrice, open.UnrealisedResult, open.Stop, open.Target);
}

/// <summary>A position that is to be closed by hand, known by the open of the candle it was entered in, and when that was asked for.</summary>
public sealed record ClosingByHand(DateTimeOffset Since, DateTimeOffset EntryAt);

/// <summary>A session as it stands in the table.</summary>
public sealed record StoredPaper(
    long Id, long UserId, string Title, PaperOrder Order, SeriesKey Series, PaperStatus Status, DateTimeOffset StartedAt, DateTimeOffset? StoppedAt, DateTimeOffset FeedFrom, DateTimeOffset FedUntil, long Candles, int Entries, PaperState State)
{
    /// <summary>What its owner asked to close by hand; null where nothing of the kind waits.</summary>
    public ClosingByHand? Closing { get; init; }

    /// <summary>Open time of the first candle that it may trade after.</summary>
    public DateTimeOffset TradeFrom => Series.Timeframe.Floor(StartedAt);
}

/// <summary>A candle a session took, with the minutes inside it where they decide something.</summary>
public sealed record PaperCandle(Candle Candle, CandleSlice Inside, double? Equity, DateTimeOffset? ReceivedAt, DateTimeOffset? DecidedAt)
{
    /// <summary>Whether the position was closed by hand at its open.</summary>
    public bool IsLeftByHand { get; init; }

    /// <summary>Has an engine take it, as the session took it.</summary>
    public void Feed(BacktestSession engine)
    {
        if (IsLeftByHand)
        {
            engine.Leave();
        }
        engine.Next(Candle, Inside);
    }
}

/// <summary>A line of a session's ledger.</summary>
public sealed record LedgerLine(
    [property: Description("In order, from 1.")] int Number,
    [property: Description("Close of the candle it was known at, or when it was asked for, UTC.")] DateTimeOffset At,
    [property: Description("start, entry, trade, skip (candles that never came), manual (closing by hand was asked for, or came to nothing) or stop.")] string Kind,
    [property: Description("A trade that was closed; null for other lines.")] RunTrade? Trade,
    [property: Description("A position that was opened; null for other lines.")] PaperPosition? Position,
    [property: Description("Money after it, quote currency.")] double? Equity,
    string Text);
