using System.Diagnostics.Metrics;
using Tidemark.Platform.Observability;

namespace Tidemark.Platform.Realtime;

/// <summary>What the hub tells operators.</summary>
static class HubMeter
{
    public static UpDownCounter<int> Connections { get; } = Telemetry.Meter.CreateUpDownCounter<int>("tidemark.sockets.connections", description: "Open WebSocket connections.");
    public static Counter<long> Sent { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.sockets.sent", description: "Frames written to WebSocket connections.");
    public static Counter<long> Superseded { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.sockets.superseded", description: "Unread messages replaced by a newer one of their channel.");
    public static Histogram<double> QueueAge { get; } = Telemetry.Meter.CreateHistogram<double>("tidemark.sockets.queue.age", "s", "How long frames waited in their connection's queue.");
    public static Counter<long> TooSlow { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.sockets.too.slow", description: "Connections closed because their client did not keep up.");
}
