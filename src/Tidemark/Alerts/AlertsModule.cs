using Tidemark.Access;
using Tidemark.Alerts.Engine;
using Tidemark.Alerts.Figures;
using Tidemark.Alerts.Reading;
using Tidemark.Alerts.Rehearsing;
using Tidemark.Notifications;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;

namespace Tidemark.Alerts;

/// <summary>Alerts: what people want to be told, judged at every tick and candle, and told once it is committed.</summary>
public static class AlertsModule
{
    public static void AddAlerts(this ModuleBuilder module)
    {
        module.Entities<Alert>();
        module.Entities<AlertTrigger>();
        module.Messages(AlertMessages.All);
        AddEngine(module);
        module.Services.AddScoped<AlertDesk>();
        module.Services.AddSingleton<AlertViews>();
        module.Services.AddSingleton<Rehearsal>();
        module.Services.AddSingleton<AlertFigures>();
        module.Job<CheckAlerts>("check-alerts", "Ask the final candles whether alerts told the truth, and what the price did after them.", Every.Minutes(15));
        module.Endpoints("alerts", static alerts =>
        {
            FormulaHelp.Map(alerts);
            RehearsalEndpoints.Map(alerts);
            FigureEndpoints.Map(alerts);
            AlertEndpoints.Map(alerts);
            HistoryEndpoints.Map(alerts);
        });
        module.Endpoints("ws", AlertSocket.Map);
        module.Channel(new ChannelDefinition(TriggerHerald.Channel, Caller.SignedIn) { Scope = new("read:alerts"), Admits = static (caller, key) => key is not null && key == $"{caller.Id}", Kept = 100 });
        // A trigger is kept as long as its alert, and a year at most.
        module.Prunes("alert_triggers", "written_at", TimeSpan.FromDays(365));
    }

    static void AddEngine(ModuleBuilder module)
    {
        module.Services.AddSingleton(new EngineRules());
        module.Services.AddSingleton<AlertProgress>();
        module.Services.AddSingleton<EngineTools>();
        module.Services.AddSingleton<AlertRoll>();
        module.Services.AddSingleton<TriggerHerald>();
        module.Services.AddSingleton<ReceiptCollector>();
        module.Services.AddSingleton<IAlertFeed, PatternFeed>();
        module.Services.AddScoped(static services => new TriggerTable(services.GetRequiredService<NotificationOutbox>(), services.GetRequiredService<PlanAccess>()));
        module.Services.AddSingleton<AlertEngine>();
        module.Services.AddHostedService(static services => services.GetRequiredService<AlertEngine>());
    }
}
