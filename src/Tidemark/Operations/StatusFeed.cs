using Tidemark.Platform.Realtime;

namespace Tidemark.Operations;

/// <summary>How many messages the hub numbers a second.</summary>
public sealed class MessageRate(Hub hub, TimeProvider clock)
{
    static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    readonly Queue<(long At, long Messages)> _marks = new();
    readonly Lock _gate = new();

    public double PerSecond { get; private set; }

    public void Measure()
    {
        lock (_gate)
        {
            var (now, messages) = (clock.GetTimestamp(), hub.Messages);
            _marks.Enqueue((now, messages));
            while (_marks.Count > 2 && clock.GetElapsedTime(_marks.Peek().At, now) > Window)
            {
                _marks.Dequeue();
            }
            var (since, then) = _marks.Peek();
            var seconds = clock.GetElapsedTime(since, now).TotalSeconds;
            PerSecond = seconds > 0 ? Math.Round((messages - then) / seconds, 2) : 0;
        }
    }
}

/// <summary>Publishes the status on the `status` channel every few seconds.</summary>
public sealed class StatusFeed(StatusReader reader, MessageRate rate, Hub hub, TimeProvider clock, ILogger<StatusFeed> log) : BackgroundService
{
    public const string Channel = "status";
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            rate.Measure();
            try
            {
                await hub.Publish(Channel, await reader.Read(stoppingToken), stoppingToken);
            }
            catch (Exception fault)
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }
                log.LogError(fault, "The status could not be read");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
