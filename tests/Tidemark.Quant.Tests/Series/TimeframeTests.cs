namespace Tidemark.Quant.Series;

public sealed class Timeframes
{
    [Theory]
    [InlineData("1m", 1)]
    [InlineData("15m", 15)]
    [InlineData("90m", 90)]
    [InlineData("4h", 240)]
    [InlineData("1d", 1440)]
    [InlineData("3d", 4320)]
    public void Read_and_print_the_same_text(string text, int minutes)
    {
        var timeframe = Timeframe.Parse(text);

        timeframe.Minutes.ShouldBe(minutes);
        timeframe.ToString().ShouldBe(text);
    }

    [Fact]
    public void Print_in_the_largest_unit_that_divides_them() => Timeframe.Parse("120m").ToString().ShouldBe("2h");

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("5 m")]
    [InlineData("1w")]
    [InlineData("99999999999d")]
    public void Refuse_other_texts(string text)
    {
        Timeframe.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => Timeframe.Parse(text));
    }

    [Fact]
    public void Stored_ones_are_eight_and_in_order()
    {
        Timeframe.Standard.Count.ShouldBe(8);
        Timeframe.Standard.ShouldBe(Timeframe.Standard.Order());
    }

    [Fact]
    public void Count_buckets_from_1970_before_it_too()
    {
        Timeframe.M5.BucketOf(299_999).ShouldBe(0);
        Timeframe.M5.BucketOf(300_000).ShouldBe(300_000);
        Timeframe.M5.BucketOf(-1).ShouldBe(-300_000);
        Timeframe.M5.BucketOf(-300_000).ShouldBe(-300_000);
    }
}
