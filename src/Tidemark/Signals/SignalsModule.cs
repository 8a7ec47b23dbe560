using Tidemark.Alerts.Engine;
using Tidemark.Notifications;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Reading;
using Tidemark.Patterns.Replays;
using Tidemark.Patterns.Telling;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;
using Tidemark.Signals.Chain;
using Tidemark.Signals.Issuing;
using Tidemark.Signals.Reading;
using Tidemark.Signals.Telling;

namespace Tidemark.Signals;

/// <summary>Signals of all origins, followed to their end, and the public chain that proves when they were given.</summary>
public static class SignalsModule
{
    public static void AddSignals(this ModuleBuilder module)
    {
        var sights = (SightDesk)module.Services.First(static service => service.ServiceType == typeof(SightDesk)).ImplementationInstance!;
        module.Services.AddSingleton<SignalTable>();
        module.Services.AddSingleton<SignalHerald>();
        module.Services.AddSingleton<SignalFollowing>();
        module.Services.AddSingleton<IEyeFollowing>(static services => services.GetRequiredService<SignalFollowing>());
        module.Services.AddSingleton<SignalRefresh>();
        module.Services.AddSingleton<SignalReader>();
        module.Services.AddSingleton<SignalRecords>();
        module.Services.AddHostedService(static services => services.GetRequiredService<SignalRecords>());
        module.Services.AddSingleton<SignalFigures>();
        module.Services.AddSingleton<IAlertFeed, SignalFeed>();
        module.Messages(SignalNotices.Messages);
        module.Services.AddSingleton<INoticeSource, SignalNotices>();
        module.Services.AddSingleton<IReplayWitness, SignalWitness>();
        module.Endpoints("signals", SignalEndpoints.Map);
        module.Endpoints("overlay", SignalEndpoints.MapOverlay);
        module.Channel(new ChannelDefinition(SignalHerald.Channel, Caller.SignedIn) { Kept = 50, Scope = new("read:signals"), Admits = sights.AdmitsSignals });
        module.Job<GenerateSignalsJob>("generate-signals", "Look for signals of the configured pairs in candles that were not looked at yet.", Every.Minutes(5));

        module.Services.AddSingleton<ChainReader>();
        module.Services.AddSingleton<ChainCheck>();
        module.Endpoints("verify", ChainEndpoints.Map);
        module.Routes(VerifyPages.Map);
        module.Job<VerifySignals>("verify-signals", "Check the chain of signals and write its head into the log.", Every.Day.At(3, 55));
        module.Command(SignalsCommand.Build);
    }
}
