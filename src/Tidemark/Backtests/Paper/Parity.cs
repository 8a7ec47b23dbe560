using System.Globalization;
using Tidemark.Backtests.Results;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>
/// Runs a session's day through the backtester twice: over the candles as the session took them, and over the candles as they are stored now. What differs
/// between the two is the data's doing. Where its owner closed positions by hand, a third run does so too: what differs between it and the first is his
/// doing, and what differs between the ledger and it is the program's.
/// </summary>
public sealed class Parity(PaperTable table, CandleStore store)
{
    const double Nothing = 1e-6;

    public async Task<ParityReport?> Of(StoredPaper session, DateOnly date, CancellationToken stop)
    {
        var day = new PaperDay(date);
        var taken = (await table.Candles(session.Id, stop)).TakeWhile(one => Close(session, one) <= day.Until).ToList();
        if (!taken.Exists(one => one.Equity is not null && Close(session, one) > day.From))
        {
            return null;
        }
        var trades = (await table.Ledger(session.Id, stop)).Select(static line => line.Trade).OfType<RunTrade>().Where(trade => day.Holds(session, trade.ExitAt)).ToList();
        var (candles, inside) = (new CandleSeries(taken.Count), new CandleSeries());
        foreach (var one in taken)
        {
            candles.Append(one.Candle);
            Append(inside, one.Inside);
        }
        var (first, last) = (CandleTable.TimeOf(taken[0].Candle.OpenTime), Close(session, taken[^1]));
        var stored = await store.ReadTable(session.Series, first, last, stop);
        var minutes = session.Order.WantsMinutes(session.Series.Timeframe) ? await Minutes(session, session.TradeFrom, last, stop) : default;
        var asTaken = Replay.Of(session, candles.All(), inside.All(), day);
        var asStored = stored.Count > 0 ? Replay.Of(session, stored, minutes, day) : new Replay([], 0, asTaken.Fingerprint);
        // Without a position that was closed by hand, both are the same.
        var byHand = taken.Exists(static one => one.IsLeftByHand) ? Replay.OfSession(session, taken, day) : asTaken;
        var hands = taken.Count(one => one.IsLeftByHand && day.Holds(session, CandleTable.TimeOf(one.Candle.OpenTime)));
        var paper = new Gained(trades, EquityAt(taken, session, day.Until) - EquityAt(taken, session, day.From));
        var changed = Changes.Of(candles.All(), stored, "").Concat(Changes.Of(inside.All(), minutes, " (1m)")).ToList();
        return Report(day, paper, new Replays(byHand, asTaken, asStored, hands), changed, Lateness.Of(session, day, taken, trades, await Minutes(session, day.From.AddDays(-1), day.Until.AddDays(1), stop)));
    }

    /// <summary>The day as the session took it, closings by hand included, and without them; over the candles as they are now; and how many such closings there were.</summary>
    sealed record Replays(Replay ByHand, Replay AsTaken, Replay AsStored, int Hands);

    sealed record Gained(IReadOnlyList<RunTrade> Trades, double Profit);

    Task<CandleSlice> Minutes(StoredPaper session, DateTimeOffset from, DateTimeOffset until, CancellationToken stop) => store.ReadTable(session.Series with { Timeframe = Timeframe.M1 }, from, until, stop);

    static void Append(CandleSeries all, CandleSlice more)
    {
        for (var i = 0; i < more.Count; i++)
        {
            all.Append(more[i]);
        }
    }

    static ParityReport Report(PaperDay day, Gained paper, Replays replays, List<string> changed, Lateness late)
    {
        var (byHand, asTaken, asStored, hands) = replays;
        var difference = paper.Profit - asStored.Profit;
        var causes = new List<ParityCause>();
        var data = asTaken.Profit - asStored.Profit;
        var isSameData = TradePairs.Of(asTaken.Trades, asStored.Trades).AreAlike;
        if (changed.Count > 0 || Math.Abs(data) > Nothing || !isSameData)
        {
            var which = changed.Count == 0 ? "" : $": {string.Join("; ", changed.Take(5))}{(changed.Count > 5 ? "; …" : "")}";
            causes.Add(new ParityCause("data", data, changed.Count, $"{Count(changed.Count, "candle differs", "candles differ")} from what the session took{which}."));
        }
        var pairs = TradePairs.Of(paper.Trades, byHand.Trades);
        var (fills, fees, signal) = (pairs.Fills, pairs.Fees, pairs.Unmatched > 0 ? pairs.OfUnmatched : 0);
        AddIf(causes, "signal", signal, pairs.Unmatched, Count(pairs.Unmatched, "trade that only one of both has", "trades that only one of both has") + ", on the same candles.");
        AddIf(causes, "fill", fills.Amount, fills.Count, Count(fills.Count, "trade", "trades") + " at other prices or quantities.");
        AddIf(causes, "fee", fees.Amount, fees.Count, Count(fees.Count, "trade", "trades") + " at other fees.");
        AddIf(causes, "open", paper.Profit - byHand.Profit - signal - fills.Amount - fees.Amount, 0, "Positions that are marked otherwise, and parts of the above that belong to other days.");
        AddIf(
            causes, "manual", byHand.Profit - asTaken.Profit, hands,
            hands > 0 ? Count(hands, "position was", "positions were") + " closed by hand, which the backtester does not do." : "What positions that were closed by hand on earlier days still change.");
        if (late.Candles > 0)
        {
            causes.Add(new ParityCause("latency", 0, late.Candles, late.Text));
        }
        var isAgreed = Math.Abs(difference) <= Nothing && pairs.AreAlike && isSameData && hands == 0 && TradePairs.Of(byHand.Trades, asTaken.Trades).AreAlike;
        var said = isAgreed
            ? $"The paper account and the backtester agree on {day.Date:yyyy-MM-dd}: {Count(paper.Trades.Count, "trade", "trades")}, {Money(paper.Profit)}."
            : $"The paper account gained {Money(paper.Profit)}, the backtester {Money(asStored.Profit)} on {day.Date:yyyy-MM-dd}; by cause: {string.Join(", ", causes.Select(static cause => $"{cause.Cause} {Money(cause.Amount)}"))}.";
        return new ParityReport(day.Date, isAgreed, paper.Trades.Count, asStored.Trades.Count, paper.Profit, asStored.Profit, difference, causes, asStored.Fingerprint, said) { LatencyAmount = late.Amount };
    }

    static void AddIf(List<ParityCause> causes, string cause, double amount, int count, string text)
    {
        if (count > 0 || Math.Abs(amount) > Nothing)
        {
            causes.Add(new ParityCause(cause, amount, count, text));
        }
    }

    static double EquityAt(List<PaperCandle> taken, StoredPaper session, DateTimeOffset at) =>
        taken.FindLast(one => one.Equity is not null && Close(session, one) <= at)?.Equity ?? session.Order.InitialCapital;

    static DateTimeOffset Close(StoredPaper session, PaperCandle one) => CandleTable.TimeOf(session.Series.Timeframe.CloseOf(one.Candle.OpenTime));

    internal static string Money(double amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    internal static string Count(int count, string one, string many) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
