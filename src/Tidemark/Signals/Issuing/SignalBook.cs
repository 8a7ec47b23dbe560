using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Symbols;
using Tidemark.Quant.Series;

namespace Tidemark.Signals.Issuing;

/// <summary>A signal of a book, with what of it is stored.</summary>
public sealed class BookedSignal(FollowedSignal signal)
{
    public SignalTerms Terms => signal.Terms;
    public SignalLife Life => signal.Life;
    public SignalLife? Stored { get; private set; }
    public bool IsChanged => Stored != signal.Life;

    /// <summary>As it stands in the table after the last write; null where it does not.</summary>
    public StoredSignal? Row { get; set; }

    public void Next(in Candle candle, long closedAt) => signal.Next(candle, closedAt);
    public void Contradict(long at) => signal.Contradict(at);
    public void Settle() => Stored = signal.Life;
}

/// <summary>
/// Makes the signals of one symbol and follows them candle by candle: agreement of patterns, and where it is wanted the baseline strategy.
/// A plain class that depends on its candles alone; an eye feeds it and stores what it makes.
/// </summary>
public sealed class SignalBook(EyeKey key, Timeframe candles, double costPerSide, bool withStrategy, SignalTable table, SignalHerald herald) : IEyeFollower
{
    readonly List<BookedSignal> _open = [];
    readonly List<BookedSignal> _ended = [];
    readonly MeanReversion? _strategy = withStrategy ? new MeanReversion(candles) : null;

    public EyeKey Key => key;

    /// <summary>What is not stored as it is now, in the order of issue.</summary>
    public IReadOnlyList<BookedSignal> Changed => [.. _ended.Concat(_open).Where(static booked => booked.IsChanged).OrderBy(static booked => booked.Terms.KnownAt)];

    public void Take(in Candle candle, IReadOnlyList<Signal> agreed)
    {
        // What a candle that opens later made known was known before that candle and trades in it.
        for (var i = 0; i < agreed.Count; i++)
        {
            if (agreed[i].KnownAt <= candle.OpenTime)
            {
                Open(TermsOf(agreed[i]));
            }
        }
        Live(candle);
        for (var i = 0; i < agreed.Count; i++)
        {
            if (agreed[i].KnownAt > candle.OpenTime)
            {
                Open(TermsOf(agreed[i]));
            }
        }
        if (_strategy?.Next(candle) is { } terms)
        {
            Open(terms);
        }
    }

    void Live(in Candle candle)
    {
        var closedAt = candles.CloseOf(candle.OpenTime);
        for (var i = 0; i < _open.Count; i++)
        {
            _open[i].Next(candle, closedAt);
        }
        MoveEnded();
    }

    void Open(SignalTerms terms)
    {
        foreach (var other in _open.Where(other => other.Terms.Origin == terms.Origin && other.Terms.Direction != terms.Direction))
        {
            other.Contradict(terms.KnownAt);
        }
        MoveEnded();
        _open.Add(new BookedSignal(new FollowedSignal(terms, costPerSide)));
    }

    void MoveEnded()
    {
        _ended.AddRange(_open.Where(static booked => booked.Life.IsOver));
        _open.RemoveAll(static booked => booked.Life.IsOver);
    }

    static SignalTerms TermsOf(Signal signal)
    {
        var (entry, stop) = (signal.Plan.Entry, signal.Plan.Stop);
        var (side, risk) = ((int)signal.Score.Direction, Math.Abs(entry - stop));
        return new SignalTerms
        {
            Origin = SignalOrigin.Smc,
            Direction = signal.Score.Direction,
            Timeframe = signal.Timeframe,
            Class = signal.Score.Grade,
            Score = signal.Score.Score,
            Entry = entry,
            Stop = stop,
            Targets = [entry + (side * risk), entry + (side * 2 * risk), entry + (side * 3 * risk)],
            EntersAtOnce = signal.Plan.EntersAtOnce,
            KnownAt = signal.KnownAt,
            ValidUntil = PatternExpiry.EndOf(signal.KnownAt, signal.Timeframe),
            Rule = $"confluence of {signal.Score.Score} timeframes, entry by the {signal.Pattern.Kind.Code()} on {signal.Timeframe}",
            Basis = [.. signal.Support.Select(static support => new SignalBasis(
                support.Timeframe.ToString(), support.Pattern.Kind.Code(), CandleTable.TimeOf(support.Pattern.KnownAt), CandleTable.TimeOf(support.Pattern.Anchor.OpenTime),
                new ZoneView(support.Pattern.Zone.Bottom, support.Pattern.Zone.Top), support.Pattern.Strength))],
        };
    }

    public void Forget()
    {
        _ended.Clear();
        _open.ForEach(static booked => booked.Settle());
    }

    /// <summary>What runs by the table is followed, by the terms it was issued with, whatever other rules or repaired candles would make of it now; nothing else is.</summary>
    public async Task Resume(NpgsqlConnection connection, SeriesId eye, CancellationToken stop)
    {
        _open.Clear();
        foreach (var stored in await table.Running(connection, eye, stop))
        {
            var booked = new BookedSignal(new FollowedSignal(stored.Terms, costPerSide, stored.Life));
            booked.Settle();
            _open.Add(booked);
        }
    }

    public Task Write(NpgsqlConnection connection, SeriesId eye, DateTimeOffset now, CancellationToken stop) => table.Write(connection, key, eye, Changed, now, stop);

    public async ValueTask Tell(CancellationToken stop)
    {
        var changed = Changed;
        try
        {
            foreach (var booked in changed)
            {
                await herald.Tell(booked, stop);
            }
        }
        finally
        {
            foreach (var booked in changed)
            {
                booked.Settle();
            }
            _ended.Clear();
        }
    }
}
