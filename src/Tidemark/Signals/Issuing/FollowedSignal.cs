using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Signals.Issuing;

/// <summary>Where a signal comes from.</summary>
public enum SignalOrigin
{
    /// <summary>Agreement of patterns over timeframes.</summary>
    Smc,

    /// <summary>A strategy of ours.</summary>
    Strategy,

    /// <summary>A person who publishes signals here.</summary>
    Provider,

    /// <summary>A TradingView alert.</summary>
    Tradingview,
}

/// <summary>How far a signal has come.</summary>
public enum SignalStatus
{
    /// <summary>Price has not come to the entry.</summary>
    Open,

    /// <summary>Entered; no target reached yet.</summary>
    Triggered,

    /// <summary>One or more targets were reached, and the rest of the position runs on.</summary>
    Target,

    /// <summary>Every target was reached.</summary>
    Completed,

    /// <summary>What was left of the position came to the stop.</summary>
    Stopped,

    /// <summary>Its time ran out.</summary>
    Expired,

    /// <summary>The same origin said the opposite before the entry.</summary>
    Cancelled,
}

/// <summary>One of the patterns a signal rests on.</summary>
public sealed record SignalBasis(string Timeframe, string Kind, DateTimeOffset KnownAt, DateTimeOffset FormedAt, ZoneView Zone, double Strength);

/// <summary>What was said when the signal was issued; nothing in it changes.</summary>
public sealed record SignalTerms
{
    public required SignalOrigin Origin { get; init; }

    /// <summary>The strategy's name; empty of other origins.</summary>
    public string Strategy { get; init; } = "";
    public required Direction Direction { get; init; }
    public required Timeframe Timeframe { get; init; }

    /// <summary>How much the timeframes agree; null of other origins.</summary>
    public ConfluenceGrade? Class { get; init; }
    public int Score { get; init; }

    /// <summary>How many timeframes agree; null of other origins.</summary>
    public int? Agreeing => Origin == SignalOrigin.Smc ? Score : null;
    public required double Entry { get; init; }
    public required double Stop { get; init; }
    public required IReadOnlyList<double> Targets { get; init; }

    /// <summary>Entered at the price of issue; otherwise price is waited for.</summary>
    public required bool EntersAtOnce { get; init; }
    public required long KnownAt { get; init; }

    /// <summary>When waiting for the entry ends.</summary>
    public required long ValidUntil { get; init; }
    public required string Rule { get; init; }
    public IReadOnlyList<SignalBasis> Basis { get; init; } = [];

    public double Risk => Math.Abs(Entry - Stop);
    public double RiskPercent => Risk / Entry * 100;

    /// <summary>A price as a multiple of the risk, positive for a profit.</summary>
    public double RiskMultipleOf(double price) => (price - Entry) * (int)Direction / Risk;
}

/// <summary>How a signal goes; times are closes of candles in UTC milliseconds.</summary>
public readonly record struct SignalLife(SignalStatus Status, long? TriggeredAt, int TargetsHit, long? EndedAt, double? Outcome, bool IsAmbiguous)
{
    public bool IsOver => EndedAt is not null;

    /// <summary>How every signal of these terms begins.</summary>
    public static SignalLife AtIssue(SignalTerms terms) => terms.EntersAtOnce
        ? new SignalLife(SignalStatus.Triggered, terms.KnownAt, 0, null, null, false)
        : new SignalLife(SignalStatus.Open, null, 0, null, null, false);
}

/// <summary>
/// Follows one signal through the shortest candles. The position leaves in equal parts at the targets; what is left leaves at the stop,
/// or at the last price when the time is over. Each part pays the cost of both sides. Where stop and target fall in one candle, the stop counts.
/// </summary>
public sealed class FollowedSignal(SignalTerms terms, double costPerSide)
{
    readonly bool _isRising = terms.Direction == Direction.Bullish;

    // A running position gets as long again as was waited for its entry.
    readonly long _holdUntil = terms.ValidUntil + (terms.ValidUntil - terms.KnownAt);
    double _taken;

