using System.ComponentModel;
using Tidemark.Alerts.Engine;
using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Rehearsing;

/// <summary>A moment an alert would have told.</summary>
public sealed record RehearsedMoment(
    DateTimeOffset At,
    double Price,
    [property: Description("Where the price was an hour later, as a fraction of it; null where that is not known.")] double? MoveHour,
    [property: Description("A day later.")] double? MoveDay);

/// <summary>How an alert would have fared over stored candles.</summary>
public sealed record RehearsalResult(
    string Market,
    [property: Description("Where the prices come from.")] string Source,
    [property: Description("live, recorded or synthetic: what made-up prices did says nothing of a market.")] Provenance Provenance,
    string Description,
    [property: Description("The candles that were gone through.")] string Timeframe,
    [property: Description("From when candles are there, 90 days back at most.")] DateTimeOffset From,
    DateTimeOffset Until,
    double Days,
    int Candles,
    [property: Description("Whether this is enough to judge by: a week of candles, without many missing.")] bool IsEnough,
    [property: Description("What limits it, in words; null where nothing does.")] string? Note,
    [property: Description("How often it would have told. One that tells once is counted each time its condition became true.")] int Times,
    double TimesAWeek,
    [property: Description("The newest of them, oldest first; 1000 at most.")] IReadOnlyList<RehearsedMoment> Moments,
    [property: Description("Null below ten cases.")] double? MedianMoveHour,
    [property: Description("Cases behind it.")] int CasesHour,
    double? MedianMoveDay,
    int CasesDay);

/// <summary>
/// Goes through the stored candles of the last 90 days with the same books that judge live ones. Work is bounded: where a formula is too much for all
/// of it, the period is shorter, and says so.
/// </summary>
public sealed class Rehearsal(CandleStore store, SeriesCatalog catalog, IEnumerable<IAlertFeed> feeds, TimeProvider clock) : IDisposable
{
    const int MostMoments = 1_000, FewestCases = 10, AtOnce = 2;
    const long MostSteps = 1_000_000_000;
    static readonly TimeSpan Period = TimeSpan.FromDays(90), Enough = TimeSpan.FromDays(7), Tolerance = TimeSpan.FromMinutes(15);

    readonly SemaphoreSlim _places = new(AtOnce);

    public Task<RehearsalResult> Run(AlertTerms terms, MarketSource source, CancellationToken stop) => InTurn(() => Go(terms, source, stop), stop);

    /// <summary>Waits for its turn: few go at once, so that nobody's rehearsals and previews slow down what is live.</summary>
    public async Task<T> InTurn<T>(Func<Task<T>> work, CancellationToken stop)
    {
        await _places.WaitAsync(stop);
        try
        {
            return await Task.Run(work, stop);
        }
        finally
        {
            _places.Release();
        }
    }

    async Task<RehearsalResult> Go(AlertTerms terms, MarketSource source, CancellationToken stop)
    {
        var timeframe = terms.JudgedOn == JudgedOn.Candles ? terms.Timeframe : Timeframe.M1;
        var series = new SeriesKey(source, terms.Symbol, timeframe);
        var until = timeframe.Floor(clock.GetUtcNow());
        if (source.Provenance == Provenance.Recorded && await catalog.Find(series, stop) is { LastOpen: { } last })
        {
            until = last.AddMinutes(timeframe.Minutes);
        }
        var period = PeriodOf(terms, timeframe);
        var candles = await store.ReadTable(series, until - period, until, stop);
        var due = await Judge(Repeating(terms), series, candles, until - period, until, stop);
        var moments = due.Select(one => Moment(one.At, one.Price, candles, timeframe)).ToList();
        return Result(terms, series, candles, until, period, moments);
    }

    /// <summary>One that tells once would tell once: what its owner wants to know is how often its condition becomes true.</summary>
    static AlertTerms Repeating(AlertTerms terms) =>
        terms.Rule.Repeat == Repeat.Once ? terms with { IsIntrabar = false, Rule = terms.Rule with { Repeat = Repeat.EveryTime, CooldownMinutes = terms.JudgedOn == JudgedOn.Price ? 1 : 0, ExpiresAt = null } }
        : terms with { IsIntrabar = false, Rule = terms.Rule with { ExpiresAt = null } };

    static TimeSpan PeriodOf(AlertTerms terms, Timeframe timeframe)
    {
        if (terms.Formula is not { } formula)
        {
            return Period;
        }
        var affordable = TimeSpan.FromMinutes((double)(MostSteps / Math.Max(1, formula.StepsPerCandle)) * timeframe.Minutes);
        return affordable < Period ? affordable : Period;
    }

