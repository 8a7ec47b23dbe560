using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

public sealed class Klines_are_served_by_the_rules : ExchangeTest
{
    static readonly long Minute = Ms(Morning) / 60_000 * 60_000;

    [Fact]
    public async Task Without_times_the_newest_come_with_the_forming_one_last()
    {
        var rows = await Rows("symbol=BTCUSDT&interval=1m");

        rows.Count.ShouldBe(500);
        rows[^1].ShouldBe(Market().BarAt(Interval.OneMinute, Minute, Ms(Morning))!.Value.OpenTime);
        rows[0].ShouldBe(Minute - (499 * 60_000));
    }

    [Fact]
    public async Task With_a_start_the_oldest_come_first()
    {
        (await Rows($"symbol=BTCUSDT&interval=1m&startTime={Minute - 600_000}&limit=3")).ShouldBe([Minute - 600_000, Minute - 540_000, Minute - 480_000]);
        (await Rows($"symbol=BTCUSDT&interval=1m&startTime={Minute - 599_999}&limit=1")).ShouldBe([Minute - 540_000]);
    }

    [Fact]
    public async Task With_an_end_the_newest_up_to_it_come() =>
        (await Rows($"symbol=BTCUSDT&interval=1m&endTime={Minute - 60_000}&limit=2")).ShouldBe([Minute - 120_000, Minute - 60_000]);

    [Fact]
    public async Task Both_times_include_their_bars()
    {
        (await Rows($"symbol=BTCUSDT&interval=1m&startTime={Minute - 120_000}&endTime={Minute}")).Count.ShouldBe(3);
        (await Rows($"symbol=BTCUSDT&interval=1m&startTime={Minute - 120_000}&endTime={Minute - 1}")).Count.ShouldBe(2);
        (await Rows($"symbol=BTCUSDT&interval=1m&startTime={Minute}&endTime={Minute - 60_000}")).ShouldBeEmpty();
        (await Rows($"symbol=BTCUSDT&interval=1m&startTime={Minute + 60_000}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thousand_is_the_most() =>
        (await Rows($"symbol=BTCUSDT&interval=1m&startTime=0&limit=5000")).Count.ShouldBe(1_000);

    [Fact]
    public async Task Twelve_columns_hold_the_bar_with_eight_decimals()
    {
        var bar = Market().Tape.Minute((Minute / 60_000) - 1);
        var text = await Http.GetStringAsync(new Uri($"/api/v3/klines?symbol=BTCUSDT&interval=1m&endTime={Minute - 1}&limit=1", UriKind.Relative));

        text.ShouldBe($"[[{Minute - 60_000},\"{Decimal(bar.Open, 2)}\",\"{Decimal(bar.High, 2)}\",\"{Decimal(bar.Low, 2)}\",\"{Decimal(bar.Close, 2)}\",\"{Decimal(bar.Volume, 5)}\",{Minute - 1},\"{Decimal((long)bar.Turnover, 7)}\",{bar.Trades},\"{Decimal(bar.TakerVolume, 5)}\",\"{Decimal((long)bar.TakerTurnover, 7)}\",\"0\"]]");
    }

    [Theory]
    [InlineData("1s", 1_000)]
    [InlineData("3m", 180_000)]
    [InlineData("4h", 14_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1w", 604_800_000)]
    public async Task Every_interval_has_bars_of_its_length(string interval, long length)
    {
        var rows = await Rows($"symbol=ETHUSDT&interval={interval}&limit=5");

        rows.Count.ShouldBe(5);
        rows.Zip(rows.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First == length);
        (Ms(Morning) - rows[^1]).ShouldBeLessThan(length);
    }

    [Fact]
    public async Task Months_begin_on_their_first_day() =>
        (await Rows("symbol=BTCUSDT&interval=1M&limit=3")).Select(time => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm")).ShouldBe(["2025-11-01 00:00", "2025-12-01 00:00", "2026-01-01 00:00"]);

    [Fact]
    public async Task Weeks_begin_on_monday() =>
        DateTimeOffset.FromUnixTimeMilliseconds((await Rows("symbol=BTCUSDT&interval=1w&limit=1"))[0]).DayOfWeek.ShouldBe(DayOfWeek.Monday);

    [Fact]
    public async Task Days_of_another_time_zone_begin_at_its_midnight() =>
        DateTimeOffset.FromUnixTimeMilliseconds((await Rows("symbol=BTCUSDT&interval=1d&limit=1&timeZone=%2B5:30"))[0]).TimeOfDay.ShouldBe(new TimeSpan(18, 30, 0));

    [Fact]
    public async Task Microseconds_come_where_they_are_asked_for()
    {
        Http.DefaultRequestHeaders.Add("X-MBX-TIME-UNIT", "microsecond");

        var row = (await Get($"/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime={(Minute - 60_000) * 1_000}&limit=1"))[0];

        row[0].GetInt64().ShouldBe((Minute - 60_000) * 1_000);
        row[6].GetInt64().ShouldBe((Minute * 1_000) - 1);
    }

    [Fact]
    public async Task The_forming_bar_becomes_the_closed_one_as_time_passes()
    {
        var forming = (await Get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1"))[0];
        Time.Advance(TimeSpan.FromSeconds(29.999));
        var closing = (await Get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1"))[0];

        forming[8].GetInt64().ShouldBeLessThan(closing[8].GetInt64());
        closing[8].GetInt64().ShouldBe(Market().Tape.Minute(Minute / 60_000).Trades);
    }

    async Task<List<long>> Rows(string query) =>
        [.. (await Get($"/api/v3/klines?{query}")).EnumerateArray().Select(row => row[0].GetInt64())];

    static string Decimal(long value, int decimals) => (value / (decimal)Math.Pow(10, decimals)).ToString("F8");
}
