using System.ComponentModel;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Reading;
using Tidemark.Patterns.Statistics;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Reading;

/// <summary>One of the patterns a signal rests on, with how earlier ones of its kind went.</summary>
public sealed record BasisView(string Timeframe, string Code, DateTimeOffset KnownAt, DateTimeOffset FormedAt, ZoneView Zone, double Strength, Reliability? Record);

/// <summary>A signal: arithmetic on patterns and prices, no advice and no promise.</summary>
public sealed record SignalView(
    long Id,
    string Symbol,
    [property: Description("Where the prices come from.")] string Source,
    [property: Description("live, recorded or synthetic.")] Provenance Provenance,
    [property: Description("smc: agreement of patterns; strategy; provider; tradingview.")] SignalOrigin Origin,
    [property: Description("The strategy's name; null of other origins.")] string? Strategy,
    [property: Description("bullish or bearish.")] Direction Direction,
    [property: Description("The same as an order: BUY or SELL.")] string Action,
    [property: Description("The timeframe of the pattern that made it, or of the strategy.")] string Timeframe,
    [property: Description("How much the timeframes agree; null of other origins.")] ConfluenceGrade? Class,
    [property: Description("The name of the class: Standard, High or Highest; a name, not a measurement.")] string? Reliability,
    [property: Description("How many timeframes agree.")] int Score,
    [property: Description("How many independent confirmations they are worth; null where that was not measured.")] double? IndependentConfirmations,
    [property: Description("The patterns it rests on, shortest timeframe first.")] IReadOnlyList<BasisView> Basis,
    [property: Description("Price of entry, in the quote currency.")] double Entry,
    [property: Description("Price at which the idea is wrong.")] double StopLoss,
    [property: Description("Prices to take profit at, nearest first; the position leaves in equal parts.")] IReadOnlyList<double> Targets,
    [property: Description("The nearest target.")] double TakeProfit,
    [property: Description("What is lost at the stop, in percent of the entry.")] double RiskPercent,
    [property: Description("Entered at the price of issue; otherwise price is waited for.")] bool EntersAtOnce,
    [property: Description("When it could be known, the close of a candle, UTC.")] DateTimeOffset KnownAt,
    [property: Description("When it was issued here, UTC.")] DateTimeOffset IssuedAt,
    [property: Description("Waiting for the entry ends here, UTC.")] DateTimeOffset ValidUntil,
    [property: Description("Found when it was too late to act on it, in history that was caught up with; not in the chain.")] bool IsRetrospective,
    [property: Description("open, triggered, target (some reached), completed (all reached), stopped, expired or cancelled.")] SignalStatus Status,
    [property: Description("When price came to the entry, UTC.")] DateTimeOffset? TriggeredAt,
    [property: Description("Targets reached.")] int TargetsHit,
    DateTimeOffset? EndedAt,
    [property: Description("The result after costs, in multiples of the risk; null while it runs and where it was never entered.")] double? OutcomeR,
    [property: Description("Stop and target fell in one candle; the stop was counted.")] bool IsAmbiguous,
    [property: Description("How it came about.")] string Rule,
    [property: Description("Hash of its row in the public chain; null where it is retrospective.")] string? Hash,
    [property: Description("How earlier signals of its origin, strategy and class went; null before one has ended.")] SignalRecord? Record,
    [property: Description("What its class of agreement added to the patterns it was measured on; null where there is no class, or before that is computed.")] ClassRow? ClassRecord)
{
    public static SignalView Of(StoredSignal signal, SignalFigures figures)
    {
        var (terms, life, from, book) = (signal.Terms, signal.Life, signal.Of, figures.Patterns);
        return new SignalView(
            signal.Id, from.Symbol.ToString(), from.Source.Name, from.Source.Provenance, terms.Origin, terms.Strategy.Length > 0 ? terms.Strategy : null, terms.Direction,
            terms.Direction == Direction.Bullish ? "BUY" : "SELL", terms.Timeframe.ToString(), terms.Class, terms.Class is { } grade ? ConfluenceView.NameOf(grade) : null, terms.Score,
            terms.Basis.Count > 1 ? book.Independent(from.Source, from.Symbol, [.. terms.Basis.Select(static basis => Quant.Series.Timeframe.Parse(basis.Timeframe))]) : null,
            [.. terms.Basis.Select(basis => new BasisView(
                basis.Timeframe, basis.Kind, basis.KnownAt, basis.FormedAt, basis.Zone, basis.Strength,
                book.Of(from.Source, from.Symbol, PatternWords.KindOf(basis.Kind), Quant.Series.Timeframe.Parse(basis.Timeframe), terms.Direction)))],
            terms.Entry, terms.Stop, terms.Targets, terms.Targets[0], Math.Round(terms.RiskPercent, 4), terms.EntersAtOnce, CandleTable.TimeOf(terms.KnownAt), signal.IssuedAt, CandleTable.TimeOf(terms.ValidUntil),
            signal.IsRetrospective, life.Status, Time(life.TriggeredAt), life.TargetsHit, Time(life.EndedAt), life.Outcome is { } outcome ? Math.Round(outcome, 4) : null, life.IsAmbiguous, terms.Rule, signal.Hash,
            figures.Signals.Of(signal), terms.Class is { } weighed ? book.Class(from.Source, weighed) : null);
    }

    public SignalView WithoutRecords() => this with { Basis = [.. Basis.Select(static basis => basis with { Record = null })], Record = null, ClassRecord = null };

    static DateTimeOffset? Time(long? at) => at is { } time ? CandleTable.TimeOf(time) : null;
}
