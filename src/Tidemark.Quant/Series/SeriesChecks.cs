namespace Tidemark.Quant.Series;

/// <summary>The checks that stored candles must pass: no gaps, aligned times, sane prices and volumes, continuity.</summary>
public sealed class SeriesChecks(Timeframe timeframe, double continuityTolerance = SeriesChecks.DefaultContinuityTolerance)
{
    /// <summary>How far an open may be from the previous close before it is reported, as a fraction of that close.</summary>
    public const double DefaultContinuityTolerance = 0.01;

    bool started;
    long expectedTime;
    double previousClose;

    /// <summary>All findings of a series, in order of time.</summary>
    public static IReadOnlyList<SeriesFinding> Of(CandleSlice candles, Timeframe timeframe, double continuityTolerance = DefaultContinuityTolerance)
    {
        var checks = new SeriesChecks(timeframe, continuityTolerance);
        var findings = new List<SeriesFinding>();
        for (var i = 0; i < candles.Count; i++)
        {
            checks.Next(candles[i], findings);
        }

        return findings;
    }

    /// <summary>Checks the next candle and adds what is wrong with it.</summary>
    public void Next(in Candle candle, ICollection<SeriesFinding> findings)
    {
        CheckTime(candle, findings);
        CheckPrices(candle, findings);
        CheckContinuity(candle, findings);
        started = true;
        expectedTime = timeframe.CloseOf(candle.OpenTime);
        previousClose = candle.Close;
    }

    void CheckTime(in Candle candle, ICollection<SeriesFinding> findings)
    {
        if (started && candle.OpenTime > expectedTime)
        {
            var missing = (candle.OpenTime - expectedTime + timeframe.Milliseconds - 1) / timeframe.Milliseconds;
            findings.Add(new SeriesFinding(SeriesFault.Gap, expectedTime, missing));
        }

        var past = candle.OpenTime - timeframe.BucketOf(candle.OpenTime);
        if (past != 0)
        {
            findings.Add(new SeriesFinding(SeriesFault.Misaligned, candle.OpenTime, past));
        }
    }

    static void CheckPrices(in Candle candle, ICollection<SeriesFinding> findings)
    {
        var lowest = Math.Min(Math.Min(candle.Open, candle.Close), Math.Min(candle.High, candle.Low));
        if (!(lowest > 0) || !double.IsFinite(candle.Open + candle.High + candle.Low + candle.Close))
        {
            findings.Add(new SeriesFinding(SeriesFault.PriceNotPositive, candle.OpenTime, lowest));
        }

        if (candle.High < candle.Low)
        {
            findings.Add(new SeriesFinding(SeriesFault.HighBelowLow, candle.OpenTime, candle.High - candle.Low));
        }
        else if (Outside(candle.Open, candle))
        {
            findings.Add(new SeriesFinding(SeriesFault.PriceOutsideRange, candle.OpenTime, candle.Open));
        }
        else if (Outside(candle.Close, candle))
        {
            findings.Add(new SeriesFinding(SeriesFault.PriceOutsideRange, candle.OpenTime, candle.Close));
        }

        if (!(candle.Volume >= 0) || !double.IsFinite(candle.Volume))
        {
            findings.Add(new SeriesFinding(SeriesFault.VolumeNegative, candle.OpenTime, candle.Volume));
        }
    }

    static bool Outside(double price, in Candle candle) => price > candle.High || price < candle.Low;

    // Across a gap the market has moved unseen: a jump there says nothing about the data.
    void CheckContinuity(in Candle candle, ICollection<SeriesFinding> findings)
    {
        if (!started || candle.OpenTime != expectedTime || !(previousClose > 0))
        {
            return;
        }

        var jump = Math.Abs(candle.Open - previousClose) / previousClose;
        if (jump > continuityTolerance)
        {
            findings.Add(new SeriesFinding(SeriesFault.Discontinuous, candle.OpenTime, jump));
        }
    }
}
