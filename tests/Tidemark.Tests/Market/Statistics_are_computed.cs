using Tidemark.Market.Statistics;
using Tidemark.Platform.Jobs;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market;

public sealed class Statistics_are_computed(CandleRoom room) : IClassFixture<CandleRoom>
{
    [Fact]
    public async Task From_the_last_price_and_those_before_it()
    {
        var minutes = MadeUpCandles.Of(1_600);
        await room.Store.Save(Minutes, minutes.All(), default);
        var job = new ComputeStatsJob(room.Source, [], TimeProvider.System);

        (await job.Run(new JobRun(1, "compute-stats", Start), default))["symbols"].ShouldBe(1);
        await room.Store.Save(Minutes, MadeUpCandles.Of(1_601).Slice(1_600, 1), default);
        await job.Run(new JobRun(2, "compute-stats", Start), default);

        var day = MadeUpCandles.Of(1_601).All().List();
        var last = day[1_600].Close;
        (await room.Scalar<double>("SELECT last_price FROM market_statistics")).ShouldBe(last);
        (await room.Scalar<double>("SELECT change1h FROM market_statistics")).ShouldBe((last / day[1_540].Close) - 1, 1e-12);
        (await room.Scalar<double>("SELECT change24h FROM market_statistics")).ShouldBe((last / day[160].Close) - 1, 1e-12);
        (await room.Scalar<bool>("SELECT change7d IS NULL FROM market_statistics")).ShouldBeTrue();
        (await room.Scalar<double>("SELECT high24h FROM market_statistics")).ShouldBe(day[161..].Max(candle => candle.High));
        (await room.Scalar<double>("SELECT volume24h FROM market_statistics")).ShouldBe(day[161..].Sum(candle => candle.Volume), 1e-6);
        (await room.Scalar<long>("SELECT candles FROM market_statistics")).ShouldBe(1_601);
    }
}
