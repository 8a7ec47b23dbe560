using System.Globalization;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Replays;
using Tidemark.Patterns.Stored;
using Tidemark.Signals.Reading;

namespace Tidemark.Signals.Issuing;

/// <summary>Compares recomputed signals with the stored ones.</summary>
public sealed class SignalWitness(SignalReader reader) : IReplayWitness
{
    const int Most = 100_000;

    public IEnumerable<KnownAt> Found(PatternEye eye) =>
        eye.Followers.OfType<SignalBook>().SelectMany(static book => book.Changed).SelectMany(static booked => Facts(booked.Terms, booked.Life));

    public async Task<IReadOnlyList<KnownAt>> Stored(EyeKey key, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var stored = await reader.Newest(new SignalFilter { Source = key.Source, Symbols = [key.Symbol], From = from, To = until }, null, Most, stop);
        return [.. stored.Where(static one => one.Terms.Origin is SignalOrigin.Smc or SignalOrigin.Strategy).SelectMany(static one => Facts(one.Terms, one.Life))];
    }

    static IEnumerable<KnownAt> Facts(SignalTerms terms, SignalLife life)
    {
        var knownAt = CandleTable.TimeOf(terms.KnownAt);
        var name = Text($"{terms.Origin} {terms.Strategy} signal {terms.Direction.Word()} of {knownAt.UtcDateTime:yyyy-MM-dd HH:mm}");
        yield return new KnownAt(knownAt, Text($"{name}: issued, entry {terms.Entry:R}, stop {terms.Stop:R}, first target {terms.Targets[0]:R}, {terms.Class} {terms.Score}, {terms.Rule}"));
        if (life.TriggeredAt is { } triggered)
        {
            yield return new KnownAt(CandleTable.TimeOf(triggered), Text($"{name}: triggered {triggered}"));
        }
        if (life.EndedAt is { } ended)
        {
            yield return new KnownAt(CandleTable.TimeOf(ended), Text($"{name}: {life.Status} {ended}, {life.TargetsHit} targets, outcome {life.Outcome:R}"));
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
