using Tidemark.Quant.Series;

namespace Tidemark.Quant.Strategies.Columns;

/// <summary>
/// Computed columns over one series, shared by whoever asks for the same; may be used by several threads at once.
/// Beyond its room those that were asked for longest ago are forgotten, and computed anew when they are asked for again.
/// </summary>
public sealed class ColumnStore
{
    const int CandlesBetweenStops = 4_096;

    readonly CandleSlice candles;
    readonly Timeframe timeframe;
    readonly long room;
    readonly Lock access = new();
    readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    readonly LinkedList<Entry> byUse = new();
    long held;

    /// <summary>A store over candles of a timeframe, with room for a number of bytes.</summary>
    public ColumnStore(CandleSlice candles, Timeframe timeframe, long room)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(room);
        this.candles = candles;
        this.timeframe = timeframe;
        this.room = room;
    }

    /// <summary>The columns of a request, computed once however many ask at the same time; whoever is stopped leaves them to the next.</summary>
    public IReadOnlyList<Column> Of(ColumnRequest request, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        var entry = Find(request);
        lock (entry.Access)
        {
            return entry.Columns ??= Compute(request, stop);
        }
    }

    Entry Find(ColumnRequest request)
    {
        lock (access)
        {
            if (entries.TryGetValue(request.Key, out var known))
            {
                byUse.Remove(known);
                byUse.AddLast(known);
                return known.Value;
            }

            var entry = new Entry(request.Key, (long)candles.Count * request.Outputs * sizeof(double));
            entries[request.Key] = byUse.AddLast(entry);
            held += entry.Bytes;
            while (held > room && byUse.First is { } oldest && oldest.Value != entry)
            {
                byUse.RemoveFirst();
                entries.Remove(oldest.Value.Key);
                held -= oldest.Value.Bytes;
            }

            return entry;
        }
    }

    Column[] Compute(ColumnRequest request, CancellationToken stop)
    {
        var values = new double[request.Outputs][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = GC.AllocateUninitializedArray<double>(candles.Count);
        }

        if (request.Fill is { } fill)
        {
            fill(candles, values);
        }
        else
        {
            FillOneByOne(request, values, stop);
        }

        return [.. values.Select(column => new Column(column, column.Length))];
    }

    void FillOneByOne(ColumnRequest request, double[][] values, CancellationToken stop)
    {
        var runner = request.Start(timeframe);
        Span<double> row = stackalloc double[request.Outputs];
        for (var i = 0; i < candles.Count; i++)
        {
            if (i % CandlesBetweenStops == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            runner.Next(candles[i], row);
            for (var output = 0; output < values.Length; output++)
            {
                values[output][i] = row[output];
            }
        }
    }

    sealed class Entry(string key, long bytes)
    {
        public string Key => key;

        public long Bytes => bytes;

        public Lock Access { get; } = new();

        public IReadOnlyList<Column>? Columns { get; set; }
    }
}
