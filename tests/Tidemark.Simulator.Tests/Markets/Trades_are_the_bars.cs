using FsCheck;
using FsCheck.Fluent;
using Tidemark.Simulator.Synthetic;

namespace Tidemark.Simulator.Markets;

/// <summary>Laws that hold exactly for any symbol, seed and minute.</summary>
public sealed class Trades_are_the_bars
{
    static readonly Gen<(ITape Tape, long Minute)> Anywhere =
        from symbol in Gen.Elements(Listing.All.Select(instrument => instrument.Symbol).ToArray())
        from seed in Gen.Choose(0, 5)
        from minute in Gen.Choose(0, 4_000_000)
        select ((ITape)Stretches.Tape(symbol, (ulong)seed), SyntheticTape.UsualFirstMinute + minute);

    [Fact]
    public void The_trades_of_a_minute_add_up_to_its_bar() => Holds(at =>
    {
        var trades = at.Tape.Trades(at.Minute);
        var sum = trades.Select(trade => Bar.Of(trade, at.Minute * 60_000)).Aggregate((one, other) => one.Join(other));
        return sum == at.Tape.Minute(at.Minute);
    });

    [Fact]
    public void Trades_come_in_order_inside_their_minute_with_consecutive_ids() => Holds(at =>
    {
        var trades = at.Tape.Trades(at.Minute);
        return trades.All(trade => trade.Time / 60_000 == at.Minute && trade.Quantity >= trade.Trades && trade.Price > 0)
            && trades.Zip(trades.Skip(1)).All(pair => pair.First.Time <= pair.Second.Time && pair.Second.Id == pair.First.Id + 1 && pair.Second.FirstTrade == pair.First.LastTrade + 1);
    });

    [Fact]
    public void Single_trades_add_up_to_the_aggregate() => Holds(at => at.Tape.Trades(at.Minute).All(trade =>
        trade.Split().Sum(part => part.Quantity) == trade.Quantity
        && trade.Split().All(part => part.Quantity > 0)
        && trade.Split().Last().Id == trade.LastTrade));

    [Fact]
    public void Longer_bars_are_exactly_their_minutes() => Holds(at =>
    {
        var market = new SymbolMarket(at.Tape);
        return ((string[])["3m", "5m", "1h", "4h", "1d", "1w"]).All(name =>
        {
            var interval = Interval.Find(name)!;
            var open = interval.OpenOf(Math.Max(at.Minute, SyntheticTape.UsualFirstMinute + 11_000) * 60_000);
            var minutes = at.Tape.Bars(open / 60_000, (int)(interval.Length / 60_000));
            return market.BarAt(interval, open, long.MaxValue - 1) == minutes.Aggregate((one, other) => one.Join(other));
        });
    }, runs: 15);

    [Fact]
    public void Seconds_add_up_to_their_minute() => Holds(at =>
    {
        var market = new SymbolMarket(at.Tape);
        var second = Interval.Find("1s")!;
        var seconds = Enumerable.Range(0, 60).Select(i => market.BarAt(second, (at.Minute * 60_000) + (i * 1_000), long.MaxValue - 1)).OfType<Bar>();
        return seconds.Aggregate((one, other) => one.Join(other)) with { OpenTime = at.Minute * 60_000 } == at.Tape.Minute(at.Minute);
    });

    [Fact]
    public void A_forming_bar_holds_the_trades_so_far_and_grows_into_the_closed_one() => Holds(at =>
    {
        var market = new SymbolMarket(at.Tape);
        var open = at.Minute * 60_000;
        var half = market.BarAt(Interval.OneMinute, open, open + 30_000);
        var rest = market.Between(open + 30_001, open + 60_000);
        var whole = half is { } first && rest is { } second ? first.Join(second) : half ?? rest;
        return whole == at.Tape.Minute(at.Minute) with { OpenTime = whole!.Value.OpenTime }
            && market.BarAt(Interval.OneMinute, open, open + 59_999) == at.Tape.Minute(at.Minute);
    });

    static void Holds(Func<(ITape Tape, long Minute), bool> law, int runs = 100) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(2_026, 7), Prop.ForAll(Arb.From(Anywhere), law));
}
