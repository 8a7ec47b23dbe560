namespace Tidemark.Quant.Series;

public sealed class Candles
{
    [Fact]
    public void Are_values() => new Candle(0, 1, 2, 0, 1, 5).ShouldBe(new Candle(0, 1, 2, 0, 1, 5));

    [Fact]
    public void Are_made_of_one_minute_unless_said() => new Candle(0, 1, 2, 0, 1, 5).Minutes.ShouldBe(1);
}
