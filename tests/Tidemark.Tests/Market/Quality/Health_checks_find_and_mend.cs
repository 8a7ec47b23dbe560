using Microsoft.Extensions.Logging.Abstractions;
using Tidemark.Market.Exchanges;
using Tidemark.Quant.Series;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market.Quality;

public sealed class Health_checks_find_and_mend(CandleRoom room) : IClassFixture<CandleRoom>
{
    const int TwoDays = 2_880;
    static int s_symbols;
    readonly CandleSeries _true = MadeUpCandles.Of(TwoDays);
    readonly Symbol _symbol = new($"Q{Interlocked.Increment(ref s_symbols)}", "USDT");

    QualityTable Table => new(room.Source, room.Catalog, TimeProvider.System);
    SeriesVerification Verification => new(room.Catalog, room.Store, Table, TimeProvider.System);
    SeriesRepair Repairing => new(room.Store, room.Catalog, room.Aggregation, room.Loader, Verification, Table, TimeProvider.System, NullLogger<SeriesRepair>.Instance);
    DataQuality Scores => new(room.Source, room.Catalog, Table);
    SeriesKey Key => new(Source, _symbol, Timeframe.M1);

    Task<SymbolHealth> Check(bool fix, IExchange? exchange = null) => new HealthCheck(room.Catalog, Verification, Repairing, Table).Check(Source, _symbol, fix, exchange, default);

    async Task Store(CandleSeries minutes)
    {
        await room.Store.Save(Key, minutes.All(), default);
        await room.Aggregation.Extend(Source, _symbol, default);
    }

    async Task<SeriesQuality> Score(Timeframe? timeframe = null) => (await Scores.Read(_symbol, default)).Single(quality => quality.Timeframe == (timeframe ?? Timeframe.M1).ToString());

    async Task Spoil(string change, int minute)
    {
        var id = await room.Catalog.IdOf(Key, default);
        await room.Execute($"UPDATE candles SET {change} WHERE symbol = {id.Symbol} AND timeframe = 1 AND open_time = '{Start.AddMinutes(minute):u}'");
    }

    [Fact]
    public async Task Whole_series_have_nothing_to_mend_and_are_checked_once()
    {
        await Store(_true);

        var first = await Check(fix: false);
        var second = await Check(fix: false);

        first.Found.IsEmpty.ShouldBeTrue();
        first.Checked.ShouldBeGreaterThan(TwoDays);
        second.Checked.ShouldBe(0);
        (await Score()).Score.ShouldBe(100);
    }

    [Fact]
    public async Task Only_what_is_new_is_checked()
    {
        await room.Store.Save(Key, _true.Slice(0, 1_000), default);
        await Verification.Verify(Key, default);
        await room.Store.Save(Key, _true.Slice(1_000, 50), default);

        (await Verification.Verify(Key, default)).ShouldBe(50);
        await Table.Reset(_symbol, default);
        (await Verification.Verify(Key, default)).ShouldBe(1_050);
    }

    [Fact]
    public async Task Missing_minutes_are_fetched_and_the_longer_candles_made_anew()
    {
        await Store(_true.Without(candle => Minute(candle) is >= 100 and < 130));
        var exchange = new FakeExchange(Source, _true);

        var health = await Check(fix: true, exchange);

        exchange.Asked.ShouldBe([(Start.AddMinutes(100), Start.AddMinutes(130))]);
        health.Repair!.Fetched.ShouldBe(30);
        (await room.Store.Load(Key, Start, Start.AddDays(3), default)).List().ShouldBe(_true.List());
        (await room.Store.Load(Key with { Timeframe = Timeframe.H1 }, Start, Start.AddDays(3), default)).List().ShouldAllBe(candle => candle.Minutes == 60);
        (await Table.Gaps(_symbol, known: null, default)).ShouldBeEmpty();
        (await Score()).Score.ShouldBe(100);
    }

    [Fact]
    public async Task What_the_exchange_does_not_have_is_known_from_then_on()
    {
        var holed = _true.Without(candle => Minute(candle) is >= 120 and < 300);
        await Store(holed);
        var exchange = new FakeExchange(Source, holed);

        await Check(fix: true, exchange);
        var asked = exchange.Asked.Count;
        var again = await Check(fix: true, exchange);

        exchange.Asked.Count.ShouldBe(asked);
        again.Found.IsEmpty.ShouldBeTrue();
        (await Table.Gaps(_symbol, known: true, default)).ShouldHaveSingleItem().Range.ShouldBe(new GapRange(Start.AddMinutes(120), Start.AddMinutes(300)));
        (await Score()).ShouldSatisfyAllConditions(minutes => minutes.Missing.ShouldBe(0), minutes => minutes.KnownMissing.ShouldBe(180), minutes => minutes.Score.ShouldBe(100));
        (await Score(Timeframe.H1)).ShouldSatisfyAllConditions(hours => hours.Missing.ShouldBe(0), hours => hours.KnownMissing.ShouldBe(3));
    }

    [Fact]
    public async Task Known_gaps_can_be_forgotten_and_accepted_by_hand()
    {
        await Store(_true.Without(candle => Minute(candle) is >= 100 and < 110 or >= 500 and < 503));
        await Verification.Verify(Key, default);

        (await Table.Accept(_symbol, default)).ShouldBe(2);
        (await Check(fix: false)).Found.MissingMinutes.ShouldBeEmpty();
        (await Table.ClearKnown(_symbol, default)).ShouldBe(2);
        (await Check(fix: false)).Found.MissingMinutes.Count.ShouldBe(2);
        (await Repairing.Plan(Source, _symbol, TimeSpan.FromMinutes(6), null, default)).MissingMinutes.ShouldBe([new GapRange(Start.AddMinutes(100), Start.AddMinutes(110))]);
    }

