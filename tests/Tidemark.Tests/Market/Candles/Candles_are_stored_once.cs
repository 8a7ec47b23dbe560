using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Series;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market.Candles;

public sealed class Candles_are_stored_once(CandleRoom room) : IClassFixture<CandleRoom>
{
    static int s_symbols;

    static SeriesKey NewSeries(Timeframe? timeframe = null) => new(Source, new Symbol($"A{Interlocked.Increment(ref s_symbols)}", "USDT"), timeframe ?? Timeframe.M1);

    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    [InlineData(25_000)]
    public async Task What_is_loaded_is_what_was_saved(int count)
    {
        var key = NewSeries();
        var candles = MadeUpCandles.Of(count);

        var saved = await room.Store.Save(key, candles.All(), default);
        var loaded = await room.Store.Load(key, Start, Start.AddMinutes(count), default);

        saved.ShouldBe(new SaveResult(count, 0, 0));
        loaded.List().ShouldBe(candles.List());
        (await room.Catalog.Find(key, default)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            series => series.Candles.ShouldBe(count),
            series => series.FirstOpen.ShouldBe(Start),
            series => series.LastOpen.ShouldBe(Start.AddMinutes(count - 1)));
    }

    [Fact]
    public async Task Prices_come_back_to_the_last_bit()
    {
        var key = NewSeries();
        var candles = new CandleSeries([new Candle(Start.ToUnixTimeMilliseconds(), 0.1 + 0.2, 1e9 / 3, 4.9e-324, Math.PI, double.Epsilon, 1)]);

        await room.Store.Save(key, candles.All(), default);

        (await room.Store.Load(key, Start, Start.AddDays(1), default)).List().ShouldBe(candles.List());
    }

    [Fact]
    public async Task A_second_save_changes_nothing()
    {
        var key = NewSeries();
        var first = MadeUpCandles.Of(1_000);
        await room.Store.Save(key, first.All(), default);

        var again = await room.Store.Save(key, MadeUpCandles.Of(1_500, seed: 8).All(), default);

        again.ShouldBe(new SaveResult(500, 1_000, 0));
        (await room.Store.Load(key, Start, Start.AddMinutes(1_000), default)).List().ShouldBe(first.List());
    }

