using System.Globalization;
using Tidemark.Quant.Series;
using Tidemark.Simulator;
using Tidemark.Simulator.Markets;

namespace Tidemark.Market.Ingest;

/// <summary>What the simulated exchange itself holds: the candles that a faultless fetch would bring.</summary>
static class Truth
{
    /// <summary>The closed minutes that open in [from, until), read through the wire's own decimals.</summary>
    public static List<Candle> Minutes(SimulatorServer simulator, Symbol symbol, DateTimeOffset from, DateTimeOffset until)
    {
        var listed = simulator.Exchange.Find(symbol.Joined)!;
        var minutes = new List<Candle>();
        for (var open = from.ToUnixTimeMilliseconds(); open < until.ToUnixTimeMilliseconds(); open += 60_000)
        {
            var bar = listed.Market.Shown(Interval.Find("1m")!, open, open + 60_000)!.Value;
            minutes.Add(new Candle(open, Price(bar.Open), Price(bar.High), Price(bar.Low), Price(bar.Close), Quantity(bar.Volume)));
        }
        return minutes;

        double Price(long ticks) => Read(ticks, listed.Instrument.PriceDecimals);
        double Quantity(long steps) => Read(steps, listed.Instrument.QuantityDecimals);
    }

    /// <summary>The same minutes as candles of another timeframe; sums go up the same ladder, so that they round alike.</summary>
    public static List<Candle> Longer(IReadOnlyList<Candle> minutes, Timeframe timeframe)
    {
        var ladder = new TimeframeLadder(Timeframe.M1, Timeframe.Standard.Skip(1));
        foreach (var minute in minutes)
        {
            ladder.Next(minute);
        }
        return ladder.Closed(timeframe).All().List();
    }

    static double Read(long number, int decimals) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{new decimal(number) / (decimal)Math.Pow(10, decimals)}"), CultureInfo.InvariantCulture);
}
