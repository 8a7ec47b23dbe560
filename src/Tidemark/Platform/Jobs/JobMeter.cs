using System.Diagnostics.Metrics;
using Tidemark.Platform.Observability;

namespace Tidemark.Platform.Jobs;

/// <summary>What jobs tell operators.</summary>
static class JobMeter
{
    public static Counter<long> Runs { get; } = Telemetry.Meter.CreateCounter<long>("tidemark.job.runs", description: "Job runs by job and outcome.");
    public static Histogram<double> Duration { get; } = Telemetry.Meter.CreateHistogram<double>("tidemark.job.duration", "s", "How long job runs took.");
}
