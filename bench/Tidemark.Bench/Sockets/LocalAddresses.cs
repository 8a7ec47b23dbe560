using System.Net;
using System.Net.Sockets;

namespace Tidemark.Bench.Sockets;

/// <summary>The program lets a network have a thousand sockets: a crowd comes from several addresses of this machine.</summary>
static class LocalAddresses
{
    const int SocketsAnAddress = 900;

    /// <summary>What opens the connections of clients, from one of a number on; those of an address share theirs.</summary>
    public static IReadOnlyList<HttpMessageInvoker> For(int clients, int first = 0, int? receiveBuffer = null)
    {
        var invokers = new Dictionary<int, HttpMessageInvoker>();
        foreach (var address in Enumerable.Range(first, clients).Select(AddressOf).Distinct())
        {
            invokers[address] = From($"127.0.1.{address + 1}", receiveBuffer);
        }
        return [.. Enumerable.Range(first, clients).Select(client => invokers[AddressOf(client)])];
    }

    static int AddressOf(int client) => client / SocketsAnAddress;

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
