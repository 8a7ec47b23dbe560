using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Tidemark.Platform.Observability;

/// <summary>
/// Listens to the program's meters and writes what they measured as Prometheus text.
/// Series per instrument are bounded; what comes after the bound is counted, not kept.
/// </summary>
public sealed class PrometheusText : IDisposable
{
    const int MostSeriesPerInstrument = 2_000;
    static readonly double[] DefaultBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];
    static readonly string[] Watched = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"];

    readonly ConcurrentDictionary<Instrument, Family> _families = new();
    readonly MeterListener _listener = new();
    long _refused;

    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Watched.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static created => new Family(created)));
            }
        };
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record(state, (double)value, tags));
        _listener.Start();
    }

    void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (state is Family family && !family.Record(value, Labels(tags)))
        {
            Interlocked.Increment(ref _refused);
        }
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.WriteTo(text);
        }
        text.Append("# TYPE tidemark_metrics_refused_total counter\ntidemark_metrics_refused_total ").Append(Interlocked.Read(ref _refused)).Append('\n');
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",").Append(Clean(name)).Append("=\"");
            labels.Append(Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
            labels.Append('"');
        }
        return labels.ToString();
    }

    static string Clean(string name)
    {
        var clean = name.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = char.IsAsciiLetterOrDigit(clean[i]) ? clean[i] : '_';
        }
        return new string(clean);
    }

    /// <summary>All series of one instrument.</summary>
    sealed class Family
    {
        readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
        readonly double[] _bounds;
        readonly string _type;
        readonly bool _observed;
        readonly string _help;

        public Family(Instrument instrument)
        {
            var type = instrument.GetType();
            var kind = type.IsGenericType ? type.GetGenericTypeDefinition().Name : type.Name;
            _observed = instrument.IsObservable;
            _type = kind.Contains("Histogram", StringComparison.Ordinal) ? "histogram"
                : kind.Contains("Counter", StringComparison.Ordinal) && !kind.Contains("UpDown", StringComparison.Ordinal) ? "counter" : "gauge";
            Name = Clean(instrument.Name) + Unit(instrument.Unit) + (_type == "counter" ? "_total" : "");
            _help = (instrument.Description ?? instrument.Name).ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal);
            _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? DefaultBounds;
        }

        public string Name { get; }

        static string Unit(string? unit) => unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };

        public bool Record(double value, string labels)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                if (_series.Count >= MostSeriesPerInstrument)
                {
                    return false;
                }
                series = _series.GetOrAdd(labels, _ => new Series(_type == "histogram" ? _bounds.Length + 1 : 0));
            }
            lock (series)
            {
                series.Count++;
                series.Sum = _observed ? value : series.Sum + value;
                if (series.Buckets.Length > 0)
                {
                    var bucket = Array.FindIndex(_bounds, bound => value <= bound);
                    series.Buckets[bucket < 0 ? _bounds.Length : bucket]++;
                }
            }
            return true;
        }

        public void WriteTo(StringBuilder text)
        {
            text.Append("# HELP ").Append(Name).Append(' ').Append(_help).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
            foreach (var (labels, series) in _series)
            {
                lock (series)
                {
                    if (series.Buckets.Length > 0)
                    {
                        WriteHistogram(text, labels, series);
                    }
                    else
                    {
                        Line(text, "", labels, "", series.Sum);
                    }
                }
            }
        }

        void WriteHistogram(StringBuilder text, string labels, Series series)
        {
            long total = 0;
            for (var i = 0; i < series.Buckets.Length; i++)
            {
                total += series.Buckets[i];
                var bound = i < _bounds.Length ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line(text, "_bucket", labels, $"le=\"{bound}\"", total);
            }
            Line(text, "_sum", labels, "", series.Sum);
            Line(text, "_count", labels, "", series.Count);
        }

        void Line(StringBuilder text, string suffix, string labels, string more, double value)
        {
            text.Append(Name).Append(suffix);
            if (labels.Length + more.Length > 0)
            {
                text.Append('{').Append(labels).Append(labels.Length > 0 && more.Length > 0 ? "," : "").Append(more).Append('}');
            }
            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
    }

    sealed class Series(int buckets)
    {
        public long Count;
        public double Sum;
        public readonly long[] Buckets = new long[buckets];
    }
}
