namespace Tidemark.Quant.Patterns;

/// <summary>A range of prices, in the quote currency.</summary>
/// <param name="Bottom">Lower edge, in the quote currency.</param>
/// <param name="Top">Upper edge, in the quote currency.</param>
public readonly record struct Zone(double Bottom, double Top)
{
    // Closer than this to the limit, relative to the price, doubles may err and decimals decide.
    const double Doubtful = 1e-11;

    /// <summary>Height, in the quote currency.</summary>
    public double Size => Top - Bottom;

    /// <summary>The price halfway up, in the quote currency.</summary>
    public double Middle => Bottom + ((Top - Bottom) / 2);

    /// <summary>The edge that price coming from outside meets first: the top for a bullish pattern, the bottom for a bearish one.</summary>
    public double NearEdge(Direction direction) => direction == Direction.Bearish ? Bottom : Top;

    /// <summary>The edge whose loss ends the pattern: the bottom for a bullish pattern, the top for a bearish one.</summary>
    public double FarEdge(Direction direction) => direction == Direction.Bearish ? Top : Bottom;

    /// <summary>Whether the height is at least so many percent of the bottom, decided as exact decimals of up to 15 digits.</summary>
    public bool SpansAtLeast(double percent)
    {
        var spare = ((Top - Bottom) * 100) - (percent * Bottom);
        return Math.Abs(spare) > Doubtful * Top ? spare >= 0 : SpansExactly(percent);
    }

    bool SpansExactly(double percent)
    {
        var scale = TickScale.For(Top);
        return (scale.Exactly(Top) - scale.Exactly(Bottom)) * 100 >= (decimal)percent * scale.Exactly(Bottom);
    }
}