    async Task<List<Due>> Judge(AlertTerms terms, SeriesKey series, CandleSlice candles, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var due = new List<Due>();
        var alert = new WatchedAlert(1, terms) { ArmedAt = from.ToUnixTimeMilliseconds() };
        switch (terms.JudgedOn)
        {
            case JudgedOn.Price:
                var book = new PriceBook();
                book.Add(alert);
                for (var i = 0; i < candles.Count; i++)
                {
                    book.Minute(candles[i], due);
                    Pause(i, stop);
                }
                break;
            case JudgedOn.Candles:
                var group = new FormulaGroup(terms);
                group.Add(alert);
                group.Settle(await store.ReadTable(series, from - (group.CandlesToSettle * TimeSpan.FromMinutes(series.Timeframe.Minutes)), from, stop));
                for (var i = 0; i < candles.Count; i++)
                {
                    group.Close(candles[i], due);
                    Rest(i, stop);
                }
                break;
            default:
                foreach (var feed in feeds.Where(feed => feed.Of == terms.JudgedOn))
                {
                    Hear(alert, await feed.Known(series.Source, [terms.Symbol], from, until, 20_000, stop), due);
                }
                break;
        }
        return due;
    }

    static void Hear(WatchedAlert alert, IReadOnlyList<MarketNews> news, List<Due> due)
    {
        foreach (var one in news)
        {
            var at = one.KnownAt.ToUnixTimeMilliseconds();
            if (alert.MayTell(at) && NewsRules.Fits(alert.Terms, one))
            {
                alert.Tell(at, at);
                due.Add(new Due(alert, alert.Triggers, at, at, one.Price, null));
            }
        }
    }

    static void Pause(int i, CancellationToken stop)
    {
        if (i % 10_000 == 0)
        {
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A formula may take as long for one candle as a price for a thousand.</summary>
    internal static void Rest(int i, CancellationToken stop)
    {
        if (i % 64 == 0)
        {
            stop.ThrowIfCancellationRequested();
        }
    }

    static RehearsedMoment Moment(long at, double price, CandleSlice candles, Timeframe timeframe) =>
        new(CandleTable.TimeOf(at), price, Moves.After(at, price, TimeSpan.FromHours(1), candles, timeframe), Moves.After(at, price, TimeSpan.FromDays(1), candles, timeframe));

    static RehearsalResult Result(AlertTerms terms, SeriesKey series, CandleSlice candles, DateTimeOffset until, TimeSpan period, List<RehearsedMoment> moments)
    {
        var from = candles.Count > 0 ? CandleTable.TimeOf(candles.Times[0]) : until;
        var covered = until - from;
        var expected = covered.TotalMinutes / series.Timeframe.Minutes;
        var isFull = candles.Count >= expected * 0.95;
        var (hour, casesHour) = Median(moments.Select(moment => moment.MoveHour));
        var (day, casesDay) = Median(moments.Select(moment => moment.MoveDay));
        string?[] notes =
        [
            candles.Count == 0 ? "There are no candles of this market yet." : covered < Enough ? $"Only {covered.TotalDays:0.#} days of candles are there." : null,
            candles.Count > 0 && !isFull ? $"{1 - (candles.Count / expected):P0} of the candles are missing." : null,
            period < Period ? $"The formula is much work: {period.TotalDays:0.#} days were gone through." : null,
            terms.IsIntrabar ? "Gone through on closed candles; within them it may tell earlier, and oftener." : null,
        ];
        var said = string.Join(' ', notes.OfType<string>());
        return new RehearsalResult(
            series.Symbol.ToString(), series.Source.Name, series.Source.Provenance, terms.Description, series.Timeframe.ToString(), from, until, Math.Round(covered.TotalDays, 2), candles.Count,
            covered >= Enough - Tolerance && isFull, said.Length > 0 ? said : null,
            moments.Count, covered > TimeSpan.Zero ? Math.Round(moments.Count / Math.Max(1, covered.TotalDays) * 7, 2) : 0,
            moments.Count <= MostMoments ? moments : moments[^MostMoments..], hour, casesHour, day, casesDay);
    }

    static (double? Median, int Cases) Median(IEnumerable<double?> moves)
    {
        var known = moves.OfType<double>().Order().ToList();
        return (known.Count < FewestCases ? null : Math.Round((known[(known.Count - 1) / 2] + known[known.Count / 2]) / 2, 6), known.Count);
    }

    public void Dispose() => _places.Dispose();
}

/// <summary>How far a price went after a moment.</summary>
static class Moves
{
    /// <summary>The close so long after, as a fraction of a price; null where no candle closes about then.</summary>
    public static double? After(long at, double price, TimeSpan later, CandleSlice candles, Timeframe timeframe)
    {
        var then = at + (long)later.TotalMilliseconds;
        var index = LastClosedBy(then, candles, timeframe);
        var isNear = index >= 0 && then - timeframe.CloseOf(candles.Times[index]) < Math.Max(timeframe.Milliseconds, 10 * 60_000);
        return isNear && (index < candles.Count - 1 || timeframe.CloseOf(candles.Times[index]) >= then) && price > 0 ? Math.Round((candles.Closes[index] / price) - 1, 6) : null;
    }

    static int LastClosedBy(long then, CandleSlice candles, Timeframe timeframe)
    {
        var place = candles.Times.BinarySearch(then - timeframe.Milliseconds);
        return place >= 0 ? place : ~place - 1;
    }
}
