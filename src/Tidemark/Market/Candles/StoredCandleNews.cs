using System.Globalization;
using Npgsql;

namespace Tidemark.Market.Candles;

/// <summary>
/// Tells processes that share a database what others of them stored, with PostgreSQL's own notifications: they leave with the commit
/// and none is lost while the connection lives. Without the connection, memory is not trusted and every read goes to the database.
/// </summary>
public sealed class StoredCandleNews(NpgsqlDataSource source, CandleStore store, SeriesCatalog catalog, HotCandles hot, TimeProvider clock, ILogger<StoredCandleNews> log) : BackgroundService
{
    const string Channel = "candles";
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A series changed from a moment on.</summary>
    internal sealed record Message(string Writer, SeriesId Series, long From)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Writer}|{Series.Source}|{Series.Symbol}|{Series.Timeframe}|{From}");

        public static Message? Read(string text) =>
            text.Split('|') is [var writer, var source, var symbol, var timeframe, var from]
                ? new Message(writer, new SeriesId(short.Parse(source), int.Parse(symbol), short.Parse(timeframe)), long.Parse(from))
                : null;
    }

    /// <summary>Every series changed.</summary>
    internal static Message Everything { get; } = new("everyone", default, 0);

    internal static async Task Tell(NpgsqlConnection connection, Message news, CancellationToken stop)
    {
        await using var tell = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = Channel }, new() { Value = news.ToString() } } };
        await tell.ExecuteNonQueryAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or ObjectDisposedException)
            {
                log.LogWarning("News of stored candles is interrupted; candles are read from the database until it is back: {Fault}", fault.Message);
            }
            finally
            {
                hot.Distrust();
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Listen(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        var heard = new Queue<string>();
        connection.Notification += (_, news) => heard.Enqueue(news.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }
        hot.Trust();
        while (true)
        {
            await connection.WaitAsync(stop);
            while (heard.TryDequeue(out var text))
            {
                await Hear(Message.Read(text), stop);
            }
        }
    }

    async Task Hear(Message? news, CancellationToken stop)
    {
        if (news is null || news == Everything)
        {
            hot.Forget();
        }
        else if (news.Writer != store.Writer && await catalog.KeyOf(news.Series, stop) is { } key)
        {
            hot.Find(key)?.Changed(news.From);
        }
    }
}
