using System.Diagnostics.Metrics;

namespace Tidemark.Platform.Observability;

/// <summary>How fast the API answered in the last fifteen minutes: one histogram a minute, merged when asked.</summary>
public sealed class LatencyWindow : IDisposable
{
    public const int Minutes = 15;
    const int Buckets = 400;
    const double Least = 0.00005, Growth = 1.04; // 50 µs to about 5 minutes in steps of 4 %

    readonly Minute[] _minutes = [.. Enumerable.Range(0, Minutes).Select(_ => new Minute())];
    readonly MeterListener _listener = new();
    readonly TimeProvider _clock;
    readonly Lock _gate = new();

    public LatencyWindow(TimeProvider clock)
    {
        _clock = clock;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "http.server.request.duration", Meter.Name: "Microsoft.AspNetCore.Hosting" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Record(seconds, tags));
        _listener.Start();
    }

    public sealed record Summary(int WindowMinutes, long Requests, long Errors, double? P50Ms, double? P95Ms, double? P99Ms);

    public Summary Read()
    {
        var merged = new long[Buckets];
        long requests = 0, errors = 0;
        lock (_gate)
        {
            var now = MinuteNow();
            foreach (var minute in _minutes.Where(minute => minute.Number > now - Minutes))
            {
                requests += minute.Requests;
                errors += minute.Errors;
                for (var i = 0; i < Buckets; i++)
                {
                    merged[i] += minute.Counts[i];
                }
            }
        }
        return new(Minutes, requests, errors, Quantile(merged, requests, 0.50), Quantile(merged, requests, 0.95), Quantile(merged, requests, 0.99));
    }

    internal void Record(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (isApi, failed) = (false, false);
        foreach (var (name, value) in tags)
        {
            isApi |= name == "http.route" && value is string route && route.StartsWith("/api/", StringComparison.Ordinal) && route.TrimEnd('/') is not ("/api/v1/ws" or "/api/health");
            failed |= name == "http.response.status_code" && value is >= 500;
        }
        if (!isApi)
        {
            return;
        }
        var bucket = Math.Clamp((int)Math.Ceiling(Math.Log(seconds / Least) / Math.Log(Growth)), 0, Buckets - 1);
        lock (_gate)
        {
            var now = MinuteNow();
            var minute = _minutes[now % Minutes];
            minute.Open(now);
            minute.Requests++;
            minute.Errors += failed ? 1 : 0;
            minute.Counts[bucket]++;
        }
    }

    long MinuteNow() => _clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    static double? Quantile(long[] counts, long total, double share)
    {
        if (total == 0)
        {
            return null;
        }
        var rank = (long)Math.Ceiling(share * total);
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
        {
            bucket++;
        }
        return Math.Round(Least * Math.Pow(Growth, bucket) * 1000, 2);
    }

    public void Dispose() => _listener.Dispose();

    sealed class Minute
    {
        public long Number = -Minutes, Requests, Errors;
        public readonly long[] Counts = new long[Buckets];

        public void Open(long number)
        {
            if (Number != number)
            {
                (Number, Requests, Errors) = (number, 0, 0);
                Array.Clear(Counts);
            }
        }
    }
}
