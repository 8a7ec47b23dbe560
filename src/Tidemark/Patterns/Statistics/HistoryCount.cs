using Tidemark.Patterns.Eyes;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Patterns.Symbols;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Statistics;

/// <summary>Counts what became of every pattern in the history of a symbol, candle by candle and without looking ahead.</summary>
public sealed class HistoryCount : ISymbolObserver
{
    readonly SymbolPatterns _patterns;
    readonly Timeframe[] _timeframes;
    readonly List<(Timeframe Timeframe, int Number, Direction Direction)> _fresh = [];
    readonly Dictionary<(Timeframe, int), ConfluenceGrade> _classes = [];
    readonly List<Signal> _signals = [];
    readonly List<Direction>[] _said;
    long _nextHour;

    public HistoryCount(Timeframe candles, EyeRules rules)
    {
        _timeframes = [.. rules.Over(candles)];
        _said = [.. _timeframes.Select(static _ => new List<Direction>())];
        _patterns = new SymbolPatterns(candles, _timeframes, rules.Options, rules.Gate, rules.CostPerSide, this);
    }

    public Dictionary<SampleGroup, OutcomeSamples> Groups { get; } = [];
    public long Candles { get; private set; }

    public void Take(CandleSlice candles)
    {
        for (var i = 0; i < candles.Count; i++)
        {
            _patterns.Next(candles[i], _signals);
            if (candles.Times[i] >= _nextHour)
            {
                Listen(candles.Times[i]);
            }
        }
        _signals.Clear();
        Candles += candles.Count;
    }

    /// <summary>How alike each pair of timeframes spoke, hour by hour.</summary>
    public IReadOnlyList<TimeframePair> Correlations()
    {
        var pairs = new List<TimeframePair>();
        for (var first = 0; first < _timeframes.Length; first++)
        {
            for (var second = first + 1; second < _timeframes.Length; second++)
            {
                pairs.Add(new(_timeframes[first].Minutes, _timeframes[second].Minutes, Math.Round(IndependentConfirmations.Correlation(_said[first], _said[second]), 4)));
            }
        }
        return pairs;
    }

    void Listen(long time)
    {
        _nextHour = Timeframe.H1.BucketOf(time) + Timeframe.H1.Milliseconds;
        var views = _patterns.Views;
        for (var i = 0; i < _said.Length; i++)
        {
            _said[i].Add(views[i].Direction);
        }
    }

    void ISymbolObserver.PatternConfirmed(Timeframe timeframe, in Pattern pattern, TradePlan? plan) => _fresh.Add((timeframe, pattern.Number, pattern.Direction));

    void ISymbolObserver.TimeframesWeighed(in ConfluenceScore score)
    {
        foreach (var (timeframe, number, direction) in _fresh)
        {
            _classes[(timeframe, number)] = direction == score.Direction ? score.Grade : ConfluenceGrade.Weak;
        }
        _fresh.Clear();
    }

    void ISymbolObserver.OutcomeKnown(in Pattern pattern, in PatternOutcome outcome)
    {
        _classes.Remove((outcome.Timeframe, pattern.Number), out var grade);
        var group = new SampleGroup(outcome.Kind, outcome.Timeframe, outcome.Direction, grade);
        if (!Groups.TryGetValue(group, out var samples))
        {
            Groups[group] = samples = new OutcomeSamples();
        }
        samples.Add(pattern, outcome);
    }

    void ISymbolObserver.PatternTouched(Timeframe timeframe, in Pattern pattern, in PatternLife life)
    {
        // The outcome tells when it was touched.
    }

    void ISymbolObserver.PatternEnded(Timeframe timeframe, in Pattern pattern, in PatternLife life)
    {
        // The outcome follows once its trade is over.
    }
}

/// <summary>How alike two timeframes speak: the correlation of their directions.</summary>
public sealed record TimeframePair(int First, int Second, double Correlation);