    [Fact]
    public void However_many_save_whatever_ranges_at_once()
    {
        var whole = MadeUpCandles.Of(4_000);
        var range = from start in Gen.Choose(0, 3_999) from length in Gen.Choose(1, 1_500) select (Start: start, Length: Math.Min(length, 4_000 - start));
        var plan = Gen.ListOf(range, 6);
        Prop.ForAll(plan.ToArbitrary(), ranges => SavedAtOnce(whole, [.. ranges]).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    async Task<bool> SavedAtOnce(CandleSeries whole, (int Start, int Length)[] ranges)
    {
        var key = NewSeries();
        var results = await Task.WhenAll(ranges.Select(async range =>
        {
            var other = room.NewStore(room.Hot).Store;
            return await other.Save(key, whole.Slice(range.Start, range.Length), default);
        }));
        var expected = ranges.SelectMany(range => Enumerable.Range(range.Start, range.Length)).Distinct().Order().Select(i => whole[i]).ToList();
        var stored = (await room.Store.Load(key, Start, Start.AddMinutes(whole.Count), default)).List();

        stored.ShouldBe(expected);
        results.Sum(result => result.Stored).ShouldBe(expected.Count);
        (await room.Catalog.Find(key, default))!.Candles.ShouldBe(expected.Count);
        return true;
    }

    [Fact]
    public async Task A_month_ends_and_another_begins()
    {
        var key = NewSeries();
        var newYear = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var candles = MadeUpCandles.Of(600, newYear.AddMinutes(-300));

        await room.Store.Save(key, candles.All(), default);

        (await room.Store.Load(key, newYear.AddMinutes(-300), newYear.AddMinutes(300), default)).List().ShouldBe(candles.List());
        (await room.Store.Load(key, newYear, newYear.AddMinutes(1), default)).List().ShouldBe([candles[300]]);
        (await room.Scalar<long>($"SELECT count(*) FROM candles_2023_12 WHERE symbol = {(await room.Catalog.IdOf(key, default)).Symbol}")).ShouldBe(300);
    }

    [Fact]
    public async Task Ranges_begin_inclusive_and_end_exclusive()
    {
        var key = NewSeries();
        await room.Store.Save(key, MadeUpCandles.Of(10).All(), default);

        var some = await room.Store.Load(key, Start.AddMinutes(2), Start.AddMinutes(5), default);

        some.Times.ToArray().ShouldBe([.. Enumerable.Range(2, 3).Select(i => Start.AddMinutes(i).ToUnixTimeMilliseconds())]);
    }

    [Fact]
    public async Task A_bad_candle_goes_to_quarantine_with_its_reason_and_nobody_reads_it()
    {
        var key = NewSeries();
        var candles = MadeUpCandles.Of(50)
            .With(10, candle => candle with { High = candle.Low - 1 })
            .With(20, candle => candle with { Close = -1, Low = -1 })
            .With(30, candle => candle with { Volume = double.NaN });

        var saved = await room.Store.Save(key, candles.All(), default);
        await room.Store.Save(key, candles.All(), default);

        saved.ShouldBe(new SaveResult(47, 0, 3));
        (await room.Store.Load(key, Start, Start.AddHours(1), default)).List().ShouldBe(candles.List().Where((_, i) => i is not (10 or 20 or 30)));
        var id = await room.Catalog.IdOf(key, default);
        (await room.Scalar<string[]>($"SELECT array_agg(reason ORDER BY open_time) FROM candle_quarantine WHERE symbol = {id.Symbol}"))
            .ShouldBe(["HighBelowLow", "PriceNotPositive", "VolumeNegative"]);
    }

    [Fact]
    public async Task A_transaction_that_is_cut_leaves_whole_batches()
    {
        var key = NewSeries();
        var candles = MadeUpCandles.Of(35_000);
        using var cut = new CancellationTokenSource();

        var saving = Task.Run(async () => await room.Store.Save(key, candles.All(), cut.Token));
        while ((await room.Catalog.Find(key, default))?.Candles is null or 0)
        {
            await Task.Delay(1);
        }
        await room.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state <> 'idle' AND datname = current_database() AND pid <> pg_backend_pid()");
        await cut.CancelAsync();
        await Should.ThrowAsync<Exception>(() => saving);

        var kept = (await room.Catalog.Find(key, default))!.Candles;
        (kept % CandleStore.BatchSize).ShouldBe(kept == 35_000 ? 5_000 : 0);
        (await room.Store.Load(key, Start, Start.AddDays(60), default)).List().ShouldBe(candles.List().Take((int)kept));
        (await room.Store.Save(key, candles.All(), default)).Stored.ShouldBe(35_000 - (int)kept);
    }

    [Fact]
    public async Task Deleting_and_replacing_keep_the_count_true()
    {
        var key = NewSeries();
        var candles = MadeUpCandles.Of(100);
        await room.Store.Save(key, candles.All(), default);

        await room.Store.Delete(key, Start, Start.AddMinutes(10), default);
        await room.Store.Replace(key, Start.AddMinutes(50), Start.AddMinutes(60), candles.Slice(50, 3), default);

        var series = (await room.Catalog.Find(key, default))!;
        series.Candles.ShouldBe(83);
        series.FirstOpen.ShouldBe(Start.AddMinutes(10));
        (await room.Store.Load(key, Start, Start.AddDays(1), default)).Count.ShouldBe(83);
    }

    [Fact]
    public async Task Series_of_two_provenances_never_mix()
    {
        var live = NewSeries() with { Source = new MarketSource("binance", Provenance.Live) };
        var recorded = live with { Source = live.Source with { Provenance = Provenance.Recorded } };
        await room.Store.Save(live, MadeUpCandles.Of(5).All(), default);
        await room.Store.Save(recorded, MadeUpCandles.Of(9, seed: 3).All(), default);

        (await room.Store.Load(live, Start, Start.AddDays(1), default)).Count.ShouldBe(5);
        (await room.Store.Load(recorded, Start, Start.AddDays(1), default)).Count.ShouldBe(9);
    }
}
