using Tidemark.Market.Ingest;
using Tidemark.Market.Statistics;
using Tidemark.Notifications;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Reading;
using Tidemark.Patterns.Replays;
using Tidemark.Patterns.Scans;
using Tidemark.Patterns.Statistics;
using Tidemark.Patterns.Stored;
using Tidemark.Patterns.Telling;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Settings;

namespace Tidemark.Patterns;

/// <summary>Patterns found in live and stored candles, what became of them, and how far they can be relied on.</summary>
public static class PatternsModule
{
    public static void AddPatterns(this ModuleBuilder module)
    {
        module.Services.AddSingleton(static services =>
        {
            var rules = EyeRules.Of(services.GetRequiredService<TidemarkSettings>());
            return rules with { More = [.. services.GetServices<IEyeFollowing>().Select(static following => following.Rules)] };
        });
        module.Services.AddSingleton<EyeTable>();
        module.Services.AddSingleton<EyeTools>();
        module.Services.AddSingleton<EyeTurn>();
        module.Services.AddSingleton<EyeRoom>();
        module.Services.AddHostedService<EyeWatch>();

        module.Services.AddSingleton<PatternTable>();
        var sights = new SightDesk();
        module.Services.AddSingleton(sights);
        module.Services.AddSingleton<ChosenSymbols>();
        module.Services.AddHostedService(static services => services.GetRequiredService<ChosenSymbols>());
        module.BeforeServing(static (services, stop) => services.GetRequiredService<ChosenSymbols>().Look(stop));
        module.Services.AddSingleton<MatrixBoard>();
        module.Services.AddSingleton<PatternHerald>();
        module.Services.AddSingleton<ChartOverlay>();
        module.Endpoints("patterns", PatternEndpoints.Map);
        module.Endpoints("matrix", PatternEndpoints.MapMatrix);
        module.Channel(new ChannelDefinition(PatternHerald.Patterns, Caller.SignedIn) { Kept = 50, Scope = new("read:patterns"), Admits = sights.AdmitsPatterns });
        module.Channel(new ChannelDefinition(PatternHerald.Matrix, Caller.SignedIn) { Kept = 20, Scope = new("read:matrix"), Admits = sights.AdmitsMatrix });

        module.Messages(NoticeMessages.All);
        module.Services.AddSingleton<INoticeSource, PatternNotices>();
        module.Services.AddHostedService<NoticeRounds>();

        module.Services.AddSingleton<StatisticsTable>();
        module.Services.AddSingleton<ReliabilityBook>();
        module.Services.AddSingleton<PatternStatistics>();
        module.Services.AddHostedService<StatisticsKeeper>();
        module.Endpoints("pattern-stats", StatisticsEndpoints.Map);
        module.Job<PatternStatisticsJob>("pattern-statistics", "Count what became of the patterns in the stored history of every symbol.", Every.Day.At(2, 20));
        module.Services.AddSingleton<IComputedStatistics, PatternCounts>();

        module.Services.AddSingleton<Replay>();
        module.Job<ReplayJob>("replay", "Recompute yesterday's patterns and signals from stored candles and report what differs.", Every.Day.At(0, 20));

        module.Services.AddSingleton<ScanDesk>();
        module.Services.AddHostedService(static services => services.GetRequiredService<ScanDesk>());
        module.Services.AddSingleton<IFetchFollower, EyesAfterFetch>();
        module.Endpoints("scan", ScanEndpoints.Map);
        module.Endpoints("fetch", ScanEndpoints.MapFetch);
        module.Channel(new ChannelDefinition(ScanDesk.Channel, Caller.Operator, Delivery.LatestWins) { Kept = 1 });
    }
}
