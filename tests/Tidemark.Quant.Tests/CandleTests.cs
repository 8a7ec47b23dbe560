using Tidemark.Quant.Series;
namespace Tidemark.Quant;

public sealed class Candles
{
    [Fact]
    public void Are_values() => new Candle(0, 1, 2, 0, 1, 5).ShouldBe(new Candle(0, 1, 2, 0, 1, 5));
}
