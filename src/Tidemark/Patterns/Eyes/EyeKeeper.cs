using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Reading;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Eyes;

/// <summary>What looking at new candles brought.</summary>
public readonly record struct Seen(long Candles, long Changes)
{
    public static Seen operator +(Seen left, Seen right) => new(left.Candles + right.Candles, left.Changes + right.Changes);
}

/// <summary>
/// Keeps the eye of one symbol up to date with its stored candles: wakes it from the table, feeds it what is new, and stores what it finds
/// in one transaction with how far it has looked. The table of candles is the truth; news of candles only say when to look.
/// </summary>
public sealed class EyeKeeper(EyeKey key, EyeTools tools) : IDisposable
{
    /// <summary>A minute that is missing before newer ones is waited for this long: the market's own repair runs every five minutes.</summary>
    static readonly TimeSpan PatienceWithGaps = TimeSpan.FromMinutes(7);

    /// <summary>Candles that are looked at in one transaction when there are many.</summary>
    const int Stretch = 50_000;

    /// <summary>Where it is further behind, candles are read past the memory that pages read from.</summary>
    static readonly TimeSpan Near = TimeSpan.FromHours(12);

    readonly SemaphoreSlim _turn = new(1);
    PatternEye? _eye;
    SeriesId _id;
    DateTimeOffset _processedUntil;
    CandleDigest _digest;

    public EyeKey Key => key;

    /// <summary>Up to when all candles have been looked at; null before the first.</summary>
    public DateTimeOffset? ProcessedUntil => _eye is null ? null : _processedUntil;

