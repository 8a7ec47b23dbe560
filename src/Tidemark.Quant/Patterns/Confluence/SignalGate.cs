namespace Tidemark.Quant.Patterns.Confluence;

/// <summary>When agreement becomes a signal; durations in hours.</summary>
/// <param name="LeastScore">Timeframes that must agree, a count.</param>
/// <param name="NeedsHigherTimeframe">Whether a high timeframe must be among them.</param>
/// <param name="QuietHours">Hours in which a symbol gives no second signal in the same direction.</param>
public sealed record SignalRules(int LeastScore = 3, bool NeedsHigherTimeframe = true, double QuietHours = 4);

/// <summary>Lets a signal of one symbol through where timeframes agree enough and the last one in that direction is long enough ago.</summary>
public sealed class SignalGate(SignalRules? rules = null)
{
    readonly SignalRules rules = rules ?? new SignalRules();
    long? latestBullish;
    long? latestBearish;

    /// <summary>Whether agreement at a moment (UTC milliseconds) is a signal; if so, the quiet time of its direction starts.</summary>
    public bool Admits(in ConfluenceScore score, long now)
    {
        if (score.Direction == Direction.Neutral || score.Score < rules.LeastScore || (rules.NeedsHigherTimeframe && !score.HasHigherTimeframe))
        {
            return false;
        }

        ref var latest = ref score.Direction == Direction.Bullish ? ref latestBullish : ref latestBearish;
        if (latest is { } before && now - before < rules.QuietHours * 3_600_000)
        {
            return false;
        }

        latest = now;
        return true;
    }
}
