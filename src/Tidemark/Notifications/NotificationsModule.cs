using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Push;
using Tidemark.Notifications.Reading;
using Tidemark.Notifications.Sending;
using Tidemark.Notifications.Services;
using Tidemark.Notifications.Templates;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Realtime;

namespace Tidemark.Notifications;

/// <summary>Telling people: one outbox that is written with the cause, one sender for each channel, and a log that says what became of it.</summary>
public static class NotificationsModule
{
    public static void AddNotifications(this ModuleBuilder module)
    {
        AddOutbox(module);
        AddChannels(module);
        AddSending(module);
        module.Endpoints("notifications", static notifications =>
        {
            NotificationEndpoints.Map(notifications);
            DeliveryEndpoints.Map(notifications);
            ChannelEndpoints.Map(notifications);
            NtfyEndpoints.Map(notifications);
            PushEndpoints.Map(notifications);
        });
        module.Endpoints("admin/notifications", SenderEndpoints.Map);
        module.Channel(new ChannelDefinition(InAppChannel.Channel, Caller.SignedIn) { Admits = static (caller, key) => key is not null && key == $"{caller.Id}", Kept = 100 });
        // Deliveries and attempts go with their notification.
        module.Prunes("notifications", "created_at", TimeSpan.FromDays(90));
    }

    /// <summary>Messages of another module; what is wrong with one is told at start.</summary>
    public static void Messages(this ModuleBuilder module, IEnumerable<MessageTemplate> templates)
    {
        foreach (var template in templates)
        {
            module.Services.AddSingleton(template);
        }
    }

    static void AddOutbox(ModuleBuilder module)
    {
        module.Entities<Notification>();
        module.Entities<ChannelSettings>();
        module.Entities<NotificationPreferences>();
        module.Entities<PushSubscription>();
        module.Entities<DeliveryRecord>();
        module.Entities<DeliveryAttempt>();
        module.Messages(OwnMessages.All);
        module.Services.AddSingleton<TemplateBook>();
        module.Services.AddScoped<RouteBook>();
        module.Services.AddSingleton<Wishes>();
        module.Services.AddScoped(static services => new NotificationOutbox(
            services.GetRequiredService<TidemarkDb>(), services.GetRequiredService<PlanAccess>(), services.GetRequiredService<Recipients>(), services.GetRequiredService<RouteBook>(),
            services.GetRequiredService<TemplateBook>(), services.GetRequiredService<IdSource>(), services.GetRequiredService<TimeProvider>()));
        module.BeforeServing(static (services, _) =>
        {
            services.GetRequiredService<TemplateBook>();
            return Task.CompletedTask;
        });
    }

    static void AddChannels(ModuleBuilder module)
    {
        module.Services.AddSingleton<AddressSeal>();
        module.Services.AddSingleton<AddressRules>();
        module.Services.AddScoped<ChannelDesk>();
        module.Services.AddSingleton<PushKeys>();
        module.Services.AddScoped<PushBook>();
        module.Services.AddSingleton<Pace>();
        module.Services.AddSingleton<Breakers>();
        module.Services.AddSingleton<OfferedChannels>();
        module.Services.AddSingleton<INotificationChannel, NtfyChannel>();
        module.Services.AddSingleton<INotificationChannel, EmailChannel>();
        module.Services.AddSingleton<INotificationChannel, SmsChannel>();
        module.Services.AddSingleton<INotificationChannel, DiscordChannel>();
        module.Services.AddSingleton<INotificationChannel, TelegramChannel>();
        module.Services.AddSingleton<INotificationChannel, WebhookChannel>();
        module.Services.AddSingleton<INotificationChannel, WebPushChannel>();
        module.Services.AddSingleton<INotificationChannel, InAppChannel>();
    }

    static void AddSending(ModuleBuilder module)
    {
        module.Services.AddSingleton(new DeliveryRules());
        module.Services.AddSingleton<AcceptanceBook>();
        module.Services.AddScoped<Packing>();
        module.Services.AddScoped<Aftermath>();
        module.Services.AddScoped<ChannelHealth>();
        module.Services.AddScoped<StandIns>();
        module.Services.AddScoped<Digests>();
        module.Services.AddScoped<HandedMails>();
        module.Services.AddSingleton<DeliveryReceipts>();
        module.Services.AddSingleton<OutboxBell>();
        module.Services.AddHostedService(static services => services.GetRequiredService<OutboxBell>());
        foreach (var channel in ChannelWords.All)
        {
            module.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<ChannelSender>(services, services.GetServices<INotificationChannel>().Single(one => one.Kind == channel)));
        }
    }
}
