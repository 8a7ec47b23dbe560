using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

/// <summary>
/// All of one symbol from its shortest candles, one at a time: the patterns of each timeframe, what they say together,
/// the signals that pass the gate, and the record of how finished patterns went.
/// </summary>
public sealed class SymbolPatterns
{
    readonly Timeframe source;
    readonly TimeframeLadder ladder;
    readonly TimeframePatterns[] parts;
    readonly CandleSeries?[] closed;
    readonly SignalGate gate;
    readonly ISymbolObserver? observer;

    /// <summary>Prepares a symbol; timeframes are the source or multiples of it. The cost is a fraction of the price, for each of the two sides of a trade.</summary>
    public SymbolPatterns(
        Timeframe source,
        IEnumerable<Timeframe> timeframes,
        PatternOptions? options = null,
        SignalRules? rules = null,
        double costPerSide = 0,
        ISymbolObserver? observer = null)
    {
        this.source = source;
        this.observer = observer;
        parts = [.. timeframes.Distinct().Order().Select(timeframe => new TimeframePatterns(timeframe, options, Record, costPerSide, observer))];
        ladder = new TimeframeLadder(source, parts.Select(part => part.Timeframe).Where(timeframe => timeframe != source));
        closed = [.. parts.Select(part => part.Timeframe == source ? null : ladder.Closed(part.Timeframe))];
        gate = new SignalGate(rules);
    }

    /// <summary>How finished patterns went, by kind, timeframe and direction.</summary>
    public OutcomeBook Record { get; } = new();

    /// <summary>What each timeframe says: the direction of its latest confirmed pattern that is still active.</summary>
    public IReadOnlyList<TimeframeView> Views => [.. parts.Select(part => part.View)];

    /// <summary>How much the timeframes agree now.</summary>
    public ConfluenceScore Confluence => ConfluenceScore.Of(Views);

    /// <summary>The engine of a timeframe, to be read only.</summary>
    public PatternEngine Engine(Timeframe timeframe) => Part(timeframe).Engine;

    /// <summary>The active patterns of a timeframe without those that others cover, oldest first.</summary>
    public IReadOnlyList<Pattern> Shown(Timeframe timeframe)
    {
        var open = new List<(Pattern Pattern, PatternLife Life)>();
        Part(timeframe).Engine.CopyOpen(open);
        return OverlapFilter.Shown(open.Select(entry => entry.Pattern), timeframe);
    }

    /// <summary>Takes the next closed candle of the source timeframe and adds the signals it makes known.</summary>
    public void Next(in Candle candle, ICollection<Signal> signals)
    {
        // Buckets whose last candles are missing ended before this candle: what they confirm, it may already trade.
        ladder.CloseUpTo(candle.OpenTime);
        Feed(signals);
        foreach (var part in parts)
        {
            part.Trade(candle);
        }

        ladder.Next(candle);
        if (parts is [var shortest, ..] && shortest.Timeframe == source)
        {
            shortest.Next(candle);
        }

        Feed(signals);
    }

    void Feed(ICollection<Signal> signals)
    {
        var news = false;
        for (var i = 0; i < parts.Length; i++)
        {
            if (closed[i] is { } series)
            {
                parts[i].CatchUp(series);
            }

            news |= parts[i].HasNews;
        }

        if (!news)
        {
            return;
        }

        TimeframePatterns? trigger = null;
        var score = Confluence;
        observer?.TimeframesWeighed(score);
        foreach (var part in parts)
        {
            trigger = score.Direction != Direction.Neutral && part.News?.Direction == score.Direction ? part : trigger;
        }

        // A pattern without a plan makes no signal, so it does not keep the next from making one either.
        if (trigger?.News is { } pattern && trigger.PlanOf(pattern) is { } plan && gate.Admits(score, pattern.KnownAt))
        {
            signals.Add(new Signal(pattern.KnownAt, score, trigger.Timeframe, pattern, plan) { Support = SupportOf(score.Direction) });
        }

        foreach (var part in parts)
        {
            part.ForgetNews();
        }
    }

    SignalSupport[] SupportOf(Direction direction) =>
        [.. parts.Where(part => part.Engine.LatestOpen?.Direction == direction).Select(part => new SignalSupport(part.Timeframe, part.Engine.LatestOpen!.Value))];

    TimeframePatterns Part(Timeframe timeframe) =>
        Array.Find(parts, part => part.Timeframe == timeframe) ?? throw new ArgumentException($"{timeframe} is not looked at", nameof(timeframe));
}
