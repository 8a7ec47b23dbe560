using System.Globalization;
using Tidemark.Market;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Kinds;

/// <summary>How an alert is judged.</summary>
public enum JudgedOn
{
    /// <summary>Every tick of the price, and the closed minutes after it.</summary>
    Price,

    /// <summary>Closed candles, or each minute of an open one.</summary>
    Candles,

    /// <summary>Detected patterns.</summary>
    Patterns,

    /// <summary>Issued signals.</summary>
    Signals,
}

/// <summary>What an alert waits for, checked and ready to be judged.</summary>
public sealed record AlertTerms(Symbol Symbol, AlertCondition Condition, FiringRule Rule)
{
    /// <summary>The price, percentage, multiple or indicator value.</summary>
    public double Threshold { get; init; }

    /// <summary>The condition as a formula, in its usual form; null where it is none.</summary>
    public Formula? Formula { get; init; }

    /// <summary>Whose candles the formula reads.</summary>
    public Timeframe Timeframe { get; init; } = Timeframe.M1;

    /// <summary>Whether the formula is judged each minute on the candle as it stands then.</summary>
    public bool IsIntrabar { get; init; }

    /// <summary>Null for patterns of every kind.</summary>
    public PatternKind? Pattern { get; init; }
    public AlertDirection? Direction { get; init; }

    /// <summary>The least class of a signal; null for all.</summary>
    public string? SignalClass { get; init; }

    /// <summary>Whether the timeframe of a pattern or signal matters.</summary>
    public bool IsOfTimeframe { get; init; }

    /// <summary>One line for people: BTC/USDT is above 50000.</summary>
    public required string Description { get; init; }

    public JudgedOn JudgedOn => Condition.JudgedOn;

    /// <summary>Names what identical formulas share.</summary>
    public string FormulaKey => string.Create(CultureInfo.InvariantCulture, $"{(IsIntrabar ? "~" : "")}{Timeframe.Minutes}:{Formula}");
}

/// <summary>What kinds there are of conditions.</summary>
public static class Conditions
{
    extension(AlertCondition condition)
    {
        public JudgedOn JudgedOn => condition switch
        {
            <= AlertCondition.PriceCrosses => JudgedOn.Price,
            AlertCondition.Pattern => JudgedOn.Patterns,
            AlertCondition.Signal => JudgedOn.Signals,
            _ => JudgedOn.Candles,
        };

        public bool IsPercent => condition is AlertCondition.PercentUp or AlertCondition.PercentDown or AlertCondition.PercentMove;

        public bool IsIndicator => condition is >= AlertCondition.IndicatorAbove and <= AlertCondition.IndicatorCrossesBelow;
    }
}
