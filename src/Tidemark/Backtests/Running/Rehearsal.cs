using System.Diagnostics;
using System.Text.Json;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Strategies;
using Tidemark.Market;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Running;

/// <summary>
/// Judges a made-up run once the start's own work is over, and keeps nothing of it: the first run of a process would else wait until all it
/// needs is compiled, which takes longer than the run.
/// </summary>
public sealed class Rehearsal(Experiment experiment, RunTable table, RunViews views, TidemarkSettings settings, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Rehearsal> log) : BackgroundService
{
    const int Bars = 96 * 250, Seed = 20_251_113;
    const double BusyShare = 0.3;
    const string Request = """{"strategyName":"rsi","symbol":"BTC/USDT","timeframe":"15m","period":"30d","parameters":{"period":14}}""";

    static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!RunWorkers.AreHere(settings) || !settings.IsOn("REHEARSE_BACKTEST"))
            {
                return;
            }
            await lifetime.UntilStarted(stoppingToken);
            await UntilQuiet(stoppingToken);
            var began = Stopwatch.GetTimestamp();
            await Rehearse(stoppingToken);
            log.LogDebug("Rehearsed a backtest in {Elapsed:N0} ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nothing depends on it.
        }
        catch (Exception trouble)
        {
            log.LogWarning(trouble, "A backtest could not be rehearsed; the first one takes longer");
        }
    }

    /// <summary>Waits until this process leaves the processors alone for a moment; one that never does compiles what it needs while it works.</summary>
    async Task UntilQuiet(CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var isBusy = true;
        while (isBusy && clock.GetElapsedTime(began) < Patience)
        {
            var (since, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await Task.Delay(Look, clock, stop);
            isBusy = Environment.CpuUsage.TotalTime - used > BusyShare * Stopwatch.GetElapsedTime(since);
        }
    }

    internal async Task Rehearse(CancellationToken stop)
    {
        JsonSerializer.Deserialize<RunRequest>(Request, ApiJson.Options);
        var run = new StoredRun { Id = 0, UserId = 0, Code = "rehearsal", Kind = RunKind.Run, Status = RunStatus.Done, Order = Order(), CreatedAt = clock.GetUtcNow() };
        JsonSerializer.Deserialize<RunOrder>(JsonSerializer.Serialize(run.Order, ApiJson.Options), ApiJson.Options);
        await table.Find(run.UserId, run.Code, stop);
        var outcome = await experiment.Carry(run, Market(run.Order), stop);
        // There is no such run, so nothing is written.
        await table.Finish(run, run.Code, outcome, stop);
        var shown = await views.Of(run with { Summary = outcome.Summary }, Packing.Unpack<RunReport>(outcome.Report), stop);
        JsonSerializer.SerializeToUtf8Bytes(shown, ApiJson.Options);
    }

    static RunOrder Order()
    {
        var strategy = StrategyRegistry.Find("rsi")!;
        return new RunOrder
        {
            Kind = RunKind.Run,
            Strategy = new ChosenStrategy(strategy.Name, strategy.Name, strategy.Title, null, null, null, null),
            AskedStrategy = strategy.Name,
            Parameters = StrategyNames.Settings(strategy, null),
            Symbols = ["BTC/USDT"],
            Asked = ["BTC/USDT"],
            QuoteSubstituted = false,
            Source = "rehearsal",
            Provenance = Provenance.Synthetic,
            Timeframe = Timeframe.M15.ToString(),
            From = DateTimeOffset.UnixEpoch,
            Until = DateTimeOffset.UnixEpoch.AddMinutes(15 * Bars),
            InitialCapital = 10_000,
            Settings = new RunSettings().Complete(),
            WalkForward = true,
        };
    }

    static LoadedMarket Market(RunOrder order)
    {
        var luck = new Random(Seed);
        var candles = new CandleSeries(Bars);
        for (var (i, price) = (0, 100.0); i < Bars; i++)
        {
            var close = price * (1 + (0.02 * (luck.NextDouble() - 0.5)));
            candles.Append(new Candle(i * Timeframe.M15.Milliseconds, price, Math.Max(price, close), Math.Min(price, close), close, 1, 15));
            price = close;
        }
        var covered = new Coverage(order.Symbols[0], order.Source, order.Provenance, order.Timeframe, order.From, order.Until, Bars, Bars, 1, "", [], 0, 0, null);
        return new LoadedMarket(new BacktestInput(Timeframe.M15, [new BacktestSymbol(order.Symbols[0], candles.All())]) { TradeFrom = 0 }, [covered], [], []);
    }
}
