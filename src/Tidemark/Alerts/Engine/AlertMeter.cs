using System.Diagnostics.Metrics;
using Tidemark.Platform.Observability;

namespace Tidemark.Alerts.Engine;

/// <summary>What the engine tells operators.</summary>
static class AlertMeter
{
    public static Counter<long> Triggers { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.alerts.triggers", description: "Triggers committed, by condition and whether they were found late.");
    public static Counter<long> Ticks { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.alerts.ticks", description: "Ticks judged, by outcome: judged, stale, doubted.");
    public static Histogram<double> Evaluated { get; } = Telemetry.Meter.CreateHistogram<double>("tidemark.alerts.evaluated", "s", "From received to evaluated, of triggers.");
    public static Histogram<double> Committed { get; } = Telemetry.Meter.CreateHistogram<double>("tidemark.alerts.committed", "s", "From received to committed, of triggers.");
    public static UpDownCounter<long> Waiting { get; } = Telemetry.Meter.CreateUpDownCounter<long>("tidemark.alerts.waiting", description: "Triggers and marks that wait to be written.");
    public static UpDownCounter<long> Watched { get; } = Telemetry.Meter.CreateUpDownCounter<long>("tidemark.alerts.watched", description: "Active alerts judged by this node.");
}
