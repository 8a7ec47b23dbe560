using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies;

public sealed class Shared_columns
{
    const int Candles = 50_000;

    static readonly CandleSlice Market = Markets.Hours(1, Candles).All();

    [Fact]
    public void Are_computed_once_for_all_who_ask()
    {
        var store = new ColumnStore(Market, Timeframe.H1, long.MaxValue);
        var seen = 0;
        var request = Counting("closes", () => Interlocked.Increment(ref seen));

        Parallel.For(0, 8, _ => store.Of(request)[0][Candles - 1].ShouldBe(Market.Closes[^1]));

        seen.ShouldBe(Candles);
    }

    [Fact]
    public void Stop_soon_when_told_and_are_whole_for_whoever_asks_next()
    {
        var store = new ColumnStore(Market, Timeframe.H1, long.MaxValue);
        using var stop = new CancellationTokenSource();
        var seen = 0;
        var request = Counting("closes", () =>
        {
            if (++seen == 100)
            {
                stop.Cancel();
            }
        });

        Should.Throw<OperationCanceledException>(() => store.Of(request, stop.Token));
        seen.ShouldBeLessThan(Candles / 2);

        var column = store.Of(request)[0];
        (column[0], column[Candles - 1]).ShouldBe((Market.Closes[0], Market.Closes[^1]));
    }

    static ColumnRequest Counting(string key, Action onCandle) => new(key, 1, _ => new Closes(onCandle));

    sealed class Closes(Action onCandle) : Runner<Candle>
    {
        public override void Next(in Candle input, Span<double> outputs)
        {
            onCandle();
            outputs[0] = input.Close;
        }
    }
}