    /// <summary>Looks at all candles that are stored and not looked at yet. Trouble leaves the eye closed; the next call wakes it anew.</summary>
    public async Task<Seen> CatchUp(CancellationToken stop, DateTimeOffset? receivedAt = null)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (_eye is null && !await Wake(stop))
            {
                return default;
            }
            var seen = default(Seen);
            while (await Step(receivedAt, stop) is { Candles: > 0 } step)
            {
                seen += step;
            }
            return seen;
        }
        catch (Exception trouble)
        {
            // What is in memory may be ahead of the table now; the table is right.
            _eye = null;
            if (trouble is EyeOvertakenException)
            {
                tools.Log.LogDebug("{Eye} was overtaken by another process", key);
                return default;
            }
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes the eye what it was when it last stored something; false where there is no candle yet.</summary>
    async Task<bool> Wake(CancellationToken stop)
    {
        if (await Stored(stop) is not { } stored)
        {
            return false;
        }
        var eye = New(stored.Candles, tools, key);
        await Replay(eye, new SeriesKey(key.Source, key.Symbol, stored.Candles), stored.Anchor, stored.ProcessedUntil, tools.Store, stop);
        eye.Forget(await tools.Table.OpenRows(key, stop));
        await EndUnseen(eye, stored.ProcessedUntil, stop);
        await using (var connection = await tools.Source.OpenConnectionAsync(stop))
        {
            foreach (var follower in eye.Followers)
            {
                await follower.Resume(connection, stored.Id, stop);
            }
        }
        (_id, _processedUntil, _digest, _eye) = (stored.Id, stored.ProcessedUntil, new CandleDigest(stored.TakenCandles, stored.Digest), eye);
        return true;
    }

    Task<int> EndUnseen(PatternEye eye, DateTimeOffset until, CancellationToken stop) => tools.Table.EndUnseen(key, [.. eye.Open().Select(PatternName.Of)], until, stop);

    /// <summary>An eye with its followers, which has seen nothing yet.</summary>
    internal static PatternEye New(Timeframe candles, EyeTools tools, EyeKey key) =>
        new(candles, tools.Rules, [.. tools.Followings.Select(following => following.Follow(key, candles))]);

    /// <summary>Feeds an eye the stored candles of a range, a stretch at a time, and answers their digest.</summary>
    internal static async Task<CandleDigest> Replay(PatternEye eye, SeriesKey series, DateTimeOffset from, DateTimeOffset until, CandleStore store, CancellationToken stop)
    {
        var digest = default(CandleDigest);
        for (var start = from; start < until;)
        {
            var end = Earlier(start.AddMinutes((double)Stretch * 5 * series.Timeframe.Minutes), until);
            var candles = await store.ReadTable(series, start, end, stop);
            for (var i = 0; i < candles.Count; i++)
            {
                eye.Take(candles[i]);
                digest = digest.With(candles[i]);
            }
            start = end;
        }
        return digest;
    }

    async Task<StoredEye?> Stored(CancellationToken stop)
    {
        if (await tools.Table.Find(key, stop) is { } stored)
        {
            if (stored.Rules != tools.Rules.Fingerprint)
            {
                tools.Log.LogInformation("{Eye} is looked at by other rules from {Since:u} on", key, stored.ProcessedUntil);
                await tools.Table.ChangeRules(key, tools.Rules.Fingerprint, tools.Clock.GetUtcNow(), stop);
            }
            return stored;
        }
        var shortest = (await tools.Catalog.Stored(stop)).Where(series => series.Key.Source == key.Source && series.Key.Symbol == key.Symbol && series.Candles > 0).MinBy(series => series.Key.Timeframe.Minutes);
        if (shortest is not { FirstOpen: { } first })
        {
            return null;
        }
        await tools.Table.Open(key, shortest.Key.Timeframe, first, tools.Rules.Fingerprint, tools.Clock.GetUtcNow(), stop);
        return await tools.Table.Find(key, stop);
    }

    /// <summary>Looks at the next stretch of candles and stores what it shows.</summary>
    async Task<Seen> Step(DateTimeOffset? receivedAt, CancellationToken stop)
    {
        var eye = _eye!;
        var series = new SeriesKey(key.Source, key.Symbol, eye.Candles);
        var now = tools.Clock.GetUtcNow();
        var length = TimeSpan.FromMilliseconds(eye.Candles.Milliseconds);
        var isNear = now - _processedUntil <= Near;
        var until = isNear ? now + length : _processedUntil + (length * Stretch);
        var found = isNear ? await tools.Store.Load(series, _processedUntil, until, stop) : await tools.Store.ReadTable(series, _processedUntil, until, stop);
        var candles = WithoutFreshGaps(found, length, now);
        if (candles.Count == 0)
        {
            return isNear || found.Count > 0 ? default : await Skip(series, until, stop);
        }
        var digest = _digest;
        for (var i = 0; i < candles.Count; i++)
        {
            eye.Take(candles[i]);
            digest = digest.With(candles[i]);
        }
        var reached = CandleTable.TimeOf(eye.Candles.CloseOf(candles.Times[^1]));
        return new Seen(candles.Count, await Store(eye, reached, digest, now, receivedAt, stop));
    }

    /// <summary>Nothing is stored in a long stretch: goes on behind it, if there is anything.</summary>
    async Task<Seen> Skip(SeriesKey series, DateTimeOffset until, CancellationToken stop)
    {
        if (await tools.Catalog.Find(series, stop) is not { LastOpen: { } last } || last < until)
        {
            return default;
        }
        await Store(_eye!, until, _digest, tools.Clock.GetUtcNow(), null, stop);
        return new Seen(1, 0);
    }

    /// <summary>The candles up to the first hole that may still be filled.</summary>
    CandleSlice WithoutFreshGaps(CandleSlice candles, TimeSpan length, DateTimeOffset now)
    {
        var expected = _processedUntil.ToUnixTimeMilliseconds();
        var patience = (now - PatienceWithGaps).ToUnixTimeMilliseconds();
        for (var i = 0; i < candles.Count; i++)
        {
            if (candles.Times[i] != expected && candles.Times[i] + (long)length.TotalMilliseconds > patience)
            {
                return candles.Slice(0, i);
            }
            expected = candles.Times[i] + (long)length.TotalMilliseconds;
        }
        return candles;
    }

    async Task<long> Store(PatternEye eye, DateTimeOffset reached, CandleDigest digest, DateTimeOffset now, DateTimeOffset? receivedAt, CancellationToken stop)
    {
        var changed = eye.Changed();
        IReadOnlyDictionary<PatternName, PatternRow> rows;
        await using (var connection = await tools.Source.OpenConnectionAsync(stop))
        await using (var transaction = await connection.BeginTransactionAsync(stop))
        {
            await EyeTable.Advance(connection, key, _id, _processedUntil, reached, digest, now, stop);
            rows = await EyeTable.Write(connection, _id, changed, now, stop);
            foreach (var follower in eye.Followers)
            {
                await follower.Write(connection, _id, now, stop);
            }
            await transaction.CommitAsync(stop);
        }
        var isNewHour = Timeframe.H1.Floor(reached) > _processedUntil;
        (_processedUntil, _digest) = (reached, digest);
        PatternEye.Name(rows, changed);
        if (isNewHour)
        {
            await EndUnseen(eye, reached, stop);
        }
        await Tell(() => tools.Herald.Tell(new EyeNews(key, eye, reached, changed, now, receivedAt), stop), stop);
        eye.Settle();
        foreach (var follower in eye.Followers)
        {
            await Tell(() => follower.Tell(stop), stop);
        }
        return changed.Count;
    }

    /// <summary>What is to be told is stored already: news that fail are lost, and nothing else is.</summary>
    async Task Tell(Func<ValueTask> news, CancellationToken stop)
    {
        try
        {
            await news();
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            tools.Log.LogWarning(trouble, "News of {Eye} could not be told", key);
        }
    }

    static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    public void Dispose() => _turn.Dispose();
}
