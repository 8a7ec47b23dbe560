using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>Markets, settings and strategies to try the engine on, the same for the same seed.</summary>
static class Markets
{
    const long Hour = 3_600_000;

    public static Arbitrary<int> Seeds => Gen.Choose(0, 1_000_000).ToArbitrary();

    public static CandleSeries Hours(int seed, int count) => new(RandomMarket.Of(seed, count).AsSpan());

    public static CandleSeries Hours(params ReadOnlySpan<(double Open, double High, double Low, double Close)> bars)
    {
        var series = new CandleSeries(bars.Length);
        for (var i = 0; i < bars.Length; i++)
        {
            series.Append(new Candle(i * Hour, bars[i].Open, bars[i].High, bars[i].Low, bars[i].Close, 1_000, 60));
        }

        return series;
    }

    /// <summary>Settings with as many of the engine's features as go together, drawn at random.</summary>
    public static BacktestSettings Settings(int seed)
    {
        var random = new Random(seed);
        return new BacktestSettings
        {
            Fees = new Fees(Pick(random, 0, 0.0002, 0.001), Pick(random, 0, 0.0005, 0.002)),
            Spread = Pick(random, 0, 0.0004),
            Slippage = random.Next(4) switch
            {
                0 => Slippage.Fixed(0.0005),
                1 => Slippage.Volatility(0.1),
                2 => Slippage.VolumeShare(0.05),
                _ => Slippage.None,
            },
            ParticipationCap = Maybe(random, 0.1),
            Market = new MarketRules(Pick(random, 0, 1e-8, 0.01), Pick(random, 0, 0.01), 0, Pick(random, 0, 10)),
            Sizing = random.Next(6) switch
            {
                0 => Sizing.FixedQuantity(7),
                1 => Sizing.FixedValue(2_500),
                2 => Sizing.PercentOfEquity(0.4),
                3 => Sizing.RiskPercent(0.02),
                4 => Sizing.Kelly(),
                _ => Sizing.AllIn,
            },
            Direction = random.Next(3) switch { 0 => TradeDirections.Long, 1 => TradeDirections.Short, _ => TradeDirections.Both },
            StopFraction = Maybe(random, 0.02),
            TargetFraction = Maybe(random, 0.03),
            TrailingFraction = Maybe(random, 0.025),
            StopPrecedence = random.Next(2) == 0 ? StopPrecedence.Always : StopPrecedence.WhenUnclear,
            Leverage = Pick(random, 1, 1, 4),
            MaintenanceMargin = Pick(random, 0, 0.05),
            Protections = new Protections
            {
                CoolDownBars = random.Next(3),
                StopGuard = random.Next(3) == 0 ? new StopGuard(2, 40, 20) : null,
                MaximumDrawdown = Maybe(random, 0.25),
            },
            CloseAtEnd = random.Next(4) == 0,
        };
    }

    /// <summary>A built-in strategy that trades on short series, with settings that make it trade often.</summary>
    public static (StrategyDescription Strategy, IReadOnlyDictionary<string, double> Parameters) Strategy(int seed)
    {
        var name = new[] { "rsi", "3rsi", "7rsi", "macd", "sma", "ema", "bollinger", "smc", "hold" }[seed % 9];
        var parameters = new Dictionary<string, double>();
        switch (name)
        {
            case "rsi":
                (parameters["period"], parameters["buy_below"], parameters["sell_above"]) = (5, 40, 60);
                break;
            case "3rsi" or "7rsi":
                (parameters["buy_below"], parameters["sell_above"]) = (45, 55);
                break;
            case "sma" or "ema":
                (parameters["fast"], parameters["slow"]) = (3, 8);
                break;
            case "smc":
                (parameters["least_score"], parameters["needs_higher"], parameters["quiet_hours"]) = (1, 0, 0);
                break;
        }

        return (StrategyRegistry.Find(name)!, parameters);
    }

    /// <summary>Long where the strategy cannot sell short.</summary>
    public static BacktestSettings For(this BacktestSettings settings, StrategyDescription strategy) =>
        (settings.Direction & strategy.Directions) == TradeDirections.None ? settings with { Direction = strategy.Directions } : settings;

    /// <summary>A funding payment every eight hours.</summary>
    public static FundingPoint[] Funding(int seed, CandleSeries bars)
    {
        var random = new Random(seed);
        return [.. bars.Times.ToArray().Where(time => time % (8 * Hour) == 0).Select(time => new FundingPoint(time, (random.NextDouble() - 0.4) * 0.001))];
    }

    /// <summary>Candles of a quarter of an hour that show what happened inside each bar, in an order drawn at random.</summary>
    public static CandleSeries Quarters(int seed, CandleSeries hours)
    {
        var random = new Random(seed);
        var quarters = new CandleSeries(4 * hours.Count);
        for (var i = 0; i < hours.Count; i++)
        {
            var bar = hours[i];
            var highFirst = random.Next(2) == 0;
            double[] path = [bar.Open, highFirst ? bar.High : bar.Low, highFirst ? bar.Low : bar.High, (bar.Open + bar.Close) / 2, bar.Close];
            for (var part = 0; part < 4; part++)
            {
                var (open, close) = (path[part], path[part + 1]);
                quarters.Append(new Candle(bar.OpenTime + (part * Hour / 4), open, Math.Max(open, close), Math.Min(open, close), close, bar.Volume / 4, 15));
            }
        }

        return quarters;
    }

    static double? Maybe(Random random, double value) => random.Next(2) == 0 ? value : null;

    static double Pick(Random random, params ReadOnlySpan<double> values) => values[random.Next(values.Length)];
}
