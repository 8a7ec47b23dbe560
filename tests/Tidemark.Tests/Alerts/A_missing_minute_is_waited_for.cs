using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Alerts;

/// <summary>A minute that the market's own repair still asks for may be the one that somebody waits for.</summary>
public sealed class A_missing_minute_is_waited_for(TestPostgres postgres) : IAsyncLifetime
{
    static readonly SeriesKey Minutes = new(AlertServer.From, AlertServer.Bitcoin, Timeframe.M1);
    readonly AlertServer _server = new(postgres);
    long _opens, _alert;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        using var who = await _server.Trader();
        // Before the alert: whether it is made in this minute or the next, judging stands at the end of this one.
        _opens = Timeframe.M1.Floor(_server.Clock.GetUtcNow()).ToUnixTimeMilliseconds();
        _alert = await _server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 120 });
        _server.Clock.Move(TimeSpan.FromMinutes(3));
        await _server.Close(Minute(0), Minute(2));
        await UntilJudged(1);
        _server.Clock.Move(TimeSpan.FromMinutes(37));
        await _server.Close([.. Enumerable.Range(3, 36).Select(place => Minute(place))]);
        await AlertServer.Until(async () => await _server.Scalar<long>("SELECT count(*) FROM alert_progress WHERE timeframe = 1 AND waits IS NOT NULL") == 1, "it says why judging waits, though nobody has looked at the hole yet");
        await UntilJudged(1);
        // As the market's own repair does every five minutes.
        await _server.Services.GetRequiredService<SeriesVerification>().Verify(Minutes, CancellationToken.None);
    }

    [Fact]
    public async Task What_happened_in_it_is_told_late_once_it_comes()
    {
        await _server.Close(Minute(1, high: 125));

        await AlertServer.Until(async () => await _server.Scalar<long>("SELECT count(*) FROM alert_triggers") > 0, "it is found");
        (await _server.Scalar<bool>($"SELECT late AND extract(epoch FROM bar)::bigint * 1000 = {_opens + 60_000} FROM alert_triggers WHERE alert_id = {_alert}")).ShouldBeTrue();
        await UntilJudged(39);
    }

    [Fact]
    public async Task Judging_goes_on_once_the_exchange_does_not_have_it_either()
    {
        await _server.Services.GetRequiredService<QualityTable>().Accept(AlertServer.Bitcoin, CancellationToken.None);
        _server.Clock.Move(TimeSpan.FromMinutes(1));
        await _server.Close(Minute(39));

        await UntilJudged(40);
        (await _server.Scalar<long>("SELECT count(*) FROM alert_triggers")).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_begins_to_judge_later_waits_too()
    {
        await BeginAnewAfter(TimeSpan.FromHours(4));

        await What_happened_in_it_is_told_late_once_it_comes();
    }

    [Fact]
    public async Task An_alert_that_ended_behind_it_still_tells_once_patience_is_over()
    {
        using var who = await _server.Trader();
        var ends = _server.Clock.GetUtcNow().AddMinutes(6);
        var alert = await _server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 130, expiresAt = ends });
        _server.Clock.Move(TimeSpan.FromMinutes(5));
        await _server.Close(Minute(43, high: 135));
        await BeginAnewAfter(TimeSpan.FromHours(4));

        _server.Clock.Move(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1));

        await AlertServer.Until(async () => await _server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE alert_id = {alert}") == 1, "it is told, late");
    }

    /// <summary>Judging ends, and begins again after a while, with the hole as it was.</summary>
    async Task BeginAnewAfter(TimeSpan pause)
    {
        await using (var overtake = _server.Source.CreateCommand("UPDATE alert_engine SET fence = fence + 1, held_until = '-infinity'"))
        {
            await overtake.ExecuteNonQueryAsync();
        }
        await AlertServer.Until(() => Task.FromResult(!_server.Engine.IsJudging), "the right to judge is gone");
        var left = _server.Clock.GetUtcNow();
        _server.Clock.Move(pause);
        await AlertServer.Until(
            async () => await _server.Scalar<long>($"SELECT count(*) FROM alert_progress WHERE timeframe = 1 AND waits LIKE '%is missing%' AND changed_at > '{left + (pause / 2):O}'") == 1,
            "it waits for the minute");
    }

    [Fact]
    public async Task What_was_before_the_first_candle_is_not_waited_for()
    {
        var ether = new Symbol("ETH", "USDT");
        await _server.OpenMarket(ether);
        using var who = await _server.Trader();
        await _server.Make(who, new { symbol = $"{ether}", condition = "PRICE_ABOVE", threshold = 120 });
        await _server.Store.Delete(Minutes with { Symbol = ether }, DateTimeOffset.UnixEpoch, _server.Clock.GetUtcNow(), CancellationToken.None);
        _server.Clock.Move(TimeSpan.FromMinutes(10));

        await _server.Close(ether, [.. Enumerable.Range(45, 3).Select(place => Minute(place, high: 125))]);

        await AlertServer.Until(async () => await _server.Scalar<long>("SELECT count(*) FROM alert_triggers WHERE symbol = 'ETH/USDT'") == 1, "it is found at once");
    }

    Task UntilJudged(int place) => AlertServer.Until(
        async () => await _server.Scalar<long>($"SELECT count(*) FROM alert_progress WHERE timeframe = 1 AND judged_until = to_timestamp({(_opens / 1000) + (place * 60)})") == 1,
        $"minutes before {place} are judged");

    Candle Minute(int place, double high = 100) => new(_opens + (place * 60_000), 100, high, 100, 100, 1);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
