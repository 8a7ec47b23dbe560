using Tidemark.Quant.Series;

namespace Tidemark.Patterns;

/// <summary>Draws minutes along a path of prices, so that a test decides what the market does.</summary>
sealed class PricePath(DateTimeOffset start, double price)
{
    readonly CandleSeries _minutes = new();
    long _time = start.ToUnixTimeMilliseconds();
    double _price = price;
    int _step;

    public CandleSeries Minutes => _minutes;
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_time);

    /// <summary>Stays about where it is, never two minutes quite alike.</summary>
    public PricePath Idle(int minutes)
    {
        var around = _price;
        for (var i = 0; i < minutes; i++)
        {
            Step(Math.Round(around + (0.03 * Math.Sin(++_step / 7.0)), 4));
        }
        return this;
    }

    /// <summary>Goes straight to a price.</summary>
    public PricePath To(double target, int minutes)
    {
        var from = _price;
        for (var i = 1; i <= minutes; i++)
        {
            Step(Math.Round(from + ((target - from) * i / minutes), 4));
        }
        return this;
    }

    void Step(double close)
    {
        _minutes.Append(new Candle(_time, _price, Math.Max(_price, close), Math.Min(_price, close), close, 5));
        (_price, _time) = (close, _time + 60_000);
    }
}
