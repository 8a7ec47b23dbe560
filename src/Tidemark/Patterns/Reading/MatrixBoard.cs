using System.Collections.Concurrent;
using System.ComponentModel;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Reading;

/// <summary>All symbols by all timeframes.</summary>
public sealed record MatrixAnswer(
    [property: Description("Where the prices come from; null before a source is chosen.")] string? Source,
    [property: Description("live, recorded or synthetic; null without a source.")] Provenance? Provenance,
    [property: Description("The timeframes, shortest first; every row has a cell for each.")] IReadOnlyList<string> Timeframes,
    IReadOnlyList<MatrixRow> Rows,
    [property: Description("What the plan leaves locked.")] IReadOnlyList<Locked> Locks);

/// <summary>
/// Puts the matrix together in memory: the rows that this process's own eyes made last, and those that other processes stored, which are read
/// where an eye in the table is ahead of what is known here. Nobody waits for that reading but the first who asks.
/// </summary>
public sealed class MatrixBoard(PatternTable patterns, EyeTable eyes, SeriesCatalog catalog, SymbolRegister register, EyeRules rules, SourceInUse inUse, TimeProvider clock, ILogger<MatrixBoard> log)
{
    /// <summary>After this, an answer has others' work looked for behind it; after the longer time, it waits for that.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2), Tolerable = TimeSpan.FromSeconds(15);

    static readonly PatternKind[] Gaps = [PatternKind.FairValueGap];
    readonly ConcurrentDictionary<EyeKey, Pair> _own = new();
    readonly Lock _gate = new();
    Board? _board;
    Task<Board>? _reading;

    /// <summary>A symbol's row with all kinds, and with gaps alone.</summary>
    sealed record Pair(MatrixRow Whole, MatrixRow Gaps);

    sealed record Board(MarketSource Source, DateTimeOffset ReadAt, IReadOnlyList<Symbol> Symbols, IReadOnlyDictionary<Symbol, Pair> Rows);

    /// <summary>What an eye of this process just stored.</summary>
    public void Put(EyeKey key, MatrixRow whole, MatrixRow gaps) => _own[key] = new Pair(whole, gaps);

    public async Task<MatrixAnswer> Read(PatternSight sight, CancellationToken stop)
    {
        IReadOnlyList<string> timeframes = [.. rules.Timeframes.Select(static timeframe => timeframe.ToString())];
        if (inUse.Current is not { } source)
        {
            return new MatrixAnswer(null, null, timeframes, [], sight.Locks);
        }
        var board = await Latest(source, stop);
        return new MatrixAnswer(source.Name, source.Provenance, timeframes, [.. board.Symbols.Select(symbol => Row(board, symbol, sight))], sight.Locks);
    }

    MatrixRow Row(Board board, Symbol symbol, PatternSight sight)
    {
        if (!sight.Sees(symbol))
        {
            return MatrixRow.LockedRow(symbol.ToString(), rules.Timeframes);
        }
        var pair = Newer(board.Rows.GetValueOrDefault(symbol), _own.GetValueOrDefault(new EyeKey(board.Source, symbol)));
        return pair is null ? MatrixRow.Of(symbol.ToString(), null, rules.Timeframes, static _ => null) : sight.Kinds is null ? pair.Whole : pair.Gaps;
    }

    static Pair? Newer(Pair? read, Pair? own) => own is null || read?.Whole.ProcessedUntil > own.Whole.ProcessedUntil ? read : own;

    async Task<Board> Latest(MarketSource source, CancellationToken stop)
    {
        Board? board;
        Task<Board> reading;
        lock (_gate)
        {
            board = _board?.Source == source ? _board : null;
            var age = board is null ? TimeSpan.MaxValue : clock.GetUtcNow() - board.ReadAt;
            if (age < Fresh)
            {
                return board!;
            }
            if (_reading is null or { IsCompleted: true })
            {
                _reading = Refresh(source, board);
            }
            reading = _reading;
            board = age < Tolerable ? board : null;
        }
        return board ?? await reading.WaitAsync(stop);
    }

    async Task<Board> Refresh(MarketSource source, Board? before)
    {
        try
        {
            var board = await Build(source, before, CancellationToken.None);
            lock (_gate)
            {
                _board = board;
            }
            return board;
        }
        catch (Exception trouble)
        {
            log.LogWarning("The matrix could not be read: {Trouble}", trouble.Message);
            throw;
        }
    }

    async Task<Board> Build(MarketSource source, Board? before, CancellationToken stop)
    {
        var readAt = clock.GetUtcNow();
        var symbols = await Symbols(source, stop);
        var processed = await eyes.Processed(source, stop);
        var isKnown = before is not null && processed.All(eye => Newer(before.Rows.GetValueOrDefault(eye.Key), _own.GetValueOrDefault(new EyeKey(source, eye.Key)))?.Whole.ProcessedUntil >= eye.Value);
        if (isKnown)
        {
            return before! with { ReadAt = readAt, Symbols = symbols };
        }
        var (whole, gaps) = (Cells(await patterns.LatestActive(source, null, stop)), Cells(await patterns.LatestActive(source, Gaps, stop)));
        return new Board(source, readAt, symbols, processed.ToDictionary(static eye => eye.Key, eye => new Pair(Row(eye.Key, eye.Value, whole), Row(eye.Key, eye.Value, gaps))));
    }

    static Dictionary<(Symbol, Timeframe), (StoredPattern Latest, int Active)> Cells(IReadOnlyList<(StoredPattern Latest, int Active)> latest) =>
        latest.ToDictionary(static one => (one.Latest.Series.Symbol, one.Latest.Series.Timeframe));

    MatrixRow Row(Symbol symbol, DateTimeOffset processedUntil, Dictionary<(Symbol, Timeframe), (StoredPattern Latest, int Active)> cells) =>
        MatrixRow.Of(symbol.ToString(), processedUntil, rules.Timeframes, timeframe => cells.TryGetValue((symbol, timeframe), out var cell) ? cell : null);

    /// <summary>The symbols that are watched; of recordings, and where none is watched, those that have candles.</summary>
    async Task<IReadOnlyList<Symbol>> Symbols(MarketSource source, CancellationToken stop)
    {
        var watched = source.Provenance == Provenance.Recorded ? [] : (await register.Active(stop)).Select(static symbol => symbol.Name).ToList();
        return watched.Count > 0
            ? watched
            : [.. (await catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Candles > 0).Select(series => series.Key.Symbol).Distinct()];
    }
}
