using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tidemark.Platform.Observability;

/// <summary>The program's own instruments; every module may add to them.</summary>
public static class Telemetry
{
    public const string Name = "Tidemark";

    public static Meter Meter { get; } = new(Name, Product.Version);
    public static ActivitySource Activities { get; } = new(Name, Product.Version);

    public static Counter<long> CacheLookups { get; } = Meter.CreateCounter<long>("tidemark.cache.lookups", description: "Cache lookups by cache and outcome (hit or miss).");
}
