using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.Cycles;
using Tidemark.Quant.Indicators.Levels;
using Tidemark.Quant.Indicators.Momentum;
using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Oscillators;
using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Indicators.Statistics;
using Tidemark.Quant.Indicators.Stops;
using Tidemark.Quant.Indicators.Trend;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Indicators.Volume;

namespace Tidemark.Quant.Indicators;

/// <summary>Every indicator there is, for the API, the formula language and the screen.</summary>
public static class IndicatorRegistry
{
    /// <summary>All of them, shelf by shelf.</summary>
    public static IReadOnlyList<IndicatorDescription> All { get; } =
    [
        Sma.Description, Ema.Description, Wma.Description, Smma.Description, Dema.Description, Tema.Description, Hma.Description,
        Alma.Description, Kama.Description, T3.Description, Epma.Description, McGinleyDynamic.Description,
        Mama.Description, HilbertTrendline.Description,
        Adx.Description, Aroon.Description, Alligator.Description, Gator.Description, Ichimoku.Description, Vortex.Description,
        Supertrend.Description, ParabolicSar.Description, AtrStop.Description, ChandelierExit.Description, VolatilityStop.Description,
        Rsi.Description, Stochastic.Description, StochasticRsi.Description, ConnorsRsi.Description, WilliamsR.Description,
        CommodityChannel.Description, ChandeMomentum.Description, UltimateOscillator.Description, StochasticMomentum.Description,
        SchaffTrendCycle.Description, Fisher.Description,
        Macd.Description, RateOfChange.Description, RateOfChangeBands.Description, PriceMomentum.Description, TrueStrength.Description,
        Trix.Description, AwesomeOscillator.Description, BalanceOfPower.Description, DetrendedPrice.Description, ElderRay.Description,
        TrueRange.Description, Atr.Description, Choppiness.Description, UlcerIndex.Description,
        Bollinger.Description, Keltner.Description, Donchian.Description, Envelope.Description, Starc.Description,
        DeviationChannel.Description, FractalBands.Description,
        OnBalanceVolume.Description, Vwap.Description, Vwma.Description, MoneyFlowIndex.Description, AccumulationDistribution.Description,
        ChaikinMoneyFlow.Description, ChaikinOscillator.Description, ForceIndex.Description, Klinger.Description, PercentageVolume.Description,
        Fractal.Description, Pivots.Description, PivotPoints.Description, RollingPivots.Description, ZigZag.Description,
        StandardDeviation.Description, Slope.Description, MeanErrors.Description, Hurst.Description, Correlation.Description,
        Beta.Description, RelativeStrength.Description,
        CandlePrice.Description, CandleShape.Description, HeikinAshi.Description, Renko.Description, Doji.Description, Marubozu.Description,
    ];

    static readonly Dictionary<string, IndicatorDescription> ByName = All.ToDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The indicator of a name, in either case; null where there is none.</summary>
    public static IndicatorDescription? Find(string name) => ByName.GetValueOrDefault(name);
}
