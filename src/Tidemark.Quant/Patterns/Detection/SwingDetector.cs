namespace Tidemark.Quant.Patterns.Detection;

/// <summary>A swing is known as many candles after its pivot as it must stand out from; the leftmost of equal ones wins.</summary>
sealed class SwingDetector(int reach)
{
    readonly PatternRule rule = new("swing", $"reach={reach}");

    public bool FindHigh(CandleWindow window, out SwingPoint swing)
    {
        var pivot = window.Last - reach;
        swing = default;
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

        swing = At(window, pivot, level, isHigh: true);
        return true;
    }

    public bool FindLow(CandleWindow window, out SwingPoint swing)
    {
        var pivot = window.Last - reach;
        swing = default;
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

        swing = At(window, pivot, level, isHigh: false);
        return true;
    }

    SwingPoint At(CandleWindow window, int pivot, double level, bool isHigh) =>
        new(rule, reach, isHigh, window.Mark(pivot), level, window.Between(pivot - reach, pivot + reach), window.KnownAt(pivot + reach));
}