    [Theory]
    [InlineData("high = low - 1", SeriesFault.HighBelowLow)]
    [InlineData("open = high + 1", SeriesFault.PriceOutsideRange)]
    [InlineData("low = 0, open = 0", SeriesFault.PriceNotPositive)]
    [InlineData("volume = -1", SeriesFault.VolumeNegative)]
    public async Task A_bad_candle_is_set_apart_and_fetched_again(string change, SeriesFault reason)
    {
        await Store(_true);
        await Spoil(change, 700);

        var reported = await Check(fix: false);
        (await Score()).Bad.ShouldBe(1);
        var mended = await Check(fix: true, new FakeExchange(Source, _true));

        reported.Found.Bad.ShouldHaveSingleItem().Fault.ShouldBe(reason);
        mended.Repair!.SetApart.ShouldBe(1);
        (await room.Store.Load(Key, Start, Start.AddDays(3), default)).List().ShouldBe(_true.List());
        var id = await room.Catalog.IdOf(Key, default);
        (await room.Scalar<string>($"SELECT reason FROM candle_quarantine WHERE symbol = {id.Symbol} AND found_by = 'checking'")).ShouldBe(reason.ToString());
        (await Score()).ShouldSatisfyAllConditions(minutes => minutes.Score.ShouldBe(100), minutes => minutes.Quarantined.ShouldBe(1));
    }

    [Fact]
    public async Task The_last_candle_may_be_the_bad_one()
    {
        await Store(_true);
        await Spoil("volume = -1", TwoDays - 1);

        await Check(fix: true, new FakeExchange(Source, _true));

        (await Table.Faults(_symbol, default)).ShouldBeEmpty();
        (await room.Store.Load(Key, Start, Start.AddDays(3), default)).List().ShouldBe(_true.List());
    }

    [Fact]
    public async Task A_misaligned_hour_is_set_apart_and_its_day_made_anew()
    {
        await Store(_true);
        var id = await room.Catalog.IdOf(Key, default);
        await room.Execute($"UPDATE candles SET open_time = open_time + interval '7 minutes' WHERE symbol = {id.Symbol} AND timeframe = 60 AND open_time = '{Start.AddHours(5):u}'");

        var health = await Check(fix: true);

        health.Found.Bad.ShouldContain(fault => fault.Fault == SeriesFault.Misaligned);
        (await room.Store.Load(Key with { Timeframe = Timeframe.H1 }, Start, Start.AddDays(3), default)).Count.ShouldBe(48);
        (await Check(fix: false)).Found.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_jump_is_told_and_left_alone()
    {
        await Store(_true);
        await Spoil("open = open * 1.05, high = high * 1.06", 900);

        var health = await Check(fix: true);

        health.Jumps.ShouldBe(1);
        health.Repair.ShouldBeNull();
        (await Score()).ShouldSatisfyAllConditions(minutes => minutes.Jumps.ShouldBe(1), minutes => minutes.Score.ShouldBe(99.99));
    }

    [Fact]
    public async Task A_gap_of_a_moment_ago_stays_open_when_nobody_asked_to_accept_it()
    {
        var holed = _true.Without(candle => Minute(candle) is >= 120 and < 300);
        await Store(holed);
        var exchange = new FakeExchange(Source, holed);

        await Repairing.FillGaps(exchange, _symbol, TimeSpan.Zero, since: null, default);
        (await Table.Gaps(_symbol, known: false, default)).ShouldHaveSingleItem();
        await room.Execute($"UPDATE candle_gaps SET found_at = found_at - interval '2 hours' WHERE symbol = (SELECT id FROM market_symbols WHERE name = '{_symbol}')");
        await Store(MadeUpCandles.Of(1, Start.AddMinutes(TwoDays)));
        await Repairing.FillGaps(exchange, _symbol, TimeSpan.Zero, since: null, default);

        (await Table.Gaps(_symbol, known: true, default)).ShouldHaveSingleItem("It was missing for long enough.");
    }

    [Fact]
    public async Task An_exchange_that_does_not_answer_leaves_the_gap_open()
    {
        await Store(_true.Without(candle => Minute(candle) is >= 100 and < 130));

        var health = await Check(fix: true, new FakeExchange(Source, _true) { Refuses = true });

        health.Repair!.Failures.ShouldHaveSingleItem().ShouldContain("no route");
        (await Table.Gaps(_symbol, known: false, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Late_minutes_close_their_gap_at_the_next_check()
    {
        await Store(_true.Without(candle => Minute(candle) is >= 100 and < 130));
        await Verification.Verify(Key, default);
        await room.Store.Save(Key, _true.Slice(110, 10), default);

        await Verification.Verify(Key, default);

        (await Table.Gaps(_symbol, known: false, default)).Select(gap => gap.Range)
            .ShouldBe([new GapRange(Start.AddMinutes(100), Start.AddMinutes(110)), new GapRange(Start.AddMinutes(120), Start.AddMinutes(130))]);
    }

    static int Minute(Candle candle) => (int)((candle.OpenTime - Start.ToUnixTimeMilliseconds()) / 60_000);
}
