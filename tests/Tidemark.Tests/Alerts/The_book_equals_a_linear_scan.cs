using FsCheck;
using FsCheck.Fluent;
using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts;

/// <summary>What the ladders find is what looking at every alert at every tick would find: neither more nor less, nor at another time.</summary>
public sealed class The_book_equals_a_linear_scan
{
    const long Start = 1_763_726_400_000;

    static readonly AlertCondition[] Kinds = [AlertCondition.PriceAbove, AlertCondition.PriceBelow, AlertCondition.PriceCrossesAbove, AlertCondition.PriceCrossesBelow, AlertCondition.PriceCrosses];

    sealed record Wish(AlertCondition Condition, int Threshold, Repeat Repeat, int Cooldown, int Bar, int ArmedAfter, int? ExpiresAfter, bool HasHours);

    /// <summary>A tick, and what the minutes that closed before it were: what the stream told of them may have been less, or more.</summary>
    sealed record Move(int Seconds, int Low, int Rest, int High, int Elsewhere, int Wider);

    [Fact]
    public void Whatever_the_prices_do()
    {
        var wishes = from condition in Gen.Elements(Kinds)
                     from threshold in Gen.Choose(90, 110)
                     from repeat in Gen.Elements(Repeat.Once, Repeat.OncePerBar, Repeat.EveryTime)
                     from cooldown in Gen.Choose(1, 4)
                     from bar in Gen.Elements(1, 5)
                     from armed in Gen.Choose(0, 400)
                     from expires in Gen.Elements<int?>(null, null, 500, 900)
                     from hours in Gen.Elements(false, false, true)
                     select new Wish(condition, threshold, repeat, cooldown, bar, armed, expires, hours);
        var moves = from seconds in Gen.Choose(0, 45)
                    from low in Gen.Choose(88, 112)
                    from rest in Gen.Choose(0, 3)
                    from high in Gen.Choose(0, 4)
                    from elsewhere in Gen.Choose(-4, 4)
                    from wider in Gen.Choose(0, 4)
                    select new Move(seconds, low, Math.Min(rest, high), high, elsewhere, wider);
        var cases = from asked in wishes.ListOf(25) from path in moves.ListOf(80) select (asked.ToList(), path.ToList());
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            Found(one.Item1, one.Item2, byBook: true).ShouldBe(Found(one.Item1, one.Item2, byBook: false));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    static List<string> Found(List<Wish> wishes, List<Move> path, bool byBook)
    {
        var alerts = wishes.Select((wish, i) => new WatchedAlert(i + 1, Terms(wish)) { ArmedAt = Start + (wish.ArmedAfter * 1_000) }).ToList();
        var book = new PriceBook();
        alerts.ForEach(book.Add);
        var scan = new Scan(alerts);
        var (at, minute, found, due) = (Start, Start, new List<string>(), new List<Due>());
        foreach (var move in path)
        {
            at += move.Seconds * 1_000;
            Take(() => book.Tick(move.Low + move.Rest, move.Low, move.Low + move.High, at, due), () => scan.Tick(move.Low + move.Rest, move.Low, move.Low + move.High, at, due));
            for (; minute + 60_000 <= at; minute += 60_000)
            {
                var low = move.Low + move.Elsewhere;
                var candle = new Candle(minute, low + (move.Wider / 2), low + move.Wider, low, low + Math.Min(move.Rest, move.Wider), 1);
                Take(() => book.Minute(candle, due), () => scan.Minute(candle, due));
            }
        }
        return found;

        void Take(Action byLadders, Action byScan)
        {
            due.Clear();
            (byBook ? byLadders : byScan)();
            found.AddRange(due.OrderBy(one => one.Alert.Id).Select(one => $"{one.Alert.Id} {one.Number} {one.At} {one.Bar} {one.Price}"));
        }
    }

    static AlertTerms Terms(Wish wish) => new(
        new Symbol("BTC", "USDT"), wish.Condition,
        new FiringRule(wish.Repeat, Timeframe.OfMinutes(wish.Bar), wish.Cooldown)
        {
            ExpiresAt = wish.ExpiresAfter is { } after ? Start + (after * 1_000) : null,
            Hours = wish.HasHours ? new ActiveHours(new TimeOnly(12, 3), new TimeOnly(12, 9), TimeZoneInfo.Utc) : null,
        })
    {
        Threshold = wish.Threshold,
        Description = "",
    };

    /// <summary>The same rules, asked of every alert every time.</summary>
    sealed class Scan(List<WatchedAlert> alerts)
    {
        double _last = double.NaN, _closed = double.NaN;
        long _tickedAt = long.MinValue;

        public void Tick(double price, double low, double high, long at, List<Due> due)
        {
            var before = double.IsNaN(_last) ? price : _last;
            foreach (var alert in alerts)
            {
                if (at >= alert.ArmedAt && alert.MayTell(at) && Holds(alert, Passing.Of(alert.Terms, before, low, high, price), low, high))
                {
                    Tell(alert, at, at - (at % 60_000), price, low, high, due);
                }
            }
            (_last, _tickedAt) = (price, at);
        }

        public void Minute(in Candle minute, List<Due> due)
        {
            var (opened, closes, before) = (minute.OpenTime, minute.OpenTime + 60_000, double.IsNaN(_closed) ? minute.Open : _closed);
            _closed = minute.Close;
            foreach (var alert in alerts)
            {
                var isWhole = opened >= alert.ArmedAt;
                var (low, high) = isWhole ? (minute.Low, minute.High) : (minute.Close, minute.Close);
                if (closes > alert.ArmedAt && alert.MayTell(opened) && Holds(alert, isWhole && Passing.Of(alert.Terms, before, minute), low, high))
                {
                    Tell(alert, closes, opened, minute.Close, low, high, due);
                }
            }
            if (_tickedAt < closes)
            {
                _last = minute.Close;
            }
        }

        static bool Holds(WatchedAlert alert, bool passed, double low, double high) =>
            alert.NeedsEdge ? passed : alert.Terms.Condition == AlertCondition.PriceAbove ? high > alert.Terms.Threshold : low < alert.Terms.Threshold;

        static void Tell(WatchedAlert alert, long at, long bar, double price, double low, double high, List<Due> due)
        {
            var fulfilling = alert.Terms.Condition switch
            {
                AlertCondition.PriceAbove or AlertCondition.PriceCrossesAbove => price > alert.Terms.Threshold ? price : high,
                AlertCondition.PriceBelow or AlertCondition.PriceCrossesBelow => price < alert.Terms.Threshold ? price : low,
                _ => price,
            };
            alert.Tell(at, bar);
            due.Add(new Due(alert, alert.Triggers, at, bar, fulfilling, null));
        }
    }
}
