using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Signals.Issuing;

/// <summary>
/// The plain baseline strategy: an hourly close two standard deviations or more from the mean of the 20 before it is expected to come back to that mean.
/// Entry at the close, target the mean, stop one standard deviation further out. One signal for each direction in four hours.
/// </summary>
public sealed class MeanReversion(Timeframe candles)
{
    public const string Name = "mean-reversion";
    public const string Rule = "mean-reversion: 1h closes, 20 candles, 2 standard deviations, stop 1 further";

    const int Length = 20;
    const double Deviations = 2;
    static readonly long Quiet = 4 * Timeframe.H1.Milliseconds, Patience = 24 * Timeframe.H1.Milliseconds;

    readonly double[] _closes = new double[Length];
    readonly Aggregator? _hours = candles < Timeframe.H1 && Timeframe.H1.IsMultipleOf(candles) ? new Aggregator(candles, Timeframe.H1) : null;
    readonly CandleSeries _closed = new(4);
    int _count;
    long? _latestBullish, _latestBearish;

    /// <summary>Takes the next closed candle; a signal where an hour closes far from the mean.</summary>
    public SignalTerms? Next(in Candle candle)
    {
        if (candles == Timeframe.H1)
        {
            return Hour(candle);
        }
        if (_hours is null)
        {
            return null;
        }
        _closed.Clear();
        _hours.Next(candle, _closed);
        // Missing candles may close more than one hour at once; only the last of them is now.
        SignalTerms? terms = null;
        for (var i = 0; i < _closed.Count; i++)
        {
            terms = Hour(_closed[i]);
        }
        return terms;
    }

    SignalTerms? Hour(in Candle hour)
    {
        var terms = _count >= Length ? Judge(hour) : null;
        _closes[_count++ % Length] = hour.Close;
        return terms;
    }

    SignalTerms? Judge(in Candle hour)
    {
        var (mean, deviation) = Spread();
        var away = hour.Close - mean;
        if (deviation <= 0 || Math.Abs(away) < Deviations * deviation)
        {
            return null;
        }
        var direction = away < 0 ? Direction.Bullish : Direction.Bearish;
        var knownAt = Timeframe.H1.CloseOf(hour.OpenTime);
        ref var latest = ref direction == Direction.Bullish ? ref _latestBullish : ref _latestBearish;
        if (latest is { } before && knownAt - before < Quiet)
        {
            return null;
        }
        latest = knownAt;
        return new SignalTerms
        {
            Origin = SignalOrigin.Strategy,
            Strategy = Name,
            Direction = direction,
            Timeframe = Timeframe.H1,
            Entry = hour.Close,
            Stop = hour.Close - ((int)direction * deviation),
            Targets = [mean],
            EntersAtOnce = true,
            KnownAt = knownAt,
            ValidUntil = knownAt + Patience,
            Rule = Rule,
        };
    }

    (double Mean, double Deviation) Spread()
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var close in _closes)
        {
            sum += close;
        }
        var mean = sum / Length;
        foreach (var close in _closes)
        {
            squares += (close - mean) * (close - mean);
        }
        return (mean, Math.Sqrt(squares / Length));
    }
}
