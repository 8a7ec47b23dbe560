using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Platform.Settings;
using Tidemark.Running;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

/// <summary>npm's smtp-server takes the mails; it is away at first, and killed in between.</summary>
public sealed class Mails_pass_a_real_mail_server(Mails_pass_a_real_mail_server.Server server) : IClassFixture<Mails_pass_a_real_mail_server.Server>
{
    public sealed class Server(TestPostgres postgres) : MessagingServer(postgres)
    {
        public int Port { get; } = FreePort();

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["MAIL_SERVER"] = "127.0.0.1",
            ["MAIL_PORT"] = $"{Port}",
            ["MAIL_USE_TLS"] = "false",
            ["MAIL_DEFAULT_SENDER"] = "tidemark@example.com",
        };

        static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }

    const int Mails = 8;

    [Fact]
    public async Task And_none_is_lost_or_doubled_while_it_is_away()
    {
        var (who, _) = await server.Listener(ChannelKind.Email);
        using var _1 = who;
        var received = new ConcurrentQueue<(string To, string Raw)>();
        await PostSome(who, 0);
        await Until(async () => (await server.Deliveries(who)).Exists(one => one.Why?.Contains("does not take it yet", StringComparison.Ordinal) == true), "the log says that the mail server is away");
        (await server.Ask<long>($"SELECT count(*) FROM notification_channels WHERE user_id = {who.Id} AND channel = 'EMAIL' AND (failures > 0 OR paused_at IS NOT NULL)")).ShouldBe(0, "that is no fault of the person's");

        await using (await SmtpServer.Start(server.Port, received))
        {
            server.Clock.Move(TimeSpan.FromMinutes(5));
            await Until(() => received.Count == Mails / 2, "the first half arrives");
        }
        await PostSome(who, Mails / 2);
        await Task.Delay(2_500);
        await using (await SmtpServer.Start(server.Port, received))
        {
            server.Clock.Move(TimeSpan.FromMinutes(5));
            await Until(() => received.Count == Mails, "the second half arrives");
            await Until(async () => (await server.Deliveries(who)).Count(one => one is { Channel: ChannelKind.Email, Status: "SENT" }) == Mails, "the log says so");
        }

        received.ShouldAllBe(mail => mail.To == who.Email);
        received.Select(mail => Header(mail.Raw, "Message-ID")).Distinct(StringComparer.Ordinal).Count().ShouldBe(Mails);
        received.Select(mail => Header(mail.Raw, "Subject")).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Mails).Select(i => $"note {i}  Bcc: x@example.com"));
        received.ShouldAllBe(mail => mail.Raw.Split("\r\n\r\n", 2, StringSplitOptions.None)[0].Split("\r\n", StringSplitOptions.None).All(line => !line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase)), "no header came in with the words");
    }

    async Task PostSome(Visitor who, int from) => await server.Post([.. Enumerable.Range(from, Mails / 2).Select(i => Note(who, $"alert:{i}", $"note {i}\r\nBcc: x@example.com"))]);

    static string? Header(string raw, string name) =>
        raw.Split("\r\n", StringSplitOptions.None).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    sealed class SmtpServer(Process process) : IAsyncDisposable
    {
        public static async Task<SmtpServer> Start(int port, ConcurrentQueue<(string To, string Raw)> received)
        {
            var home = SettingsSource.FindHome();
            var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(home, "tests", "mail", "server.mjs"), $"{port}"]) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = home })!;
            var listening = new TaskCompletionSource();
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is not { } text)
                {
                    return;
                }
                var told = JsonElement.Parse(text);
                if (told.TryGetProperty("listening", out var _))
                {
                    listening.SetResult();
                    return;
                }
                received.Enqueue((told.GetProperty("to")[0].GetString()!, told.GetProperty("raw").GetString()!));
            };
            process.BeginOutputReadLine();
            await listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return new SmtpServer(process);
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
