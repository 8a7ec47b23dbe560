using System.Collections.Frozen;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Reading;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Statistics;

/// <summary>The figures beside every pattern, in memory; read anew when they were computed anew.</summary>
public sealed class ReliabilityBook(NpgsqlDataSource source, StatisticsTable table, SeriesCatalog catalog)
{
    readonly record struct Key(MarketSource Source, Symbol? Symbol, PatternKind Kind, Timeframe Timeframe, Direction Direction);

    volatile FrozenDictionary<Key, Reliability> _figures = FrozenDictionary<Key, Reliability>.Empty;
    volatile FrozenDictionary<(MarketSource, Symbol), StatisticsRun> _runs = FrozenDictionary<(MarketSource, Symbol), StatisticsRun>.Empty;

    volatile ILookup<MarketSource, ClassRow> _classes = Array.Empty<(MarketSource Source, ClassRow Row)>().ToLookup(static one => one.Source, static one => one.Row);

    /// <summary>When the figures in memory were computed; null of none.</summary>
    public DateTimeOffset? ComputedAt { get; private set; }

    /// <summary>The figures of the pattern's own symbol where there are enough cases, else those of all symbols of its source; null where there are none.</summary>
    public Reliability? Of(StoredPattern pattern) => Of(pattern.Series.Source, pattern.Series.Symbol, pattern.Kind, pattern.Series.Timeframe, pattern.Direction);

    public Reliability? Of(MarketSource from, Symbol symbol, PatternKind kind, Timeframe timeframe, Direction direction)
    {
        var own = _figures.GetValueOrDefault(new Key(from, symbol, kind, timeframe, direction));
        return own is { IsEnough: true } ? own : _figures.GetValueOrDefault(new Key(from, null, kind, timeframe, direction)) ?? own;
    }

    /// <summary>What each class of agreement added in a source, weakest first.</summary>
    public IReadOnlyList<ClassRow> Classes(MarketSource of) => [.. _classes[of].OrderBy(static row => row.Class)];

    public ClassRow? Class(MarketSource of, ConfluenceGrade grade) => _classes[of].FirstOrDefault(row => row.Class == grade);

    /// <summary>How many independent confirmations some timeframes of a symbol are worth together; null where that was not measured.</summary>
    public double? Independent(MarketSource from, Symbol symbol, IReadOnlyCollection<Timeframe> timeframes)
    {
        if (!_runs.TryGetValue((from, symbol), out var run))
        {
            return null;
        }
        var minutes = timeframes.Select(static timeframe => timeframe.Minutes).ToHashSet();
        var pairs = run.Correlations.Where(pair => minutes.Contains(pair.First) && minutes.Contains(pair.Second)).Select(static pair => pair.Correlation).ToList();
        return pairs.Count == minutes.Count * (minutes.Count - 1) / 2 ? Math.Round(IndependentConfirmations.Count(minutes.Count, pairs), 2) : null;
    }

    public async Task Load(CancellationToken stop)
    {
        var runs = new Dictionary<(MarketSource, Symbol), StatisticsRun>();
        foreach (var run in await table.Runs(stop))
        {
            if (await catalog.KeyOf(new SeriesId(run.Source, run.Symbol, 1), stop) is { } key)
            {
                runs[(key.Source, key.Symbol)] = run;
            }
        }
        var figures = new Dictionary<Key, Reliability>();
        await using var command = source.CreateCommand(
            $"""
            SELECT {Columns}
            FROM pattern_statistics s
            JOIN market_sources o ON o.id = s.source
            LEFT JOIN market_symbols y ON y.id = s.symbol
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var from = new MarketSource(rows.GetString(0), SeriesCatalog.ProvenanceOf(rows.GetString(1)));
            var symbol = rows.IsDBNull(2) ? (Symbol?)null : Symbol.Parse(rows.GetString(2));
            figures[new Key(from, symbol, PatternWords.KindOf(rows.GetString(4)), Timeframe.OfMinutes(rows.GetInt16(3)), PatternWords.DirectionOf(rows.GetString(5)))] = Read(rows, from, symbol);
        }
        await rows.CloseAsync();
        (_figures, _runs, _classes) = (figures.ToFrozenDictionary(), runs.ToFrozenDictionary(), await ReadClasses(stop));
        ComputedAt = runs.Count == 0 ? null : runs.Values.Max(static run => run.ComputedAt);
    }

    /// <summary>Reads the figures anew where they were computed since, by this node or another.</summary>
    public async Task LoadIfNewer(CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT max(computed_at) FROM pattern_statistics_runs");
        if (await command.ExecuteScalarAsync(stop) is DateTime computed && new DateTimeOffset(computed) != ComputedAt)
        {
            await Load(stop);
        }
    }

    internal const string Columns =
        """
        o.name, o.provenance, y.name, s.timeframe, s.kind, s.direction, s.cases, s.decided, s.hit_rate, s.hit_low, s.hit_high, s.fill_rate, s.fill_low, s.fill_high,
        s.hours_to_touch, s.hours_to_fill, s.entered, s.expectancy, s.expectancy_low, s.expectancy_high, s.ambiguous, s.first_at, s.until
        """;

    internal static Reliability Read(NpgsqlDataReader rows, MarketSource from, Symbol? symbol) => new(
        rows.GetInt32(6), rows.GetInt32(7) >= Reliability.Least, rows.GetInt32(7), Number(rows, 8), Number(rows, 9), Number(rows, 10), Number(rows, 11), Number(rows, 12), Number(rows, 13),
        Number(rows, 14), Number(rows, 15), rows.GetInt32(16), Number(rows, 17), Number(rows, 18), Number(rows, 19), rows.GetInt32(20),
        rows.GetFieldValue<DateTimeOffset>(21), rows.GetFieldValue<DateTimeOffset>(22), symbol?.ToString() ?? Reliability.AllSymbols, from.Provenance);

    async Task<ILookup<MarketSource, ClassRow>> ReadClasses(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT o.name, o.provenance, c.class, c.cases, c.decided, c.hit_rate, c.hit_low, c.hit_high, c.base_rate, c.expectancy, c.expectancy_low, c.expectancy_high, c.first_at, c.until
            FROM confluence_statistics c
            JOIN market_sources o ON o.id = c.source
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var read = new List<(MarketSource Source, ClassRow Row)>();
        while (await rows.ReadAsync(stop))
        {
            var grade = Enum.Parse<ConfluenceGrade>(rows.GetString(2), ignoreCase: true);
            var (hit, anyway) = (Number(rows, 5), Number(rows, 8));
            read.Add((new MarketSource(rows.GetString(0), SeriesCatalog.ProvenanceOf(rows.GetString(1))), new ClassRow(
                grade, ConfluenceView.NameOf(grade), rows.GetInt32(3), rows.GetInt32(4), rows.GetInt32(4) >= Reliability.Least, hit, Number(rows, 6), Number(rows, 7), anyway,
                hit is { } rate && anyway is > 0 ? Math.Round(rate / anyway.Value, 4) : null, Number(rows, 9), Number(rows, 10), Number(rows, 11), rows.GetFieldValue<DateTimeOffset>(12), rows.GetFieldValue<DateTimeOffset>(13))));
        }
        return read.ToLookup(static one => one.Source, static one => one.Row);
    }

    static double? Number(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : Math.Round(rows.GetDouble(column), 4);
}
