using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Patterns.Symbols;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Eyes;

/// <summary>A pattern that an eye sees, with its life so far and what of it is stored.</summary>
public sealed class SeenPattern(Timeframe timeframe, in Pattern pattern, TradePlan? plan)
{
    public Timeframe Timeframe => timeframe;
    public Pattern Pattern { get; } = pattern;
    public TradePlan? Plan => plan;
    public PatternLife Life { get; private set; } = new(PatternStatus.Active, null, null, 0);

    /// <summary>Its row in the table; null where it has none (yet).</summary>
    public PatternRow? Row { get; private set; }

    /// <summary>The life as it is stored; null where the pattern is not stored yet.</summary>
    public PatternLife? Stored { get; private set; }

    public bool IsChanged => Stored != Life;

    public void Live(in PatternLife life) => Life = life;

    public void Settle() => Stored = Life;

    public void Name(PatternRow row) => Row = row;
}

/// <summary>
/// Watches one symbol, candle by candle, on every timeframe, and keeps what is not stored yet. A plain class: the server feeds it from the
/// live market, a verb from the table, a replay from the past, and the same candles give the same results.
/// </summary>
public sealed class PatternEye : ISymbolObserver
{
    readonly SymbolPatterns _patterns;
    readonly Timeframe[] _timeframes;
    readonly Dictionary<(Timeframe, int), SeenPattern> _open = [];
    readonly List<SeenPattern> _ended = [];
    readonly List<Signal> _agreed = [];
    readonly List<(Pattern Pattern, PatternLife Life)> _lives = [];
    readonly IReadOnlyList<IEyeFollower> _followers;

    public PatternEye(Timeframe candles, EyeRules rules, IReadOnlyList<IEyeFollower>? followers = null)
    {
        _timeframes = [.. rules.Over(candles)];
        _followers = followers ?? [];
        Candles = candles;
        _patterns = new SymbolPatterns(candles, _timeframes, rules.Options, rules.Gate, rules.CostPerSide, this);
    }

    /// <summary>The length of the candles it is fed.</summary>
    public Timeframe Candles { get; }

    public IReadOnlyList<IEyeFollower> Followers => _followers;

    /// <summary>Candles taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Takes the next closed candle.</summary>
    public void Take(in Candle candle)
    {
        _agreed.Clear();
        _patterns.Next(candle, _agreed);
        foreach (var follower in _followers)
        {
            follower.Take(candle, _agreed);
        }
        Taken++;
    }

    /// <summary>The patterns that are not stored as they are now, in the order of their confirmation.</summary>
    public IReadOnlyList<SeenPattern> Changed()
    {
        FollowFills();
        return [.. _ended.Where(static seen => seen.IsChanged).Concat(_open.Values.Where(static seen => seen.IsChanged))
            .OrderBy(static seen => seen.Pattern.KnownAt).ThenBy(static seen => seen.Timeframe).ThenBy(static seen => seen.Pattern.Number)];
    }

    /// <summary>The open patterns, oldest first.</summary>
    public IReadOnlyList<SeenPattern> Open()
    {
        FollowFills();
        return [.. _open.Values.OrderBy(static seen => seen.Pattern.KnownAt)];
    }

    /// <summary>All that was found so far is stored.</summary>
    public void Settle()
    {
        foreach (var seen in _open.Values)
        {
            seen.Settle();
        }
        _ended.Clear();
    }

    /// <summary>All that was found so far was stored before, the open patterns in these rows; nothing of it is told again.</summary>
    public void Forget(IReadOnlyDictionary<PatternName, PatternRow> rows)
    {
        FollowFills();
        Name(rows, _open.Values);
        Settle();
        foreach (var follower in _followers)
        {
            follower.Forget();
        }
    }

    public static void Name(IReadOnlyDictionary<PatternName, PatternRow> rows, IEnumerable<SeenPattern> patterns)
    {
        foreach (var seen in patterns)
        {
            if (rows.TryGetValue(PatternName.Of(seen), out var row))
            {
                seen.Name(row);
            }
        }
    }

    /// <summary>The engine tells touches and ends; how far a touched pattern is filled it only tells when asked.</summary>
    void FollowFills()
    {
        foreach (var timeframe in _timeframes)
        {
            _lives.Clear();
            _patterns.Engine(timeframe).CopyOpen(_lives);
            foreach (var (pattern, life) in _lives)
            {
                _open[(timeframe, pattern.Number)].Live(life);
            }
        }
    }

    void ISymbolObserver.PatternConfirmed(Timeframe timeframe, in Pattern pattern, TradePlan? plan) =>
        _open.Add((timeframe, pattern.Number), new SeenPattern(timeframe, pattern, plan));

    void ISymbolObserver.PatternTouched(Timeframe timeframe, in Pattern pattern, in PatternLife life) => _open[(timeframe, pattern.Number)].Live(life);

    void ISymbolObserver.PatternEnded(Timeframe timeframe, in Pattern pattern, in PatternLife life)
    {
        _open.Remove((timeframe, pattern.Number), out var seen);
        seen!.Live(life);
        _ended.Add(seen);
    }

    void ISymbolObserver.TimeframesWeighed(in ConfluenceScore score)
    {
        // Agreement comes back as signals; what each pattern was weighed with matters to statistics only.
    }

    void ISymbolObserver.OutcomeKnown(in Pattern pattern, in PatternOutcome outcome)
    {
        // Outcomes are counted over the whole of history by the statistics.
    }
}
