using System.Globalization;
using Tidemark.Market;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Kinds;

/// <summary>Reads what is judged out of an alert as it is stored. A formula that cannot be used is refused as the language does it.</summary>
public static class TermsOf
{
    /// <summary>The longest window of a percent change that is judged on minutes.</summary>
    internal const int MinutesOfWindow = 4_320;

    public const int UsualPeriod = 20;

    public static AlertTerms Alert(Alert alert)
    {
        var bar = Timeframe.OfMinutes(alert.Timeframe ?? 1);
        var isPrice = alert.Condition.JudgedOn == JudgedOn.Price;
        var terms = new AlertTerms(Symbol.Parse(alert.Symbol), alert.Condition, Rule(alert, bar, isPrice ? 1 : 0))
        {
            Threshold = (double)(alert.Threshold ?? alert.Value ?? 0),
            Timeframe = isPrice || alert.Condition.IsPercent ? Judged(alert) : bar,
            IsIntrabar = alert.Intrabar && bar > Timeframe.M1 && !alert.Condition.IsPercent,
            Direction = alert.Direction,
            SignalClass = alert.SignalClass,
            Pattern = alert.Pattern is { } kind ? PatternWords.KindOf(kind) : null,
            IsOfTimeframe = alert.Timeframe is not null,
            Description = Describe(alert),
        };
        return Text(alert) is { } text ? terms with { Formula = Condition(text) } : terms;
    }

    /// <summary>Reads a formula that holds or not.</summary>
    public static Formula Condition(string text)
    {
        var formula = Formula.Parse(text);
        return formula.Type == FormulaType.Condition ? formula : throw new FormulaException(formula.Root.At, "an alert needs a condition, and this is a number; compare it, as in RSI(14) > 70");
    }

    /// <summary>An indicator as a formula: its brackets may be left out.</summary>
    public static string Indicator(string text)
    {
        var name = text.Trim();
        return name.Contains('(', StringComparison.Ordinal) || !name.All(char.IsAsciiLetterOrDigit) ? name : $"{name}()";
    }

    /// <summary>What an alert tells of a class of signals at least.</summary>
    public static ConfluenceGrade Grade(string signalClass) => Enum.Parse<ConfluenceGrade>(signalClass, ignoreCase: true);

    /// <summary>What is compared, as a formula that gives a number; null where it is the price, or a formula of the owner's own.</summary>
    public static Formula? Compared(Alert alert) => alert.Condition switch
    {
        { IsPercent: true } => Formula.Parse(Change(alert)),
        { IsIndicator: true } => Formula.Parse(Indicator(alert.Indicator ?? "")),
        AlertCondition.VolumeSpike => Formula.Parse($"volume / avg(volume, {alert.Period ?? UsualPeriod})[1]"),
        _ => null,
    };

    static string Change(Alert alert) => $"(close / close[{(alert.WindowMinutes ?? 1) / Judged(alert).Minutes}] - 1) * 100";

    static FiringRule Rule(Alert alert, Timeframe bar, int leastRest) => new(alert.Repeat, bar, Math.Max(leastRest, alert.CooldownMinutes))
    {
        ExpiresAt = alert.ExpiresAt?.ToUnixTimeMilliseconds(),
        Hours = ActiveHours.Of(alert.ActiveFrom, alert.ActiveUntil, alert.TimeZone),
    };

    static Timeframe Judged(Alert alert) => alert.WindowMinutes > MinutesOfWindow ? Timeframe.M5 : Timeframe.M1;

    static string? Text(Alert alert)
    {
        var (threshold, value) = (Number(alert.Threshold), Number(alert.Value ?? alert.Threshold));
        var change = Change(alert);
        var indicator = Indicator(alert.Indicator ?? "");
        return alert.Condition switch
        {
            AlertCondition.PercentUp => $"{change} >= {threshold}",
            AlertCondition.PercentDown => $"{change} <= -{threshold}",
            AlertCondition.PercentMove => $"abs({change}) >= {threshold}",
            AlertCondition.VolumeSpike => $"volume > {threshold} * avg(volume, {alert.Period ?? UsualPeriod})[1]",
            AlertCondition.IndicatorAbove => $"{indicator} > {value}",
            AlertCondition.IndicatorBelow => $"{indicator} < {value}",
            AlertCondition.IndicatorCrossesAbove => $"{indicator} crosses above {value}",
            AlertCondition.IndicatorCrossesBelow => $"{indicator} crosses below {value}",
            AlertCondition.Formula => alert.Formula,
            _ => null,
        };
    }

    static string Describe(Alert alert)
    {
        var (threshold, value, timeframe) = (Number(alert.Threshold), Number(alert.Value ?? alert.Threshold), Timeframe.OfMinutes(alert.Timeframe ?? 1));
        var way = alert.Direction is { } direction ? $"{direction.Word().ToLowerInvariant()} " : "";
        var on = alert.Timeframe is not null ? $" on {timeframe}" : "";
        var what = alert.Condition switch
        {
            AlertCondition.PriceAbove => $"is above {threshold}",
            AlertCondition.PriceBelow => $"is below {threshold}",
            AlertCondition.PriceCrossesAbove => $"crosses above {threshold}",
            AlertCondition.PriceCrossesBelow => $"crosses below {threshold}",
            AlertCondition.PriceCrosses => $"crosses {threshold}",
            AlertCondition.PercentUp => $"is up {threshold} % in {Window(alert)}",
            AlertCondition.PercentDown => $"is down {threshold} % in {Window(alert)}",
            AlertCondition.PercentMove => $"moved {threshold} % in {Window(alert)}",
            AlertCondition.VolumeSpike => $"trades {threshold} times its usual volume on {timeframe}",
            AlertCondition.IndicatorAbove => $"has {alert.Indicator} above {value} on {timeframe}",
            AlertCondition.IndicatorBelow => $"has {alert.Indicator} below {value} on {timeframe}",
            AlertCondition.IndicatorCrossesAbove => $"has {alert.Indicator} crossing above {value} on {timeframe}",
            AlertCondition.IndicatorCrossesBelow => $"has {alert.Indicator} crossing below {value} on {timeframe}",
            AlertCondition.Formula => $"fulfils {Short(alert.Formula ?? "")} on {timeframe}",
            AlertCondition.Pattern => $"shows a {way}{alert.Pattern ?? "pattern"}{on}",
            _ => $"has a {way}signal{(alert.SignalClass is { } least ? $" of class {least} or better" : "")}{on}",
        };
        return $"{alert.Symbol} {what}";
    }

    static string Window(Alert alert) => Timeframe.OfMinutes(alert.WindowMinutes ?? 1).ToString();

    static string Short(string formula)
    {
        var line = string.Join(' ', formula.Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 120 ? line : line[..119] + "…";
    }

    /// <summary>As the formula language and people write it, without the zeros a column of money keeps.</summary>
    public static string Number(decimal? number) => (number ?? 0).ToString("0.############################", CultureInfo.InvariantCulture);
}
