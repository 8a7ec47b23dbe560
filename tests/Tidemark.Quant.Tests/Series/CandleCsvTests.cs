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
    [InlineData("60000,13,12,9,11,1", 3, "open is not between low and high")]
    [InlineData("60000,10,12,9,8,1", 3, "close is not between low and high")]
    [InlineData("60000,10,12,9,11,\"1", 3, "no number")]
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
    [InlineData("timestamp_ms,open,high,low,close,volume,Close")]
    public void Refuses_a_header_without_the_columns(string header) => Should.Throw<CandleCsvException>(() => Read(header)).Line.ShouldBe(1);

    [Theory]
    [InlineData("date", "1970-01-02", 86_400_000)]
    [InlineData("ts", "60000", 60_000)]
    [InlineData("datetime", "1970-01-01 00:05", 300_000)]
    [InlineData("time", "1970-01-01T01:00:00+01:00", 0)]
    [InlineData("Open_Time", "1970-01-01T00:00:01.5Z", 1_500)]
    public void May_name_and_write_its_times_in_the_usual_ways(string name, string time, long expected) =>
        Read($"{name},note,open,high,low,close,volume\n{time},\"a, b\",10,12,9,11,\"5\"")[0].ShouldBe(new Candle(expected, 10, 12, 9, 11, 5));

    [Fact]
    public void Counts_the_minutes_of_its_candles()
    {
        const string Quarters = Header + "0,1,1,1,1,1\n900000,1,1,1,1,1\n2700000,1,1,1,1,1";

        Read(Quarters).Minutes.ToArray().ShouldBe([15, 15, 15]);
        Aggregation.To(Timeframe.H1, Read(Quarters).All(), Timeframe.M15).Minutes.ToArray().ShouldBe([45]);
        CandleCsv.Read(new StringReader(Quarters), timeframe: Timeframe.M5).Minutes.ToArray().ShouldBe([5, 5, 5]);
    }

    [Fact]
    public void Tells_its_spacing_even_where_candles_are_missing()
    {
        CandleCsv.SpacingOf(Read(Header + "0,1,1,1,1,1\n900000,1,1,1,1,1\n1200000,1,1,1,1,1").All()).ShouldBe(Timeframe.M5);
        CandleCsv.SpacingOf(Read(Header + "0,1,1,1,1,1\n420000,1,1,1,1,1\n900000,1,1,1,1,1").All()).ShouldBe(Timeframe.M1);
        CandleCsv.SpacingOf(Read(Header + "0,1,1,1,1,1").All()).ShouldBeNull();
        CandleCsv.SpacingOf(Read(Header + "0,1,1,1,1,1\n90000,1,1,1,1,1").All()).ShouldBeNull();
    }

    static CandleSeries Read(string text, int? rows = null)
    {
        using var reader = new StringReader(text);
        return CandleCsv.Read(reader, rows);
    }
}
