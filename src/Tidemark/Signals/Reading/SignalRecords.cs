using System.Collections.Frozen;
using System.ComponentModel;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Statistics;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Statistics;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Reading;

/// <summary>How earlier signals of the same origin, strategy and class went: what was measured, never what is promised.</summary>
public sealed record SignalRecord(
    [property: Description("Signals that have ended.")] int Cases,
    [property: Description("Those of them that were never entered.")] int NotEntered,
    [property: Description("Those that reached the first target or the stop.")] int Decided,
    [property: Description("Whether there are 30 decided ones or more; below that there are no rates.")] bool IsEnough,
    [property: Description("How often the first target came before the stop, as a fraction; null under 30.")] double? HitRate,
    [property: Description("Lower end of its 95 % interval (Wilson).")] double? HitRateLow,
    [property: Description("Upper end of its 95 % interval.")] double? HitRateHigh,
    [property: Description("Mean result of the entered ones after costs, in multiples of the risk; null under 30.")] double? ExpectancyR,
    [property: Description("Lower end of its 95 % interval.")] double? ExpectancyRLow,
    [property: Description("Upper end of its 95 % interval.")] double? ExpectancyRHigh,
    [property: Description("Median hours from issue to the end, of the entered ones; null under 30.")] double? MedianHours,
    [property: Description("Signals in which stop and target fell in one candle; the stop was counted.")] int Ambiguous,
    [property: Description("First signal counted, UTC.")] DateTimeOffset From,
    [property: Description("Last end counted, UTC.")] DateTimeOffset Until,
    [property: Description("live, recorded or synthetic: figures are never mixed.")] Provenance Provenance)
{
    [Description("Whether these were recomputed from history instead of issued at the time; so while fewer than 30 issued ones are decided.")]
    public bool IsRecomputed { get; init; }

    [Description("Decided signals that were issued at the time.")]
    public int DecidedIssued { get; init; }

    [Description("Decided signals that were recomputed from history.")]
    public int DecidedRecomputed { get; init; }

    /// <summary>What was issued counts where it is enough; else what was recomputed stands for it, and says so.</summary>
    public static SignalRecord Choose(SignalRecord? issued, SignalRecord? recomputed)
    {
        var isRecomputed = recomputed is not null && issued is not { IsEnough: true };
        return (isRecomputed ? recomputed! : issued!) with { IsRecomputed = isRecomputed, DecidedIssued = issued?.Decided ?? 0, DecidedRecomputed = recomputed?.Decided ?? 0 };
    }

    public static SignalRecord Of(Provenance provenance, int cases, int hits, int misses, int ambiguous, DateTimeOffset from, DateTimeOffset until, double[] results, double[] hours)
    {
        var decided = hits + misses;
        var rate = decided >= Reliability.Least ? Interval.Wilson(hits, decided) : null;
        var mean = results.Length < Reliability.Least ? null : results.Length > MostResampled ? Interval.OfMean(results) : Interval.BootstrapOfMean(results, new Random(results.Length), Resamples);
        var median = hours.Length >= Reliability.Least ? Interval.OfMedian(hours) : null;
        return new SignalRecord(
            cases, cases - results.Length, decided, decided >= Reliability.Least, Rounded(rate?.Estimate), Rounded(rate?.Low), Rounded(rate?.High), Rounded(mean?.Estimate), Rounded(mean?.Low), Rounded(mean?.High),
            Rounded(median?.Estimate), ambiguous, from, until, provenance);
    }

    /// <summary>Above so many results the normal approximation is as good as the bootstrap, and free.</summary>
    const int MostResampled = 1_000;

    const int Resamples = 500;

    static double? Rounded(double? value) => value is { } number ? Math.Round(number, 4) : null;
}

/// <summary>The records of signals in memory; read anew every few minutes, by whoever asks first.</summary>
public sealed class SignalRecords(NpgsqlDataSource source, TimeProvider clock, ILogger<SignalRecords> log) : BackgroundService
{
    static readonly TimeSpan BetweenReads = TimeSpan.FromMinutes(5);

    readonly record struct Key(MarketSource Source, SignalOrigin Origin, string Strategy, ConfluenceGrade? Class);

    volatile FrozenDictionary<Key, SignalRecord> _records = FrozenDictionary<Key, SignalRecord>.Empty;

    /// <summary>How signals like this one went; null before one of them has ended.</summary>
    public SignalRecord? Of(StoredSignal signal) => _records.GetValueOrDefault(new Key(signal.Of.Source, signal.Terms.Origin, signal.Terms.Strategy, signal.Terms.Class));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Load(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogWarning("Records of signals could not be read: {Trouble}", trouble.Message);
            }
            await Task.Delay(BetweenReads, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task Load(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT o.name, o.provenance, s.origin, s.strategy, s.class, count(*), count(*) FILTER (WHERE s.targets_hit > 0), count(*) FILTER (WHERE s.targets_hit = 0 AND s.status = 'stopped'),
                   count(*) FILTER (WHERE s.ambiguous), min(s.known_at), max(s.ended_at),
                   coalesce(array_agg(s.outcome) FILTER (WHERE s.outcome IS NOT NULL), '{}'),
                   coalesce(array_agg(extract(epoch FROM s.ended_at - s.known_at)::double precision / 3600) FILTER (WHERE s.outcome IS NOT NULL), '{}'),
                   s.retrospective
            FROM signals s
            JOIN market_sources o ON o.id = s.source
            WHERE s.ended_at IS NOT NULL
            GROUP BY o.name, o.provenance, s.origin, s.strategy, s.class, s.retrospective
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var records = new Dictionary<Key, (SignalRecord? Issued, SignalRecord? Recomputed)>();
        while (await rows.ReadAsync(stop))
        {
            var from = new MarketSource(rows.GetString(0), SeriesCatalog.ProvenanceOf(rows.GetString(1)));
            var key = new Key(from, Enum.Parse<SignalOrigin>(rows.GetString(2), ignoreCase: true), rows.GetString(3), rows.IsDBNull(4) ? null : Enum.Parse<ConfluenceGrade>(rows.GetString(4), ignoreCase: true));
            var record = SignalRecord.Of(
                from.Provenance, (int)rows.GetInt64(5), (int)rows.GetInt64(6), (int)rows.GetInt64(7), (int)rows.GetInt64(8),
                rows.GetFieldValue<DateTimeOffset>(9), rows.GetFieldValue<DateTimeOffset>(10), rows.GetFieldValue<double[]>(11), rows.GetFieldValue<double[]>(12));
            var both = records.GetValueOrDefault(key);
            records[key] = rows.GetBoolean(13) ? both with { Recomputed = record } : both with { Issued = record };
        }
        _records = records.ToFrozenDictionary(static both => both.Key, static both => SignalRecord.Choose(both.Value.Issued, both.Value.Recomputed));
    }
}

/// <summary>What is measured beside every signal.</summary>
public sealed record SignalFigures(ReliabilityBook Patterns, SignalRecords Signals);
