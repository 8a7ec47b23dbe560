using Tidemark.Market;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;
using Tidemark.Signals.Reading;

namespace Tidemark.Signals.Issuing;

/// <summary>A signal was issued or went on, and is stored so; for the modules above.</summary>
public sealed record SignalChanged(bool IsNew, StoredSignal Signal);

/// <summary>A change as the channels of signals tell it.</summary>
public sealed record SignalMessage(string Change, SignalView Signal);

/// <summary>Tells browsers and the modules above what happened to signals. What is found in history is not told.</summary>
public sealed class SignalHerald(Hub hub, IEventBus bus, SignalFigures figures, ILogger<SignalHerald> log)
{
    public const string Channel = "signals";

    public static string Of(Symbol symbol) => $"{Channel}:{symbol}";

    public async ValueTask Tell(BookedSignal booked, CancellationToken stop)
    {
        if (booked.Row is not { IsRetrospective: false } signal)
        {
            return;
        }
        var isNew = booked.Stored is null;
        var message = new SignalMessage(isNew ? "issued" : signal.Life.IsOver ? "ended" : "amended", SignalView.Of(signal, figures));
        try
        {
            await hub.Publish(Channel, message, stop);
            await hub.Publish(Of(signal.Of.Symbol), message, stop);
            await bus.Publish(new SignalChanged(isNew, signal), stop);
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(trouble, "News of signal {Signal} could not be told", signal.Id);
        }
    }
}
