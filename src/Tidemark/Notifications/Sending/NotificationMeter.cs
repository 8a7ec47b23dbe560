using System.Diagnostics.Metrics;
using Tidemark.Platform.Observability;

namespace Tidemark.Notifications.Sending;

/// <summary>What the senders tell operators.</summary>
static class NotificationMeter
{
    public static Counter<long> Attempts { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.notifications.attempts", description: "Attempts to deliver by channel and outcome.");
    public static Counter<long> Dead { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.notifications.dead", description: "Deliveries given up, by channel.");
    public static Counter<long> Misconfigured { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.notifications.misconfigured", description: "Attempts that the operator's own credentials or settings kept from succeeding, by channel.");
    public static Histogram<double> Latency { get; } = Telemetry.Meter.CreateHistogram<double>("tidemark.notifications.latency", "s", "From due to accepted, by channel.");
}
