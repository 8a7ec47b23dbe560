using System.Diagnostics;
using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Alerts;

/// <summary>The books alone: a million prices at every tick, and a hundred thousand formulas at the close of a candle.</summary>
static class AlertSuite
{
    const int Symbols = 100, AlertsASymbol = 10_000, Ticks = 200_000, FormulaAlerts = 100_000, DistinctFormulas = 200;
    const double Price = 50_000, Free = 0.004;

    public static IReadOnlyList<Measurement> Measure()
    {
        var books = new PriceBook[Symbols];
        var scans = new WatchedAlert[Symbols][];
        var random = new Random(20261121);
        for (var symbol = 0; symbol < Symbols; symbol++)
        {
            (books[symbol], scans[symbol]) = (new PriceBook(), new WatchedAlert[AlertsASymbol]);
            for (var i = 0; i < AlertsASymbol; i++)
            {
                books[symbol].Add(scans[symbol][i] = Around(symbol, (symbol * AlertsASymbol) + i + 1, random));
            }
        }
        var moves = Moves(random);
        var book = Clock.Median(() => Tick(books, moves)) / Ticks * 1_000_000;
        var scan = Clock.Median(() => Scan(scans, moves.AsSpan(0, 2_000))) / 2_000 * 1_000_000;
        var (close, told) = Close();
        return
        [
            new($"a tick at which nothing happens, {Symbols * AlertsASymbol:N0} price alerts over {Symbols} symbols", book, "ns", 1_000, "limit"),
            new("the same", book, "ns", scan, "every alert of the symbol asked"),
            new($"a candle closes under {FormulaAlerts:N0} formula alerts of {DistinctFormulas} formulas, up to {told:N0} of which tell: 99th percentile of 2,000", close, "ms", 200, "limit"),
        ];
    }

    /// <summary>Alerts of all kinds on both sides of the price, none nearer than the ticks go.</summary>
    static WatchedAlert Around(int symbol, long id, Random random)
    {
        var away = Free + (random.NextDouble() * 0.5);
        var isUp = id % 2 == 0;
        var condition = (id % 6) switch { 0 or 2 => AlertCondition.PriceAbove, 4 => AlertCondition.PriceCrossesAbove, 1 or 3 => AlertCondition.PriceBelow, _ => AlertCondition.PriceCrosses };
        return new WatchedAlert(id, new AlertTerms(new Symbol($"B{symbol:000}", "USDT"), condition, new FiringRule(Repeat.Once, Timeframe.M1, 1))
        {
            Threshold = Price * (isUp ? 1 + away : 1 - away),
            Description = "",
        });
    }

    static double[] Moves(Random random)
    {
        var (moves, price) = (new double[Ticks], Price);
        for (var i = 0; i < Ticks; i++)
        {
            price = Math.Clamp(price * (1 + ((random.NextDouble() - 0.5) * 0.0005)), Price * (1 - (Free * 0.9)), Price * (1 + (Free * 0.9)));
            moves[i] = price;
        }
        return moves;
    }

    static void Tick(PriceBook[] books, double[] moves)
    {
        var due = new List<Due>();
        for (var i = 0; i < moves.Length; i++)
        {
            books[i % Symbols].Tick(moves[i], moves[i] * 0.99999, moves[i] * 1.00001, i, due);
        }
        if (due.Count > 0)
        {
            throw new InvalidOperationException("Nothing was to happen.");
        }
    }

    /// <summary>What one would write first: at a tick, ask every alert of the symbol.</summary>
    static void Scan(WatchedAlert[][] alerts, ReadOnlySpan<double> moves)
    {
        var found = 0;
        for (var i = 0; i < moves.Length; i++)
        {
            var (low, high, before) = (moves[i] * 0.99999, moves[i] * 1.00001, moves[Math.Max(0, i - 1)]);
            foreach (var alert in alerts[i % Symbols])
            {
                found += alert.Terms.Condition switch
                {
                    AlertCondition.PriceAbove => high > alert.Terms.Threshold,
                    AlertCondition.PriceBelow => low < alert.Terms.Threshold,
                    AlertCondition.PriceCrossesAbove => before <= alert.Terms.Threshold && high > alert.Terms.Threshold,
                    _ => Math.Min(before, low) < alert.Terms.Threshold && Math.Max(before, high) > alert.Terms.Threshold,
                } ? 1 : 0;
            }
        }
        if (found > 0)
        {
            throw new InvalidOperationException("Nothing was to happen.");
        }
    }

    static (double Milliseconds, int Told) Close()
    {
        var book = new FormulaBook();
        for (var i = 0; i < FormulaAlerts; i++)
        {
            book.Add(new WatchedAlert(i + 1, new AlertTerms(new Symbol("BTC", "USDT"), AlertCondition.Formula, new FiringRule(Repeat.OncePerBar, Timeframe.M1, 0))
            {
                Formula = Formula.Parse(Text(i % DistinctFormulas)),
                Description = "",
            }));
        }
        var minutes = Market.Minutes(12_000);
        foreach (var group in book.Groups)
        {
            group.Settle(minutes.Slice(0, 10_000));
        }
        var (times, due, told) = (new List<double>(), new List<Due>(), 0);
        for (var i = 10_000; i < minutes.Count; i++)
        {
            due.Clear();
            var began = Stopwatch.GetTimestamp();
            book.Close(Timeframe.M1, minutes[i], due);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            told = Math.Max(told, due.Count);
        }
        // The slowest but the very slowest: bursts, when many formulas hold at once, are what counts.
        times.Sort();
        return (times[(int)(times.Count * 0.99)], told);
    }

    static string Text(int i) => (i % 5) switch
    {
        0 => $"RSI({7 + (i / 5)}) < 30",
        1 => $"close crosses above EMA(close, {20 + i})",
        2 => $"close > highest(high, {10 + i})[1] and volume > 2 * avg(volume, 20)",
        3 => $"MACD({8 + (i / 5)}, {30 + (i / 5)}, 9).histogram > 0",
        _ => $"RSI(14) @ 15m > 50 and RSI({5 + (i / 5)}) crosses above 30",
    };
}
