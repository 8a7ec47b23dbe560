using System.Globalization;
using Tidemark.Notifications.Templates;

namespace Tidemark.Alerts.Engine;

/// <summary>What alerts have to say. The note is its owner's own text, and data.</summary>
static class AlertMessages
{
    public const string Triggered = "alertTriggered";

    public static IReadOnlyList<MessageTemplate> All { get; } =
    [
        new(Triggered, new("{{what}}", "{{symbol}} at {{price}}, {{time}} UTC, {{source}}.{{late}}{{note}}"))
        {
            German = new("{{what}}", "{{symbol}} bei {{price}}, {{time}} UTC, {{source}}.{{late}}{{note}}"),
        },
    ];

    public static Dictionary<string, string> Values(PendingTrigger trigger, string? note) => new(StringComparer.Ordinal)
    {
        ["what"] = trigger.Description,
        ["symbol"] = trigger.Alert.Terms.Symbol.ToString(),
        ["price"] = trigger.Price.ToString("0.########", CultureInfo.InvariantCulture),
        ["time"] = trigger.ExchangeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ["source"] = trigger.Source.Named,
        ["late"] = trigger.IsLate ? " Found late: prices were not followed at that time." : "",
        ["note"] = string.IsNullOrEmpty(note) ? "" : $"\n{note}",
    };
}
