using Tidemark.Quant.Series;

namespace Tidemark.Quant;

/// <summary>The timeframe that the rows of a file are candles of: as told, else as their times tell; never guessed.</summary>
public static class SourceTimeframe
{
    /// <summary>Refuses rows that cannot be candles of the timeframe told, or cannot make those of the timeframe wanted.</summary>
    public static Timeframe Of(CandleSlice rows, Timeframe? told, Timeframe? wanted)
    {
        var source = told is { } named ? Checked(rows, named) : Told(rows, wanted);
        if (wanted is not { } target || target == source || (target > source && target.IsMultipleOf(source)))
        {
            return source;
        }

        var advice = target < source && source.IsMultipleOf(target) ? $" If they are {target} candles with holes, say --source-timeframe {target}." : "";
        throw new FormatException($"The rows are candles of {source}, and {target} candles cannot be made of them.{advice}");
    }

    static Timeframe Checked(CandleSlice rows, Timeframe named)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            var distance = rows.Times[i] - rows.Times[i - 1];
            if (distance % named.Milliseconds != 0)
            {
                throw new FormatException($"The rows are no candles of {named}: {rows.Times[i]} does not lie a whole number of them after {rows.Times[i - 1]}.");
            }
        }

        return named;
    }

    // One row has no spacing; it is taken for a candle of the timeframe wanted where it could be one.
    static Timeframe Told(CandleSlice rows, Timeframe? wanted)
    {
        if (CandleCsv.SpacingOf(rows) is { } spacing)
        {
            return spacing;
        }

        if (rows.Count > 1)
        {
            throw new FormatException("The rows do not lie a whole number of minutes apart; candles of whole minutes are wanted.");
        }

        return wanted is { } target && rows.Times[0] == target.BucketOf(rows.Times[0])
            ? target
            : throw new FormatException("One row does not tell its timeframe; say it with --source-timeframe, as in --source-timeframe 1h.");
    }
}
