namespace Tidemark.Market.Exchanges;

/// <summary>The last calls to an exchange: how long they took and how many failed.</summary>
public sealed class CallRecord(TimeProvider clock)
{
    const int Remembered = 200;
    readonly Queue<(bool Failed, double Milliseconds)> _calls = new();
    readonly Lock _gate = new();

    public DateTimeOffset? LastAnswerAt { get; private set; }

    public void Add(bool failed, TimeSpan took)
    {
        lock (_gate)
        {
            _calls.Enqueue((failed, took.TotalMilliseconds));
            if (_calls.Count > Remembered)
            {
                _calls.Dequeue();
            }
            if (!failed)
            {
                LastAnswerAt = clock.GetUtcNow();
            }
        }
    }

    /// <summary>Median latency of answered calls in milliseconds, and the share that failed.</summary>
    public (double? LatencyMs, double ErrorRate) Read()
    {
        lock (_gate)
        {
            var answered = _calls.Where(call => !call.Failed).Select(call => call.Milliseconds).Order().ToArray();
            return (answered.Length > 0 ? Math.Round(answered[answered.Length / 2], 1) : null, _calls.Count > 0 ? (double)_calls.Count(call => call.Failed) / _calls.Count : 0);
        }
    }
}
