using System.ComponentModel;
using System.Threading.Channels;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Ingest;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Replays;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;

namespace Tidemark.Patterns.Scans;

/// <summary>What an operator may have done now.</summary>
public enum ScanKind
{
    /// <summary>Look at all stored candles: what was not looked at is, and what was is recomputed and compared.</summary>
    Scan,

    /// <summary>Fetch the candles since the last stored ones.</summary>
    Fetch,

    /// <summary>Fetch, then scan.</summary>
    Cycle,
}

/// <summary>A run that an operator asked for.</summary>
public sealed record ScanRun(
    string Id,
    ScanKind Kind,
    DateTimeOffset StartedAt,
    [property: Description("Null while it runs.")] DateTimeOffset? EndedAt,
    [property: Description("What it does now: waiting, fetching, looking, comparing or done.")] string Stage,
    int Symbols,
    [property: Description("Symbols done in this stage.")] int SymbolsDone,
    [property: Description("Minutes fetched.")] long Fetched,
    [property: Description("Candles that had not been looked at before.")] long Candles,
    [property: Description("Patterns found or changed.")] long Changes,
    [property: Description("Facts recomputed and compared.")] long Compared,
    [property: Description("Facts that came out otherwise.")] long Rewritten,
    [property: Description("Why it did not run to its end; null where it did.")] string? Error);

/// <summary>Does one run at a time in the background and tells how far it has come.</summary>
public sealed class ScanDesk(EyeRoom room, Replay replay, LatestFetch fetch, SymbolRegister register, MarketConnection connection, SourceInUse inUse, Hub hub, IdSource ids, TimeProvider clock, ILogger<ScanDesk> log) : BackgroundService
{
    public const string Channel = "scans";

    readonly Channel<ScanRun> _asked = System.Threading.Channels.Channel.CreateBounded<ScanRun>(1);
    readonly Lock _gate = new();
    volatile ScanRun? _run;

    /// <summary>The run that is under way, or the last one; null before the first.</summary>
    public ScanRun? Latest => _run;

    /// <summary>Begins a run; refuses while another is under way.</summary>
    public ScanRun Begin(ScanKind kind)
    {
        lock (_gate)
        {
            if (_run is { EndedAt: null })
            {
                throw new TidemarkException(ErrorCode.AlreadyRunning);
            }
            var run = new ScanRun("scan_" + ids.Next()[..16], kind, clock.GetUtcNow(), null, "waiting", 0, 0, 0, 0, 0, 0, 0, null);
            _run = run;
            _asked.Writer.TryWrite(run);
            return run;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var asked in _asked.Reader.ReadAllAsync(stoppingToken))
            {
                await Do(asked, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    async Task Do(ScanRun run, CancellationToken stop)
    {
        try
        {
            if (run.Kind != ScanKind.Scan)
            {
                run = await Fetch(run, stop);
            }
            if (run.Kind != ScanKind.Fetch)
            {
                run = await Compare(await Look(run, stop), stop);
            }
            await Tell(run with { Stage = "done", EndedAt = clock.GetUtcNow() }, stop);
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            log.LogError(trouble, "A {Kind} that an operator asked for failed", run.Kind);
            await Tell((_run ?? run) with { Stage = "done", EndedAt = clock.GetUtcNow(), Error = trouble.Message }, stop);
        }
    }

    async Task<ScanRun> Fetch(ScanRun run, CancellationToken stop)
    {
        var exchange = await connection.Open(stop) ?? throw new TidemarkException(ErrorCode.ExchangeUnavailable);
        var symbols = await register.Active(stop);
        run = await Tell(run with { Stage = "fetching", Symbols = symbols.Count }, stop);
        long fetched = 0;
        var done = await fetch.Run(exchange, symbols, (_, _) => minutes => Interlocked.Add(ref fetched, minutes), stop) ?? throw new TidemarkException(ErrorCode.AlreadyRunning, "A fetch is running already, here or elsewhere.");
        var failed = done.Select(static one => one.Error ?? one.Result.Failure).FirstOrDefault(static error => error is not null);
        return await Tell(run with { SymbolsDone = done.Count, Fetched = Interlocked.Read(ref fetched), Error = failed }, stop);
    }

    Task<ScanRun> Look(ScanRun run, CancellationToken stop) => ForAll(run, "looking", async (key, going) =>
    {
        var seen = await room.Look(key, going);
        return so => so with { Candles = so.Candles + seen.Candles, Changes = so.Changes + seen.Changes };
    }, stop);

    Task<ScanRun> Compare(ScanRun run, CancellationToken stop) => ForAll(run, "comparing", async (key, going) =>
    {
        var result = await replay.Run(key, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, going);
        return so => so with { Compared = so.Compared + (result?.Facts ?? 0), Rewritten = so.Rewritten + (result?.Rewritten ?? 0) };
    }, stop);

    /// <summary>Does the same for every symbol, two at a time for each core, as one waits for the database half of its time, and tells after each.</summary>
    async Task<ScanRun> ForAll(ScanRun run, string stage, Func<EyeKey, CancellationToken, Task<Func<ScanRun, ScanRun>>> work, CancellationToken stop)
    {
        var keys = await Keys(stop);
        run = await Tell(run with { Stage = stage, Symbols = keys.Count, SymbolsDone = 0 }, stop);
        using var turn = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount, CancellationToken = stop }, async (key, going) =>
        {
            var add = await work(key, going);
            await turn.WaitAsync(going);
            try
            {
                run = await Tell(add(run) with { SymbolsDone = run.SymbolsDone + 1 }, going);
            }
            finally
            {
                turn.Release();
            }
        });
        return run;
    }

    async Task<IReadOnlyList<EyeKey>> Keys(CancellationToken stop) => inUse.Current is { } source ? await room.Keys(source, stop) : [];

    async Task<ScanRun> Tell(ScanRun run, CancellationToken stop)
    {
        _run = run;
        await hub.Publish(Channel, run, stop);
        return run;
    }
}
