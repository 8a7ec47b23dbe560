using System.Threading.Channels;
using Tidemark.Market.Live;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// Where the ticks of a symbol wait for their judge, so that nobody waits who brings them. Where too many wait, the newest become one: the last
/// price, and the lowest and highest, so that no crossing is lost.
/// </summary>
sealed class TickBox(int most, TimeSpan stale)
{
    readonly Lock _gate = new();
    readonly LinkedList<PriceTicked> _waiting = [];
    readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Put(PriceTicked tick)
    {
        lock (_gate)
        {
            if (_waiting.Count < most)
            {
                _waiting.AddLast(tick);
            }
            else
            {
                _waiting.Last!.Value = Join(_waiting.Last.Value, tick);
                AlertMeter.Ticks.Add(1, new KeyValuePair<string, object?>("outcome", "joined"));
            }
        }
        _rung.Writer.TryWrite(true);
    }

    /// <summary>The oldest that waits; waits for one.</summary>
    public async ValueTask<PriceTicked> Take(CancellationToken stop)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    return first.Value;
                }
            }
            await _rung.Reader.ReadAsync(stop);
        }
    }

    /// <summary>What is too old beside another, or from elsewhere, is not made young by joining it.</summary>
    PriceTicked Join(PriceTicked before, PriceTicked tick)
    {
        if (before.Source != tick.Source || tick.At - before.At > stale)
        {
            return tick;
        }
        return before.At - tick.At > stale
            ? before
            : tick with { Low = Math.Min(before.Low, tick.Low), High = Math.Max(before.High, tick.High), At = before.At > tick.At ? before.At : tick.At, ReceivedAt = before.ReceivedAt };
    }
}
