namespace Tidemark.Quant.Patterns.Detection;

/// <summary>A swing is known as many candles after its pivot as it must stand out from; the leftmost of equal ones wins.</summary>
sealed class SwingDetector(int reach)
{
    readonly PatternRule rule = new("swing", $"reach={reach}");

    /// <summary>Whether the latest candle makes a swing high known.</summary>
    public bool HasHigh(CandleWindow window)
    {
        var pivot = window.Last - reach;
        if (pivot < reach)
        {
            return false;
        }

        var level = window.High(pivot);
        for (var step = 1; step <= reach; step++)
        {
            if (window.High(pivot + step) > level || window.High(pivot - step) >= level)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the latest candle makes a swing low known.</summary>
    public bool HasLow(CandleWindow window)
    {
        var pivot = window.Last - reach;
        if (pivot < reach)
        {
            return false;
        }

        var level = window.Low(pivot);
        for (var step = 1; step <= reach; step++)
        {
            if (window.Low(pivot + step) < level || window.Low(pivot - step) <= level)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The swing that the latest candle makes known.</summary>
    public SwingPoint At(CandleWindow window, bool isHigh)
    {
        var pivot = window.Last - reach;
        var level = isHigh ? window.High(pivot) : window.Low(pivot);
        return new SwingPoint(rule, reach, isHigh, window.Mark(pivot), level, window.Between(pivot - reach, pivot + reach), window.KnownAt(pivot + reach));
    }
}
