using Tidemark.Quant.Series;

namespace Tidemark.Quant.Backtesting;

/// <summary>The market a run trades in: one or more symbols on one timeframe, on one account.</summary>
public sealed class BacktestInput
{
    readonly Lazy<string> fingerprint;

    /// <summary>One symbol.</summary>
    public BacktestInput(CandleSlice candles, Timeframe timeframe)
        : this(timeframe, new BacktestSymbol("", candles))
    {
    }

    /// <summary>Some symbols; they are served in the order given where they act at the same moment.</summary>
    public BacktestInput(Timeframe timeframe, params IReadOnlyList<BacktestSymbol> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfZero(symbols.Count, nameof(symbols));
        Timeframe = timeframe;
        Symbols = symbols;
        fingerprint = new Lazy<string>(() => Fingerprint.Of(this));
    }

    /// <summary>The symbols.</summary>
    public IReadOnlyList<BacktestSymbol> Symbols { get; }

    /// <summary>The length of a bar.</summary>
    public Timeframe Timeframe { get; }

    /// <summary>The first open time, in UTC milliseconds, at whose close may be decided; what is before it only warms indicators up and is not in the result.</summary>
    public long TradeFrom { get; init; } = long.MinValue;

    /// <summary>Hash of all the data, the same for the same data; computed once.</summary>
    public string DataFingerprint => fingerprint.Value;
}

/// <summary>One symbol of a run.</summary>
/// <param name="Name">Its name; may be empty where there is only one.</param>
/// <param name="Candles">Its bars, oldest first; missing ones are skipped, not filled.</param>
public sealed record BacktestSymbol(string Name, CandleSlice Candles)
{
    /// <summary>Candles of one minute, or any shorter timeframe, that show in which order prices came inside a bar.</summary>
    public CandleSlice Minutes { get; init; }

    /// <summary>Funding payments of a perpetual, oldest first.</summary>
    public IReadOnlyList<FundingPoint> Funding { get; init; } = [];

    /// <summary>Its steps and least sizes; null for those of the settings.</summary>
    public MarketRules? Rules { get; init; }
}

/// <summary>A funding payment: longs pay the rate on the value of their position at that moment, shorts receive it.</summary>
/// <param name="Time">When, in UTC milliseconds.</param>
/// <param name="Rate">A fraction of the position's value.</param>
public readonly record struct FundingPoint(long Time, double Rate);
