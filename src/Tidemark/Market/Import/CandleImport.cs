using Tidemark.Market.Candles;
using Tidemark.Platform.Database;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Import;

/// <summary>How files are to be read and under which name their candles are kept.</summary>
public sealed record ImportPlan(string SourceName, Symbol? Symbol, Timeframe? Timeframe, string? Columns, TimeUnit Unit, bool IsDryRun, bool Aggregates);

/// <summary>What one file held and what became of it.</summary>
public sealed record FileFindings(string File, string? Symbol, string? Timeframe, int Lines, int Candles, DateTimeOffset? From, DateTimeOffset? Until)
{
    public SaveResult Saved { get; init; }
    public int OutOfOrder { get; init; }
    public int Doubled { get; init; }
    public int UnreadCount { get; init; }
    public IReadOnlyList<UnreadLine> Unread { get; init; } = [];

    /// <summary>What the checks say of the candles, by kind; candles that cannot be right are kept out.</summary>
    public IReadOnlyDictionary<SeriesFault, long> Faults { get; init; } = new Dictionary<SeriesFault, long>();

    /// <summary>True where the checksum beside the file fits; null where there is none.</summary>
    public bool? ChecksumFits { get; init; }

    /// <summary>Why nothing of the file was taken.</summary>
    public string? Refusal { get; init; }
}

/// <summary>Takes recorded candles from files into series of their own provenance, and tells what it found.</summary>
public sealed class CandleImport(CandleStore store, CandleAggregation aggregation, IServiceScopeFactory scopes, TimeProvider clock)
{
    public async Task<IReadOnlyList<FileFindings>> Import(IReadOnlyList<string> files, ImportPlan plan, Action<int> progress, CancellationToken stop)
    {
        var source = new MarketSource(plan.SourceName, Provenance.Recorded);
        var began = clock.GetUtcNow();
        var findings = new List<FileFindings>();
        foreach (var file in files)
        {
            findings.Add(await Take(RecordedFile.Of(file), plan, source, stop));
            progress(findings.Count);
        }
        if (plan.IsDryRun)
        {
            return findings;
        }
        if (plan.Aggregates)
        {
            await Aggregate(findings, source, stop);
        }
        await Log(findings, source, began, stop);
        return findings;
    }

    async Task<FileFindings> Take(RecordedFile file, ImportPlan plan, MarketSource source, CancellationToken stop)
    {
        try
        {
            return await TakeReadable(file, plan, source, stop);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new FileFindings(file.Path, null, null, 0, 0, null, null) { Refusal = fault.Message };
        }
    }

    async Task<FileFindings> TakeReadable(RecordedFile file, ImportPlan plan, MarketSource source, CancellationToken stop)
    {
        var symbol = plan.Symbol ?? file.Symbol ?? throw new FormatException("The name does not tell the symbol; say it with --symbol.");
        var timeframe = plan.Timeframe ?? file.Timeframe ?? throw new FormatException("The name does not tell the timeframe; say it with --timeframe.");
        var checksum = await file.FitsChecksum(stop);
        if (checksum == false)
        {
            throw new InvalidDataException("The file does not fit the checksum beside it; fetch it again.");
        }
        var columns = file.IsBinanceDump ? CandleColumns.Binance : CandleColumns.Usual;
        var reader = new CandleRowReader(plan.Columns is null ? columns : columns.With(plan.Columns), plan.Unit, timeframe);
        var key = new SeriesKey(source, symbol, timeframe);
        var total = new FileFindings(file.Path, symbol.ToString(), timeframe.ToString(), 0, 0, null, null) { ChecksumFits = checksum };
        foreach (var rows in file.Read(reader))
        {
            var saved = plan.IsDryRun ? default : await store.SaveInBulk(key, rows.Candles.All(), stop);
            total = Add(total, rows, timeframe, saved);
        }
        return total;
    }

    static FileFindings Add(FileFindings total, CandleRows rows, Timeframe timeframe, SaveResult saved)
    {
        var faults = new Dictionary<SeriesFault, long>(total.Faults);
        foreach (var finding in SeriesChecks.Of(rows.Candles.All(), timeframe))
        {
            faults[finding.Fault] = faults.GetValueOrDefault(finding.Fault) + (finding.Fault == SeriesFault.Gap ? (long)finding.Amount : 1);
        }
        var candles = rows.Candles;
        return total with
        {
            Lines = total.Lines + rows.Lines,
            Candles = total.Candles + candles.Count,
            From = candles.Count == 0 ? total.From : total.From ?? CandleTable.TimeOf(candles.Times[0]),
            Until = candles.Count == 0 ? total.Until : CandleTable.TimeOf(timeframe.CloseOf(candles.Times[^1])),
            Saved = total.Saved + saved,
            OutOfOrder = total.OutOfOrder + rows.OutOfOrder,
            Doubled = total.Doubled + rows.Doubled,
            UnreadCount = total.UnreadCount + rows.UnreadCount,
            Unread = [.. total.Unread, .. rows.Unread],
            Faults = faults,
        };
    }

    /// <summary>New minutes make new longer candles of the days they lie in.</summary>
    async Task Aggregate(IReadOnlyList<FileFindings> findings, MarketSource source, CancellationToken stop)
    {
        foreach (var symbol in findings.Where(file => file.Saved.Stored > 0 && file.Timeframe == Timeframe.M1.ToString()).GroupBy(file => file.Symbol!))
        {
            await aggregation.Align(source, Symbol.Parse(symbol.Key), stop);
        }
    }

    async Task Log(IReadOnlyList<FileFindings> findings, MarketSource source, DateTimeOffset began, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        var saved = findings.Aggregate(default(SaveResult), (sum, file) => sum + file.Saved);
        db.Add(new FetchRun
        {
            Job = "import",
            Source = source.Name,
            Provenance = SeriesCatalog.NameOf(source.Provenance),
            StartedAt = began,
            EndedAt = clock.GetUtcNow(),
            Symbols = findings.Select(file => file.Symbol).OfType<string>().Distinct().Count(),
            Stored = saved.Stored,
            AlreadyThere = saved.AlreadyThere,
            Quarantined = saved.Quarantined,
            FailedBatches = findings.Count(file => file.Refusal is not null),
            Error = findings.FirstOrDefault(file => file.Refusal is not null) is { } refused ? $"{refused.File}: {refused.Refusal}" : null,
        });
        await db.SaveChangesAsync(stop);
    }
}
