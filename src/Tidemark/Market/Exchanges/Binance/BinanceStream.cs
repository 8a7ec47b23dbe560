using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tidemark.Market.Exchanges.Binance;

/// <summary>
/// Binance's combined stream of one-minute candles, trades and best prices. It reconnects for ever: when the line breaks, when nothing
/// is heard, when the exchange announces its end, and before the day that a connection may live is over.
/// </summary>
public sealed class BinanceStream(Uri address, TimeProvider clock, ILogger log)
{
    static readonly TimeSpan LongestLife = TimeSpan.FromHours(23.5), LongestSilence = TimeSpan.FromSeconds(20), KeepAlive = TimeSpan.FromSeconds(20);
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);
    const int StreamsPerSymbol = 3, MostStreams = 1_024, LargestFrame = 1024 * 1024;

    public async IAsyncEnumerable<MarketEvent> Read(IReadOnlyCollection<Symbol> symbols, [EnumeratorCancellation] CancellationToken stop)
    {
        if (symbols.Count * StreamsPerSymbol > MostStreams)
        {
            throw new ArgumentException($"One connection carries {MostStreams / StreamsPerSymbol} symbols, not {symbols.Count}.", nameof(symbols));
        }
        var pause = FirstPause;
        while (true)
        {
            using var socket = await TryConnect(symbols, stop);
            if (socket is not null)
            {
                var sequence = new StreamSequence(symbols, clock);
                yield return new StreamRestarted();
                var began = clock.GetTimestamp();
                await foreach (var news in Listen(socket, sequence, began, stop))
                {
                    yield return news;
                }
                // A connection that served for a while was a good one.
                pause = clock.GetElapsedTime(began) > LongestPause ? FirstPause : pause;
            }
            await Task.Delay(pause, clock, stop);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    async Task<ClientWebSocket?> TryConnect(IReadOnlyCollection<Symbol> symbols, CancellationToken stop)
    {
        var names = symbols.Select(symbol => symbol.Joined.ToLowerInvariant()).SelectMany(static name => new[] { $"{name}@kline_1m", $"{name}@aggTrade", $"{name}@bookTicker" });
        var socket = new ClientWebSocket();
        (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = (KeepAlive, KeepAlive);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await socket.ConnectAsync(new Uri(address, $"/stream?streams={string.Join('/', names)}"), either.Token);
            return socket;
        }
        catch (Exception fault) when (fault is WebSocketException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            log.LogWarning("The live stream could not be opened: {Reason}", fault.Message);
            socket.Dispose();
            return null;
        }
    }

    async IAsyncEnumerable<MarketEvent> Listen(ClientWebSocket socket, StreamSequence sequence, long began, [EnumeratorCancellation] CancellationToken stop)
    {
        var buffer = new byte[LargestFrame];
        while (clock.GetElapsedTime(began) < LongestLife)
        {
            var length = await TryReceive(socket, buffer, stop);
            if (length < 0)
            {
                yield break;
            }
            var (news, isLast) = Understand(buffer.AsMemory(0, length), sequence);
            foreach (var one in news)
            {
                yield return one;
            }
            if (isLast)
            {
                log.LogInformation("The exchange announced the end of the live stream; it is opened anew");
                yield break;
            }
        }
    }

    /// <summary>The length of the next whole frame; -1 when the connection is no longer of use.</summary>
    async Task<int> TryReceive(ClientWebSocket socket, byte[] buffer, CancellationToken stop)
    {
        using var silence = new CancellationTokenSource(LongestSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, silence.Token);
        try
        {
            for (var length = 0; length < buffer.Length;)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), either.Token);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    log.LogWarning("The live stream was closed: {Code} {Reason}", socket.CloseStatus, socket.CloseStatusDescription);
                    return -1;
                }
                if (part.EndOfMessage)
                {
                    return length;
                }
            }
            log.LogError("The live stream sent a frame above {Bytes} bytes; it is opened anew", LargestFrame);
            return -1;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            log.LogWarning("The live stream was silent for {Seconds} s; it is opened anew", LongestSilence.TotalSeconds);
            return -1;
        }
        catch (WebSocketException fault)
        {
            log.LogWarning("The live stream broke: {Reason}", fault.Message);
            return -1;
        }
    }

    (IReadOnlyList<MarketEvent> News, bool IsLast) Understand(ReadOnlyMemory<byte> frame, StreamSequence sequence)
    {
        try
        {
            using var message = JsonDocument.Parse(frame);
            return message.RootElement.TryGetProperty("stream", out var name) && message.RootElement.TryGetProperty("data", out var data)
                ? name.GetString() == "!serverShutdown" ? ([], true) : (sequence.Read(name.GetString()!, data), false)
                : ([], false);
        }
        catch (Exception nonsense) when (nonsense is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            log.LogError("The live stream said something that is not understood: {Reason}", nonsense.Message);
            return ([], false);
        }
    }
}
