using System.Globalization;
using Tidemark.Notifications;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Templates;

namespace Tidemark.Patterns.Telling;

/// <summary>What notices of patterns say, and those that stand for many.</summary>
static class NoticeMessages
{
    public const string Pattern = "patternConfirmed";
    const string MorePatterns = "morePatterns", MoreSignals = "moreSignals";

    public static IReadOnlyList<MessageTemplate> All { get; } =
    [
        new(Pattern, new("{{symbol}}: {{direction}} {{kind}} on {{timeframe}}", "{{bottom}} to {{top}}, known {{time}} UTC, {{source}}. {{agreeing}} of the timeframes point this way."))
        {
            German = new("{{symbol}}: {{direction}} {{kind}} auf {{timeframe}}", "{{bottom}} bis {{top}}, bekannt {{time}} UTC, {{source}}. {{agreeing}} der Zeitebenen zeigen in diese Richtung."),
        },
        new(MorePatterns, new("More patterns at {{time}} UTC", "The page of patterns has all of them."))
        {
            German = new("Weitere Muster um {{time}} UTC", "Die Seite der Muster zeigt alle."),
        },
        new(MoreSignals, new("More signals at {{time}} UTC", "The page of signals has all of them."))
        {
            German = new("Weitere Signale um {{time}} UTC", "Die Seite der Signale zeigt alle."),
        },
    ];

    /// <summary>Stands for what else one minute brought.</summary>
    public static NewNotification More(long user, INoticeSource of, DateTimeOffset minute)
    {
        var (template, page) = of.Kind == NotificationKind.Signal ? (MoreSignals, "/signals") : (MorePatterns, "/patterns");
        var time = minute.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new NewNotification(user, of.Kind, $"{template}:{time}", template, new Dictionary<string, string> { ["time"] = time }) { Link = page, OccurredAt = minute, Needs = of.Needs };
    }
}
