using Tidemark.Platform.Observability;

namespace Tidemark.Platform.Web;

/// <summary>What the landing page may say about the very program that serves it.</summary>
public sealed class SystemFacts(LatencyWindow latency, TimeProvider clock)
{
    public string Version => Product.Version;
    public LatencyWindow.Summary Api => latency.Read();
    public string Uptime => InWords(Server.SinceProcessStart(clock));

    internal static string InWords(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{(int)time.TotalDays} d {time.Hours} h",
        { TotalHours: >= 1 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        { TotalMinutes: >= 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ => $"{Math.Max(0, (int)time.TotalSeconds)} s",
    };

    internal static string Milliseconds(double value) => value switch
    {
        >= 1_000 => $"{value / 1_000:0.00} s",
        >= 100 => $"{value:0} ms",
        >= 10 => $"{value:0.0} ms",
        _ => $"{value:0.00} ms",
    };
}
