using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Synthetic;

/// <summary>Everything that is fixed for one symbol of one seed: its two factors, its keys, and the sizes its activity is measured by.</summary>
sealed class MarketSeed
{
    /// <summary>The least number of taker orders in a minute.</summary>
    public const int LeastTrades = 4;

    const double CommonVolatility = 0.50;
    const double MinutesADay = 1_440;

    readonly ulong counts;
    readonly double extraTrades;

    public MarketSeed(ulong seed, Instrument instrument)
    {
        Instrument = instrument;
        Common = new Factor(Noise.Key(seed, "the common factor"), CommonVolatility);
        var key = Noise.Key(seed, instrument.Symbol);
        Own = new Factor(Noise.Key(key, 1), instrument.OwnVolatility);
        Minutes = Noise.Key(key, 2);
        counts = Noise.Key(key, 3);
        extraTrades = Math.Max(0, instrument.TradesAMinute - LeastTrades);
        TypicalVariance = (instrument.Beta * instrument.Beta * Common.MinuteVariance) + Own.MinuteVariance;
        TypicalSize = instrument.DailyTurnover / MinutesADay / instrument.TradesAMinute / instrument.TypicalPrice / instrument.StepSize;
    }

    public Instrument Instrument { get; }

    public Factor Common { get; }

    public Factor Own { get; }

    /// <summary>Key of what happens inside minutes.</summary>
    public ulong Minutes { get; }

    /// <summary>Mean variance of a minute's log return.</summary>
    public double TypicalVariance { get; }

    /// <summary>Steps that a taker trades on average.</summary>
    public double TypicalSize { get; }

    public double VarianceOf(in Stretch common, in Stretch own) => (Instrument.Beta * Instrument.Beta * common.Variance) + own.Variance;

    /// <summary>The price in ticks at a point of both paths.</summary>
    public double PriceAt(double common, double own) =>
        Instrument.TypicalPrice / Instrument.TickSize * Math.Exp((Instrument.Beta * common) + own);

    /// <summary>Trades beyond the least number in the whole stretch between two fixed points.</summary>
    public long ExtraTrades(long top) => (long)(extraTrades * (1 << Factor.TopLevel) * (0.9 + (0.2 * Noise.Uniform(Noise.At(counts, top)))));
}
