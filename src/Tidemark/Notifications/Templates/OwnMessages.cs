namespace Tidemark.Notifications.Templates;

/// <summary>What the notifications themselves have to say.</summary>
static class OwnMessages
{
    public const string Test = "test", Digest = "digest", Paused = "channelPaused";

    public static IReadOnlyList<MessageTemplate> All { get; } =
    [
        new(Test, new("Test from Tidemark", "This is how a notification arrives over {{channel}}."))
        {
            German = new("Test von Tidemark", "So kommt eine Benachrichtigung über {{channel}} an."),
        },
        new(Digest, new("{{count}} notifications while it was quiet", "{{lines}}"))
        {
            German = new("{{count}} Benachrichtigungen während der Ruhezeit", "{{lines}}"),
        },
        new(Paused, new("{{channel}} does not take your notifications", "{{why}} It is paused {{until}}; what comes meanwhile goes over the channels that stand in, and is in the app. Look at Profile, Notifications."))
        {
            German = new("{{channel}} nimmt Ihre Benachrichtigungen nicht an", "{{why}} Der Kanal pausiert {{until}}; was inzwischen kommt, geht über die Ersatzkanäle und steht in der App. Sehen Sie unter Profil, Benachrichtigungen nach."),
        },
    ];
}
