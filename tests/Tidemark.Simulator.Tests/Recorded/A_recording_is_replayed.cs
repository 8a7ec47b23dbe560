using Tidemark.Quant.Series;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Recorded;

public sealed class A_recording_is_replayed : ExchangeTest
{
    const long First = 1_700_000_040_000;

    static readonly CandleSeries Candles = new([.. Enumerable.Range(0, 200).Where(i => i is < 120 or > 130).Select(CandleAt)]);

    internal override SimulatorOptions Options => new()
    {
        Recordings = new Dictionary<string, CandleSeries>(StringComparer.Ordinal) { ["BTCUSDT"] = Candles },
    };

    [Fact]
    public async Task Its_candles_are_served_exactly_and_its_holes_stay_holes()
    {
        Time.Advance(TimeSpan.FromDays(1));

        var rows = (await Get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1000")).EnumerateArray().ToList();

        rows.Count.ShouldBe(Candles.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var truth = Candles[i];
            (rows[i][0].GetInt64(), Number(rows[i][1]), Number(rows[i][2]), Number(rows[i][3]), Number(rows[i][4]), Number(rows[i][5]))
                .ShouldBe((truth.OpenTime, truth.Open, truth.High, truth.Low, truth.Close, truth.Volume));
        }
    }

    [Fact]
    public async Task It_starts_in_its_middle_and_goes_on_from_there()
    {
        var middle = First + (100 * 60_000);
        Server.Clock.Now.ShouldBe(middle);

        (await Get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1"))[0][0].GetInt64().ShouldBe(middle);
        Time.Advance(TimeSpan.FromMinutes(7));
        (await Get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1"))[0][0].GetInt64().ShouldBe(middle + (7 * 60_000));
    }

    [Fact]
    public void Its_trades_make_up_its_candles()
    {
        var tape = Market().Tape;
        for (var minute = tape.FirstMinute; minute < tape.EndMinute; minute++)
        {
            if (tape.Has(minute))
            {
                tape.Trades(minute).Select(trade => Bar.Of(trade, minute * 60_000)).Aggregate((one, other) => one.Join(other)).ShouldBe(tape.Minute(minute));
            }
        }
    }

    [Fact]
    public async Task Its_filters_are_as_fine_as_its_numbers()
    {
        var filters = (await Get("/api/v3/exchangeInfo?symbol=BTCUSDT")).GetProperty("symbols")[0].GetProperty("filters");

        filters[0].GetProperty("tickSize").GetString().ShouldBe("0.10000000");
        filters[1].GetProperty("stepSize").GetString().ShouldBe("0.00100000");
    }

    static Candle CandleAt(int i) => new(First + (i * 60_000), 100 + (i % 7), 110.5 + (i % 5), 95.1, 101 + (i % 3), 12.345 + i);

    static double Number(System.Text.Json.JsonElement text) => double.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
