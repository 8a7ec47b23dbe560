using System.Net;
using System.Net.Sockets;
using System.Text;
using Tidemark.Notifications.Channels;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class A_server_of_ones_own_is_not_trusted(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Whatever_it_calls_a_message_is_noted_and_where_it_leads_to_does_not_get_its_token()
    {
        using var stop = new CancellationTokenSource();
        using var there = new TcpListener(IPAddress.Loopback, 0);
        using var first = new TcpListener(IPAddress.Loopback, 0);
        there.Start();
        first.Start();
        var hostile = $"{{\"id\":\"one\\u0000two{new string('x', 5_000)}\"}}";
        var asked = new TaskCompletionSource<string>();
        var led = new TaskCompletionSource<string>();
        var work = Task.WhenAll(
            Answer(first, $"HTTP/1.1 307 There\r\nLocation: http://127.0.0.1:{((IPEndPoint)there.LocalEndpoint).Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", asked, stop.Token),
            Answer(there, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {hostile.Length}\r\nConnection: close\r\n\r\n{hostile}", led, stop.Token));
        var (who, _) = await server.Listener(ChannelKind.Ntfy);
        using var _1 = who;
        (await who.Put("notifications/channels/NTFY/address", new { url = $"http://127.0.0.1:{((IPEndPoint)first.LocalEndpoint).Port}", secret = "tk_of_my_own_server" })).Status.ShouldBe(200);
        (await who.Put("notifications/channels/NTFY", new { enabled = true })).Status.ShouldBe(200);

        await server.Post(Note(who, "alert:1"));

        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Ntfy, Status: "SENT" }), "it is noted");
        var receipt = await server.Ask<string>($"SELECT receipt FROM notification_deliveries WHERE user_id = {who.Id} AND channel = 'NTFY'");
        receipt.ShouldStartWith("one two");
        receipt.Length.ShouldBeLessThanOrEqualTo(200);
        (await asked.Task).ShouldContain("tk_of_my_own_server");
        (await led.Task).ShouldNotContain("tk_of_my_own_server");
        await stop.CancelAsync();
        await work;
    }

    static bool IsWhole(string request) =>
        request.StartsWith("GET", StringComparison.Ordinal) ? request.EndsWith("\r\n\r\n", StringComparison.Ordinal) : request.EndsWith('}') || request.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);

    /// <summary>Answers every request the same, and tells the head of the first.</summary>
    static async Task Answer(TcpListener listener, string answer, TaskCompletionSource<string> heard, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var caller = await listener.AcceptTcpClientAsync(stop);
                var stream = caller.GetStream();
                var told = new byte[16_384];
                var length = 0;
                var text = "";
                while (!IsWhole(text))
                {
                    var read = await stream.ReadAsync(told.AsMemory(length), stop);
                    if (read == 0)
                    {
                        break;
                    }
                    length += read;
                    text = Encoding.UTF8.GetString(told, 0, length);
                }
                heard.TrySetResult(text);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
