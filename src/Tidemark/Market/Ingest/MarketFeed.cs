using Npgsql;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Settings;

namespace Tidemark.Market.Ingest;

/// <summary>Watches the market as long as the program serves: one pipeline a symbol, streams that feed them, and a new start when the list of symbols changes.</summary>
public sealed class MarketFeed(MarketConnection connection, PipelineTools tools, TidemarkSettings settings, ILogger<MarketFeed> log) : BackgroundService
{
    const int SymbolsAStream = 300, OlderAtOnce = 4;
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30), BetweenClockReadings = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Roles.Contains("market"))
        {
            return;
        }
        var ticks = PublishTicks(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await connection.Open(stoppingToken) is not { } exchange)
                {
                    return;
                }
                await Watch(exchange, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "The market is not watched; it is tried again in {Seconds} s", Pause.TotalSeconds);
                await Task.Delay(Pause, tools.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await ticks;
    }

    /// <summary>Watches the symbols that are active now, until others are.</summary>
    async Task Watch(IExchange exchange, CancellationToken stop)
    {
        var changed = tools.Register.Changed;
        var active = await tools.Register.Active(stop);
        var names = active.Select(symbol => symbol.Name).ToList();
        tools.Market.Watch(exchange.Source, names);
        tools.Progress.Keep(names);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var work = Work(exchange, active, ending.Token);
        try
        {
            // The work ends by itself only by a fault, which is not to be waited out in silence.
            await await Task.WhenAny(work, UntilOthers(active, changed, ending.Token));
        }
        finally
        {
            await ending.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Work(IExchange exchange, IReadOnlyList<TrackedSymbol> active, CancellationToken stop)
    {
        var traded = await Traded(exchange, active, stop);
        var pipelines = traded.Select(symbol => new SymbolPipeline(exchange, symbol, tools.Market.Find(symbol.Name)!, tools, log)).ToList();
        var streams = pipelines.Chunk(SymbolsAStream).Select(part => Listen(exchange, part, stop));
        await Task.WhenAll([.. pipelines.Select(pipeline => Task.Run(() => pipeline.Run(stop), CancellationToken.None)), .. streams, LoadOlder(pipelines, stop), ReadClock(exchange, stop)]);
    }

    /// <summary>The symbols that may be traded. Waits for the exchange: nothing is fetched before its clock and its limits are known.</summary>
    async Task<IReadOnlyList<TrackedSymbol>> Traded(IExchange exchange, IReadOnlyList<TrackedSymbol> active, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await exchange.ServerTime(stop);
                var instruments = (await exchange.Instruments(stop)).Where(instrument => instrument.IsTrading).Select(instrument => instrument.Symbol).ToHashSet();
                return [.. active.Where(symbol => IsTraded(symbol, instruments))];
            }
            catch (Exception silent) when (silent is ExchangeException or Polly.CircuitBreaker.BrokenCircuitException)
            {
                log.LogWarning("{Source} does not answer, it is asked again in {Seconds} s: {Reason}", exchange.Source.Name, Pause.TotalSeconds, silent.Message);
                foreach (var symbol in active)
                {
                    tools.Progress.Troubled(symbol.Name, $"{exchange.Source.Name} does not answer.");
                }
                await Task.Delay(Pause, tools.Clock, stop);
            }
        }
    }

    bool IsTraded(TrackedSymbol symbol, HashSet<Symbol> instruments)
    {
        if (instruments.Contains(symbol.Name))
        {
            return true;
        }
        log.LogError("{Symbol} is watched but not traded at this exchange now", symbol.Name);
        tools.Progress.Troubled(symbol.Name, "This exchange does not trade it now.");
        return false;
    }

    /// <summary>Measures how far the exchange's clock is from ours, again and again.</summary>
    async Task ReadClock(IExchange exchange, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(BetweenClockReadings, tools.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await exchange.ServerTime(stop);
            }
            catch (Exception silent) when (silent is ExchangeException or Polly.CircuitBreaker.BrokenCircuitException || stop.IsCancellationRequested)
            {
                log.LogDebug("The exchange's clock could not be read: {Reason}", silent.Message);
            }
        }
    }

    /// <summary>
    /// Older years come after every symbol is up to date, so that the product is useful first. A symbol in trouble does not keep the others
    /// waiting; its own older years need its newest candles before them.
    /// </summary>
    static async Task LoadOlder(IReadOnlyList<SymbolPipeline> pipelines, CancellationToken stop)
    {
        await Task.WhenAll(pipelines.Select(pipeline => pipeline.Begun)).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var atOnce = new SemaphoreSlim(OlderAtOnce);
        await Task.WhenAll(pipelines.Select(LoadOnceStored));

        async Task LoadOnceStored(SymbolPipeline pipeline)
        {
            try
            {
                await pipeline.Stored.WaitAsync(stop);
                await atOnce.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            try
            {
                await pipeline.LoadOlder(stop);
            }
            finally
            {
                atOnce.Release();
            }
        }
    }

    async Task Listen(IExchange exchange, SymbolPipeline[] pipelines, CancellationToken stop)
    {
        var bySymbol = pipelines.ToDictionary(pipeline => pipeline.Symbol);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var news in exchange.Stream(bySymbol.Keys, stop))
                {
                    Tell(news, bySymbol);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "The live stream ended; it is opened anew in {Seconds} s", Pause.TotalSeconds);
                await Task.Delay(Pause, tools.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    void Tell(MarketEvent news, Dictionary<Symbol, SymbolPipeline> pipelines)
    {
        var now = tools.Clock.GetUtcNow();
        if (news is StreamRestarted)
        {
            foreach (var pipeline in pipelines.Values)
            {
                pipeline.Hear(news, now);
            }
        }
        else if (pipelines.TryGetValue(news.Symbol, out var pipeline))
        {
            pipeline.Hear(news, now);
        }
    }

    /// <summary>Ends when other symbols are active; looks at once when this process changed them and now and then for changes of others.</summary>
    async Task UntilOthers(IReadOnlyList<TrackedSymbol> active, Task changed, CancellationToken stop)
    {
        while (true)
        {
            await Task.WhenAny(changed, Task.Delay(BetweenLooks, tools.Clock, stop));
            stop.ThrowIfCancellationRequested();
            changed = tools.Register.Changed;
            try
            {
                if (!(await tools.Register.Active(stop)).Select(Wanted).SequenceEqual(active.Select(Wanted)))
                {
                    return;
                }
            }
            catch (Exception away) when (away is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
            {
                log.LogWarning("The list of symbols could not be read; those that are watched stay watched: {Reason}", away.Message);
            }
        }

        static (Symbol, DateOnly?) Wanted(TrackedSymbol symbol) => (symbol.Name, symbol.FetchFrom);
    }

    async Task PublishTicks(CancellationToken stop)
    {
        try
        {
            await foreach (var tick in tools.Market.Ticks(stop))
            {
                await tools.Bus.Publish(tick, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }
}
