using System.Globalization;
using Tidemark.Quant.Series;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Recorded;

/// <summary>
/// Recorded one-minute candles as a market. Each minute is told as four trades: first price, the two extremes (the nearer to the open first), last price;
/// the volume is shared among them in whole steps. A minute that was not recorded stays a hole.
/// </summary>
public sealed class RecordedTape : ITape
{
    const int TradesAMinute = 4;
    const int MostDecimals = 8;
    const long MinuteLength = 60_000;

    readonly CandleSeries candles;
    readonly double tick;
    readonly double step;

    public RecordedTape(string symbol, CandleSeries candles)
    {
        if (candles.Count == 0)
        {
            throw new ArgumentException("The recording is empty.", nameof(candles));
        }

        this.candles = candles;
        var (asset, quote) = Pair(symbol);
        Instrument = new Instrument(asset, quote, PriceDecimalsOf(candles), DecimalsOf(candles.Volumes))
        {
            TypicalPrice = candles.Closes[^1],
            DailyTurnover = candles.Closes[^1] * MeanOf(candles.Volumes) * 1_440,
        };
        (tick, step) = (Math.Pow(10, Instrument.PriceDecimals), Math.Pow(10, Instrument.QuantityDecimals));
    }

    public Instrument Instrument { get; }

    public long FirstMinute => candles.Times[0] / MinuteLength;

    public long EndMinute => (candles.Times[^1] / MinuteLength) + 1;

    public bool Has(long minute)
    {
        var position = candles.IndexAtOrAfter(minute * MinuteLength);
        return position < candles.Count && candles.Times[position] == minute * MinuteLength;
    }

    public Bar Minute(long minute)
    {
        var trades = Trades(minute);
        var bar = Bar.Of(trades[0], minute * MinuteLength);
        for (var i = 1; i < trades.Count; i++)
        {
            bar = bar.Join(Bar.Of(trades[i], minute * MinuteLength));
        }

        return bar;
    }

    public IReadOnlyList<AggregateTrade> Trades(long minute)
    {
        var position = candles.IndexAtOrAfter(minute * MinuteLength);
        var candle = candles[position];
        var isLowFirst = candle.Open - candle.Low < candle.High - candle.Open;
        double[] prices = [candle.Open, isLowFirst ? candle.Low : candle.High, isLowFirst ? candle.High : candle.Low, candle.Close];
        var volume = (long)Math.Round(candle.Volume * step);
        var part = volume / TradesAMinute;
        return
        [
            .. prices.Select((price, i) => new AggregateTrade(
                ((long)position * TradesAMinute) + i,
                (minute * MinuteLength) + (i * 18_000),
                (long)Math.Round(price * tick),
                i == 0 ? volume - (part * (TradesAMinute - 1)) : part,
                ((long)position * TradesAMinute) + i,
                Trades: 1,
                BuyerIsMaker: i > 0 && price < prices[i - 1],
                Spread: 1)),
        ];
    }

    public long MinuteOf(long aggregateTrade) =>
        candles.Times[(int)Math.Clamp(aggregateTrade / TradesAMinute, 0, candles.Count - 1)] / MinuteLength;

    static (string Asset, string Quote) Pair(string symbol)
    {
        foreach (var quote in (string[])["USDT", "USDC", "FDUSD", "BTC", "ETH", "EUR", "USD"])
        {
            if (symbol.Length > quote.Length && symbol.EndsWith(quote, StringComparison.Ordinal))
            {
                return (symbol[..^quote.Length], quote);
            }
        }

        throw new ArgumentException($"{symbol} does not end in a known quote asset.", nameof(symbol));
    }

    static int PriceDecimalsOf(CandleSeries candles) =>
        Math.Max(Math.Max(DecimalsOf(candles.Opens), DecimalsOf(candles.Highs)), Math.Max(DecimalsOf(candles.Lows), DecimalsOf(candles.Closes)));

    /// <summary>The fewest decimals that write every number exactly, at most eight.</summary>
    static int DecimalsOf(ReadOnlySpan<double> values)
    {
        var decimals = 0;
        foreach (var value in values)
        {
            var text = ((decimal)value).ToString(CultureInfo.InvariantCulture);
            var point = text.IndexOf('.', StringComparison.Ordinal);
            decimals = Math.Max(decimals, point < 0 ? 0 : text.Length - point - 1);
        }

        return Math.Min(decimals, MostDecimals);
    }

    static double MeanOf(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
