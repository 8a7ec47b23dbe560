using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Quant.Patterns.Symbols;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Eyes;

/// <summary>Whose candles an eye watches: one symbol of one source.</summary>
public readonly record struct EyeKey(MarketSource Source, Symbol Symbol)
{
    public override string ToString() => $"{Symbol} from {Source.Name}";
}

/// <summary>A module above that makes more of the same candles, for each eye: its results stand in the eye's own transaction.</summary>
public interface IEyeFollowing
{
    /// <summary>What its results depend on besides the eye's own rules; part of the fingerprint.</summary>
    string Rules { get; }

    IEyeFollower Follow(EyeKey key, Timeframe candles);
}

/// <summary>Follows one eye. It is fed the same candles again after a restart, so what it makes of them may depend on nothing else.</summary>
public interface IEyeFollower
{
    /// <summary>Takes a closed candle and the agreement it made known; no input or output.</summary>
    void Take(in Candle candle, IReadOnlyList<Signal> agreed);

    /// <summary>What was made so far is stored already.</summary>
    void Forget();

    /// <summary>After a restart, goes on with what is stored: where that is not what it made of the candles now, the stored counts.</summary>
    Task Resume(NpgsqlConnection connection, SeriesId eye, CancellationToken stop);

    /// <summary>Writes what is not stored yet in the eye's transaction. Writing the same again changes nothing.</summary>
    Task Write(NpgsqlConnection connection, SeriesId eye, DateTimeOffset now, CancellationToken stop);

    /// <summary>What was written is committed: tells those who want to know.</summary>
    ValueTask Tell(CancellationToken stop);
}
