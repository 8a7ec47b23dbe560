using Tidemark.Market.Candles;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>A place for each minute of a range, filled with the first candle that can be right, in whatever order and number they come.</summary>
public sealed class MinuteSheet(GapRange range)
{
    readonly Candle?[] _places = new Candle?[range.Candles(Timeframe.M1)];
    readonly Dictionary<long, BadCandle> _bad = [];
    readonly long _from = range.From.ToUnixTimeMilliseconds();

    public int Count { get; private set; }
    public bool IsFull => Count == _places.Length;

    public void Add(CandleSlice candles)
    {
        var screen = CandleScreen.Of(candles, Timeframe.M1);
        foreach (var bad in screen.Bad.Where(bad => bad.Candle.OpenTime >= _from && bad.Candle.OpenTime < range.Until.ToUnixTimeMilliseconds()))
        {
            _bad.TryAdd(bad.Candle.OpenTime, bad);
        }
        for (var i = 0; i < screen.Good.Count; i++)
        {
            var candle = screen.Good[i];
            if (Place(candle.OpenTime) is { } place && _places[place] is null)
            {
                _places[place] = candle;
                Count++;
            }
        }
    }

    /// <summary>The ranges still without a candle; neighbours that one answer may well cover are asked for together.</summary>
    public IReadOnlyList<GapRange> Holes()
    {
        const int Near = 100;
        var holes = new List<GapRange>();
        for (var i = 0; i < _places.Length; i++)
        {
            if (_places[i] is null)
            {
                var hole = new GapRange(range.From.AddMinutes(i), range.From.AddMinutes(i + 1));
                if (holes.Count > 0 && hole.From - holes[^1].Until <= TimeSpan.FromMinutes(Near))
                {
                    holes[^1] = holes[^1] with { Until = hole.Until };
                }
                else
                {
                    holes.Add(hole);
                }
            }
        }
        return holes;
    }

    public FetchedStretch Told()
    {
        var good = new CandleSeries(Count);
        foreach (var candle in _places)
        {
            if (candle is { } right)
            {
                good.Append(right);
            }
        }
        return new FetchedStretch(range, good, [.. _bad.Values.OrderBy(bad => bad.Candle.OpenTime)], Failure: null);
    }

    int? Place(long time)
    {
        var place = (time - _from) / Timeframe.M1.Milliseconds;
        return time >= _from && place < _places.Length && (time - _from) % Timeframe.M1.Milliseconds == 0 ? (int)place : null;
    }
}
