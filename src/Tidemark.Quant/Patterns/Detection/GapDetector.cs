using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Detection;

/// <summary>Fair value gaps: three candles in a row whose first and third do not overlap.</summary>
sealed class GapDetector(Timeframe timeframe, PatternOptions options)
{
    readonly PatternRule rule = new($"fair-value-gap/{NameOf(options.Gaps)}", $"minimum={options.MinimumPercent}%");

    public bool Find(CandleWindow window, ref Finding finding)
    {
        var last = window.Last;
        if (last < 2 || window.Time(last) - window.Time(last - 2) != 2 * timeframe.Milliseconds)
        {
            return false;
        }

        if (window.High(last - 2) < window.Low(last))
        {
            return Accept(window, Direction.Bullish, new Zone(window.High(last - 2), window.Low(last)), ref finding);
        }

        return window.Low(last - 2) > window.High(last)
            && Accept(window, Direction.Bearish, new Zone(window.High(last), window.Low(last - 2)), ref finding);
    }

    bool Accept(CandleWindow window, Direction direction, Zone zone, ref Finding finding)
    {
        var middle = window.Last - 1;
        var meanBody = window.MeanBodyBefore(middle);
        var determination = meanBody > 0 ? window.Body(middle) / meanBody / 2 : 0;
        if (!zone.SpansAtLeast(options.MinimumPercent) || !MiddleAgrees(window, direction, determination))
        {
            return false;
        }

        var meanVolume = window.MeanVolumeBefore(middle);
        finding = new Finding
        {
            Kind = PatternKind.FairValueGap,
            Direction = direction,
            Rule = rule,
            Anchor = window.Mark(middle),
            Evidence = window.Between(middle - 1, middle + 1),
            Zone = zone,
            Determination = determination,
            RelativeVolume = meanVolume > 0 ? window.Volume(middle) / meanVolume : 0,
        };
        return true;
    }

    bool MiddleAgrees(CandleWindow window, Direction direction, double determination)
    {
        var middle = window.Last - 1;
        var closesBeyond = window.Seen(middle, direction).Close > window.Seen(middle - 1, direction).High;
        return options.Gaps switch
        {
            GapVariant.GapAndClose => closesBeyond,
            GapVariant.GapAndCloseAndThreshold => closesBeyond && determination > 1,
            _ => true,
        };
    }

    static string NameOf(GapVariant variant) => variant switch
    {
        GapVariant.GapAndClose => "gap+close",
        GapVariant.GapAndCloseAndThreshold => "gap+close+threshold",
        _ => "gap",
    };
}
