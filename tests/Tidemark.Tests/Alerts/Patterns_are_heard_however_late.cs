using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Alerts;

public sealed class Patterns_are_heard_however_late(TestPostgres postgres)
{
    sealed class Second(TestPostgres postgres, string database) : AlertServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings) { ["DATABASE_URL"] = database };
    }

    static object Waits(string timeframe = "1m") => new { symbol = "BTC/USDT", condition = "PATTERN", patternKind = "FVG", repeat = "ONCE_PER_BAR", timeframe };

    [Fact]
    public async Task What_is_found_hours_after_it_was_known_is_told_and_marked_late()
    {
        await using var first = new AlertServer(postgres);
        await first.InitializeAsync();
        using var who = await first.Trader();
        var alert = await first.Make(who, Waits());
        var minute = Timeframe.M1.Floor(first.Clock.GetUtcNow()).AddMinutes(1);
        first.Clock.Move(TimeSpan.FromMinutes(2));
        await first.Close(new Candle(minute.AddMinutes(-1).ToUnixTimeMilliseconds(), 100, 100, 100, 100, 1));
        await AlertServer.Until(async () => await first.Scalar<long>("SELECT count(*) FROM alert_progress") > 0, "progress is written");
        await first.Stop();

        await using var second = new Second(postgres, first.Source.ConnectionString);
        await second.InitializeAsync();
        second.Clock.Move(TimeSpan.FromHours(10));
        second.Services.GetRequiredService<SourceInUse>().Current = AlertServer.From;
        await AlertServer.Until(() => second.Engine.IsJudging, "the second judges");
        // The candles are judged at once; the eye comes to the patterns of these hours later.
        await second.Close(new Candle(minute.ToUnixTimeMilliseconds(), 100, 100, 100, 100, 1));
        await Task.Delay(2_500);
        await Record(second, [.. Enumerable.Range(0, 60).Select(i => minute.AddMinutes(5 + i))]);
        await Record(second, [.. Enumerable.Range(0, 1_000).Select(i => minute.AddMinutes(5).AddSeconds(i))], timeframe: 5);
        await Record(second, [.. Enumerable.Range(60, 40).Select(i => minute.AddMinutes(5 + i))]);

        await AlertServer.Until(async () => await second.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE alert_id = {alert} AND late") == 100, "each is told, those behind a thousand others as well");
        (await second.Scalar<bool>($"SELECT min(exchange_at) = '{minute.AddMinutes(5):O}' FROM alert_triggers")).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_is_committed_behind_a_newer_one_is_told()
    {
        await using var server = new AlertServer(postgres);
        await server.InitializeAsync();
        using var who = await server.Trader();
        var alert = await server.Make(who, Waits());
        await server.Make(who, Waits("15m"));
        var known = Timeframe.M1.Floor(server.Clock.GetUtcNow()).AddMinutes(1);
        await using var connection = await server.Source.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await Record(server, connection, known);
        await Record(server, known.AddMinutes(1), "bullish", 15);
        await AlertServer.Until(async () => await server.Scalar<long>("SELECT count(*) FROM alert_triggers") == 1, "the newer is told");

        await slow.CommitAsync();

        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE alert_id = {alert} AND exchange_at = '{known:O}'") == 1, "the older is told as well");
    }

    [Fact]
    public async Task What_it_says_of_a_pattern_is_its_own_direction_and_how_many_timeframes_agree()
    {
        await using var server = new AlertServer(postgres);
        await server.InitializeAsync();
        using var who = await server.Trader();
        await server.Make(who, Waits());
        var known = Timeframe.M1.Floor(server.Clock.GetUtcNow()).AddMinutes(1);
        await Record(server, known.AddMinutes(-1), "bearish", 60);
        await Record(server, known.AddMinutes(-1), "bearish", 240);
        await Record(server, known.AddMinutes(-1), "bullish", 15);
        await Record(server, known, "bearish");

        await AlertServer.Until(async () => await server.Scalar<long>("SELECT count(*) FROM notifications WHERE kind = 'ALERT'") == 1, "it is told");
        (await server.Scalar<string>("SELECT direction || ' ' || confluence FROM notifications WHERE kind = 'ALERT'")).ShouldBe("BEARISH 3");
    }

    static async Task Record(AlertServer server, IReadOnlyList<DateTimeOffset> known, int timeframe = 1)
    {
        await using var connection = await server.Source.OpenConnectionAsync();
        foreach (var at in known)
        {
            await Record(server, connection, at, timeframe: timeframe);
        }
    }

    static async Task Record(AlertServer server, DateTimeOffset known, string direction, int timeframe = 1)
    {
        await using var connection = await server.Source.OpenConnectionAsync();
        await Record(server, connection, known, direction, timeframe);
    }

    /// <summary>A gap, as an eye writes it.</summary>
    static async Task Record(AlertServer server, NpgsqlConnection connection, DateTimeOffset known, string direction = "bullish", int timeframe = 1)
    {
        var id = await server.Services.GetRequiredService<SeriesCatalog>().IdOf(new SeriesKey(AlertServer.From, AlertServer.Bitcoin, Timeframe.M1), CancellationToken.None);
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO patterns (source, symbol, recorded_at, timeframe, kind, direction, known_at, anchor_at, first_at, confirmed_at, expires_at, bottom, top, rule, parameters, strength, confirming_close, status)
            VALUES ($1, $2, $3, $4, 'FVG', $5, $6, $6, $6, $6, $7, 99, 100, 'test', '', 50, 100, 'active')
            """,
            connection);
        foreach (var value in new object[] { id.Source, id.Symbol, server.Clock.GetUtcNow(), (short)timeframe, direction, known, known.AddDays(1) })
        {
            insert.Parameters.Add(new() { Value = value });
        }
        await insert.ExecuteNonQueryAsync();
    }
}
