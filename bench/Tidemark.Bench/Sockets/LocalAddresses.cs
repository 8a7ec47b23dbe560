using System.Net;
using System.Net.Sockets;

namespace Tidemark.Bench.Sockets;

/// <summary>The program lets a network have a thousand sockets: a crowd comes from several addresses of this machine.</summary>
static class LocalAddresses
{
    const int SocketsAnAddress = 900;

    /// <summary>What opens the connections of each of so many clients; those of an address share theirs.</summary>
    public static IReadOnlyList<HttpMessageInvoker> For(int clients, int? receiveBuffer = null)
    {
        var invokers = Enumerable.Range(0, ((clients - 1) / SocketsAnAddress) + 1).Select(number => From($"127.0.1.{number + 1}", receiveBuffer)).ToArray();
        return [.. Enumerable.Range(0, clients).Select(client => invokers[client / SocketsAnAddress])];
    }

    static HttpMessageInvoker From(string address, int? receiveBuffer) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (receiveBuffer is { } size)
            {
                socket.ReceiveBufferSize = size;
            }
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