    /// <summary>Goes on with a signal that has lived for a while.</summary>
    public FollowedSignal(SignalTerms terms, double costPerSide, SignalLife life)
        : this(terms, costPerSide)
    {
        Life = life;
        for (var i = 0; i < life.TargetsHit; i++)
        {
            _taken += Part(terms.Targets[i]);
        }
    }

    public SignalTerms Terms => terms;

    public SignalLife Life { get; private set; } = SignalLife.AtIssue(terms);

    /// <summary>Lives through the next candle.</summary>
    public void Next(in Candle candle, long closedAt)
    {
        if (Life.IsOver)
        {
            return;
        }
        var isWaiting = Life.Status == SignalStatus.Open;
        if (isWaiting)
        {
            Wait(candle, closedAt);
        }
        if (Life.Status is SignalStatus.Triggered or SignalStatus.Target)
        {
            Hold(candle, closedAt, entersHere: isWaiting);
        }
    }

    /// <summary>The opposite was said: nobody waits for this entry any more. A position that was entered runs on.</summary>
    public void Contradict(long at)
    {
        if (Life.Status == SignalStatus.Open)
        {
            Life = Life with { Status = SignalStatus.Cancelled, EndedAt = at };
        }
    }

    /// <summary>A pattern is confirmed after price has left it, often beyond the first target: how far price goes before it comes back does not matter, as in the figures that are measured.</summary>
    void Wait(in Candle candle, long closedAt)
    {
        if (closedAt > terms.ValidUntil)
        {
            Life = Life with { Status = SignalStatus.Expired, EndedAt = closedAt };
        }
        else if (IsEntered(candle))
        {
            Life = Life with { Status = SignalStatus.Triggered, TriggeredAt = closedAt };
        }
    }

    /// <summary>Price on its way to the stop passes the entry, so a stop in the candle of entry counts; a target there may have come before the entry and does not.</summary>
    void Hold(in Candle candle, long closedAt, bool entersHere)
    {
        var reachesNext = IsReached(candle, terms.Targets[Life.TargetsHit]);
        if (_isRising ? candle.Low <= terms.Stop : candle.High >= terms.Stop)
        {
            // Whoever held the position when price jumped over the stop got the price it jumped to.
            var jumped = !entersHere && IsBeyondStop(candle.Open);
            End(SignalStatus.Stopped, jumped ? candle.Open : terms.Stop, closedAt, isAmbiguous: reachesNext && !jumped);
            return;
        }
        if (!entersHere)
        {
            TakeTargets(candle, closedAt);
        }
        if (!Life.IsOver && closedAt > _holdUntil)
        {
            End(SignalStatus.Expired, candle.Close, closedAt, isAmbiguous: false);
        }
    }

    void TakeTargets(in Candle candle, long closedAt)
    {
        while (Life.TargetsHit < terms.Targets.Count && IsReached(candle, terms.Targets[Life.TargetsHit]))
        {
            _taken += Part(terms.Targets[Life.TargetsHit]);
            Life = Life with { Status = SignalStatus.Target, TargetsHit = Life.TargetsHit + 1 };
        }
        if (Life.TargetsHit == terms.Targets.Count)
        {
            Life = Life with { Status = SignalStatus.Completed, EndedAt = closedAt, Outcome = _taken };
        }
    }

    void End(SignalStatus status, double price, long closedAt, bool isAmbiguous)
    {
        var left = terms.Targets.Count - Life.TargetsHit;
        Life = Life with { Status = status, EndedAt = closedAt, Outcome = _taken + (left * Part(price)), IsAmbiguous = isAmbiguous };
    }

    /// <summary>What one part of the position brings that leaves at a price, after costs.</summary>
    double Part(double exit) => (terms.RiskMultipleOf(exit) - (costPerSide * (terms.Entry + exit) / terms.Risk)) / terms.Targets.Count;

    bool IsBeyondStop(double price) => _isRising ? price < terms.Stop : price > terms.Stop;

    bool IsEntered(in Candle candle) => _isRising ? candle.Low <= terms.Entry : candle.High >= terms.Entry;

    bool IsReached(in Candle candle, double target) => _isRising ? candle.High >= target : candle.Low <= target;
}
