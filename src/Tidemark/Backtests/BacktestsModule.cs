using Tidemark.Backtests.Analysis;
using Tidemark.Backtests.Commands;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Backtests.DataExplorer;
using Tidemark.Backtests.Paper;
using Tidemark.Backtests.Running;
using Tidemark.Backtests.Strategies;
using Tidemark.Backtests.Trials;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;

namespace Tidemark.Backtests;

/// <summary>The laboratory: backtests, optimisation, paper trading, technical analysis and indicators of one's own.</summary>
public static class BacktestsModule
{
    public static void AddBacktests(this ModuleBuilder module)
    {
        module.Services.AddSingleton<ImageAddresses>();
        module.Services.AddSingleton<TrialBook>();
        module.Services.AddSingleton<MarketSteps>();
        AddRuns(module);
        AddPaper(module);

        module.Entities<UserStrategy>();
        module.Entities<UserStrategyVersion>();
        module.Services.AddScoped<StrategyBook>();
        module.Endpoints("strategies", StrategyEndpoints.Map);

        module.Entities<CustomIndicator>();
        module.Endpoints("indicators", CustomIndicatorEndpoints.Map);
        module.Services.AddSingleton<TechnicalAnalysis>();
        module.Endpoints("analysis", AnalysisEndpoints.Map);
        module.Endpoints("data", DataEndpoints.Map);
        module.AddBacktestCommands();
    }

    static void AddRuns(ModuleBuilder module)
    {
        module.Services.AddSingleton<RunTable>();
        module.Services.AddSingleton<RunBoard>();
        module.Services.AddSingleton<WaitingRoom>();
        module.Services.AddSingleton<RunViews>();
        module.Services.AddSingleton<ExperimentData>();
        module.Services.AddSingleton<Experiment>();
        module.Services.AddSingleton<MemoryRoom>();
        module.Services.AddSingleton<ProcessorRoom>();
        module.Services.AddScoped<OrderDesk>();
        module.Services.AddScoped<RunDesk>();
        module.Services.AddHostedService<RunWorkers>();
        module.Services.AddHostedService<Rehearsal>();
        module.Endpoints("backtest", RunEndpoints.Map);
        module.Channel(new ChannelDefinition(RunWorkers.Channel, Caller.SignedIn) { Scope = new("read:backtests"), Admits = static (caller, key) => key is not null && key == $"{caller.Id}", Kept = 20 });
        // Results are bounded in size; after a year they make room.
        module.Prunes("backtest_runs", "created_at", TimeSpan.FromDays(400));
    }

    static void AddPaper(ModuleBuilder module)
    {
        module.Services.AddSingleton<PaperTable>();
        module.Services.AddSingleton<Parity>();
        module.Services.AddSingleton<PaperEngine>();
        module.Services.AddHostedService(static services => services.GetRequiredService<PaperEngine>());
        module.Endpoints("paper", PaperEndpoints.Map);
        module.Channel(new ChannelDefinition(PaperEngine.Channel, Caller.SignedIn) { Scope = new("read:backtests"), Admits = static (caller, key) => key is not null && key == $"{caller.Id}", Kept = 100 });
        module.Job<ParityJob>("paper-parity", "Re-run each day of every paper session that has no report yet through the backtester and report what differs, by cause.", Every.Day.At(0, 40));
    }
}
