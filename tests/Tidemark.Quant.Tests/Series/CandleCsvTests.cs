namespace Tidemark.Quant.Series;

public sealed class A_candle_file
{
    const string Header = "timestamp_ms,open,high,low,close,volume\n";

    [Fact]
    public void Gives_its_rows_as_candles()
    {
        var series = Read(Header + "0,10,12.5,9,11,100\n60000,11,11,11,11,0\n");

        series.Count.ShouldBe(2);
        series[0].ShouldBe(new Candle(0, 10, 12.5, 9, 11, 100));
        series[1].Volume.ShouldBe(0);
    }

    [Fact]
    public void May_order_and_name_its_columns_as_exchanges_do()
    {
        var series = Read("\uFEFFVolume, Close,Low,High,Open,Trades,Time\r\n5,11,9,12,10,77,60000\r\n\r\n");

        series[0].ShouldBe(new Candle(60_000, 10, 12, 9, 11, 5));
    }

    [Fact]
    public void Is_read_up_to_the_number_of_rows_asked_for() => Read(Header + "0,1,1,1,1,1\n60000,1,1,1,1,1\nnonsense", 2).Count.ShouldBe(2);

    [Theory]
    [InlineData("60000,10,12,9,11", 3, "5 fields")]
    [InlineData("60000,10,12,9,11,1,1", 3, "7 fields")]
    [InlineData("60000,10,x,9,11,1", 3, "\"x\" is no number")]
    [InlineData("60000,10,NaN,9,11,1", 3, "\"NaN\" is no number")]
    [InlineData("60000,10,12,0,11,1", 3, "0 is no price")]
    [InlineData("60000,10,12,9,11,-1", 3, "volume is negative")]
    [InlineData("60000,10,9,12,11,1", 3, "high is below the low")]
    [InlineData("0,10,12,9,11,1", 3, "does not come after")]
    [InlineData("6e4,10,12,9,11,1", 3, "no time")]
    public void Refuses_a_bad_row_with_its_line_number(string row, int line, string problem)
    {
        var refusal = Should.Throw<CandleCsvException>(() => Read(Header + "0,10,12,9,11,1\n" + row));

        refusal.Line.ShouldBe(line);
        refusal.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("timestamp_ms,open,high,low,close")]
    public void Refuses_a_header_without_the_columns(string header) => Should.Throw<CandleCsvException>(() => Read(header)).Line.ShouldBe(1);

    [Fact]
    public void Tells_its_spacing_even_where_candles_are_missing()
    {
        CandleCsv.SpacingOf(Read(Header + "0,1,1,1,1,1\n900000,1,1,1,1,1\n1200000,1,1,1,1,1").All()).ShouldBe(Timeframe.M5);
        CandleCsv.SpacingOf(Read(Header + "0,1,1,1,1,1").All()).ShouldBeNull();
    }

    static CandleSeries Read(string text, int? rows = null)
    {
        using var reader = new StringReader(text);
        return CandleCsv.Read(reader, rows);
    }
}
