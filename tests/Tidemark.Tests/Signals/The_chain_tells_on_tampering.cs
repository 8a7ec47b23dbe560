using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tidemark.Patterns;
using Tidemark.Patterns.Eyes;
using Tidemark.Platform.Jobs;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;
using Tidemark.Running;
using Tidemark.Signals.Chain;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals;

public sealed class The_chain_tells_on_tampering(TestPostgres postgres)
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A chain of some signals, all over but the last.</summary>
    async Task<EyeServer> Chain(int signals = 4)
    {
        var server = new EyeServer(postgres);
        await server.InitializeAsync();
        await server.Look(Swings.Of(10).All());
        var key = new EyeKey(EyeServer.From, EyeServer.Bitcoin);
        var eye = await server.Services.GetRequiredService<EyeTable>().IdOf(key, default);
        for (var i = 0; i < signals; i++)
        {
            await Issue(server, key, eye, Now.AddHours(i), isOver: i < signals - 1);
        }
        return server;
    }

    static SignalTerms Terms(long known) => new()
    {
        Origin = SignalOrigin.Smc,
        Direction = Direction.Bullish,
        Timeframe = Timeframe.H1,
        Score = 3,
        Entry = 100,
        Stop = 99,
        Targets = [101, 102, 103.5],
        EntersAtOnce = true,
        KnownAt = known,
        ValidUntil = known + 3_600_000,
        Rule = "a test's",
    };

    static async Task Issue(EyeServer server, EyeKey key, Market.Candles.SeriesId eye, DateTimeOffset at, bool isOver)
    {
        var known = at.ToUnixTimeMilliseconds();
        var booked = new BookedSignal(new FollowedSignal(Terms(known), 0.001));
        var table = server.Services.GetRequiredService<SignalTable>();
        await Write(server, connection => table.Write(connection, key, eye, [booked], at, default));
        booked.Settle();
        if (isOver)
        {
            booked.Next(new Candle(known, 100, 104, 99.5, 103.7, 1), known + 60_000);
            await Write(server, connection => table.Write(connection, key, eye, [booked], at.AddMinutes(1), default));
        }
    }

    static async Task Write(EyeServer server, Func<NpgsqlConnection, Task> work)
    {
        await using var connection = await server.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await work(connection);
        await transaction.CommitAsync();
    }

    static Task<ChainReport> Check(EyeServer server) => server.Services.GetRequiredService<ChainCheck>().Run(default);

    /// <summary>As somebody with all rights in the database would do it.</summary>
    static Task<List<string>> Tamper(EyeServer server, string sql) => server.Rows($"ALTER TABLE signal_chain DISABLE TRIGGER ALL; SET session_replication_role = replica; {sql}; SET session_replication_role = origin; ALTER TABLE signal_chain ENABLE TRIGGER ALL; SELECT '1'");

    [Fact]
    public async Task A_sound_chain_is_sound()
    {
        await using var server = await Chain();

        var report = await Check(server);

        report.Faults.ShouldBeEmpty();
        (report.Rows, report.Signals).ShouldBe((7, 4));
    }

    [Fact]
    public async Task It_is_only_ever_added_to()
    {
        await using var server = await Chain();

        foreach (var sql in new[] { "UPDATE signal_chain SET content = content", "DELETE FROM signal_chain", "TRUNCATE signal_chain" })
        {
            var change = () => server.Rows(sql + (sql.StartsWith("TRUNCATE", StringComparison.Ordinal) ? "" : " RETURNING hash"));
            (await change.ShouldThrowAsync<PostgresException>()).MessageText.ShouldContain("only ever added to");
        }
    }

    [Theory]
    [InlineData("UPDATE signals SET retrospective = true WHERE ended_at IS NULL", "is not rewritten")]
    [InlineData("UPDATE signals SET entry = 100.5 WHERE ended_at IS NULL", "is not rewritten")]
    [InlineData("UPDATE signals SET targets = '{101}' WHERE ended_at IS NULL", "is not rewritten")]
    [InlineData("UPDATE signals SET outcome = 3 WHERE ended_at IS NOT NULL", "has ended and stays")]
    [InlineData("DELETE FROM signals WHERE id = 0", "never deleted")]
    [InlineData("TRUNCATE signals CASCADE", "never deleted")]
    [InlineData("DELETE FROM patterns WHERE id = 0", "never deleted")]
    public async Task What_was_found_is_neither_rewritten_nor_taken_out(string sql, string words)
    {
        await using var server = await Chain();

        var change = () => server.Rows(sql);

        (await change.ShouldThrowAsync<PostgresException>()).MessageText.ShouldContain(words);
    }

    [Fact]
    public async Task A_signal_that_was_entered_before_it_could_be_stored_is_told_as_it_stands()
    {
        await using var server = await Chain();
        var key = new EyeKey(EyeServer.From, EyeServer.Bitcoin);
        var eye = await server.Services.GetRequiredService<EyeTable>().IdOf(key, default);
        var known = Now.AddHours(9).ToUnixTimeMilliseconds();
        var booked = new BookedSignal(new FollowedSignal(Terms(known) with { EntersAtOnce = false }, 0.001));

        booked.Next(new Candle(known, 100.5, 100.6, 99.9, 100.2, 1), known + 60_000);
        await Write(server, connection => server.Services.GetRequiredService<SignalTable>().Write(connection, key, eye, [booked], Now.AddHours(9).AddMinutes(2), default));

        (await Check(server)).Faults.ShouldBeEmpty();
        (await server.Rows("SELECT kind FROM signal_chain ORDER BY sequence DESC LIMIT 2")).ShouldBe(["amended", "issued"]);
    }

    [Theory]
    [InlineData("UPDATE signal_chain SET content = replace(content, '103.5', '103.6') WHERE sequence = 3", 3, "was changed")]
    [InlineData("UPDATE signal_chain SET recorded_at = recorded_at - interval '1 hour' WHERE sequence = 5", 5, "names another time")]
    [InlineData("DELETE FROM signal_chain WHERE sequence = 4", 4, "is missing")]
    [InlineData("UPDATE signal_chain SET sequence = sequence + 100; UPDATE signal_chain SET sequence = CASE sequence WHEN 102 THEN 3 WHEN 103 THEN 2 ELSE sequence - 100 END", 2, "that of row 3")]
    [InlineData("DELETE FROM signal_chain WHERE sequence = 6", 6, "is missing")]
    public async Task Whoever_touches_a_row_is_told_on(string sql, long sequence, string words)
    {
        await using var server = await Chain();

        await Tamper(server, sql);

        (await Check(server)).Faults.ShouldContain(fault => fault.Sequence == sequence && fault.What.Contains(words));
    }

    [Theory]
    [InlineData("UPDATE signals SET entry = 100.5 WHERE id = (SELECT min(id) FROM signals)", "no longer says what it said")]
    [InlineData("UPDATE signals SET outcome = 3 WHERE id = (SELECT min(id) FROM signals)", "went otherwise than row 2 says")]
    [InlineData("DELETE FROM signal_chain WHERE sequence = 7", "is not in the chain")]
    [InlineData("UPDATE signals SET retrospective = true WHERE id = (SELECT min(id) FROM signals)", "is now called retrospective")]
    [InlineData("DELETE FROM signals WHERE id = (SELECT min(id) FROM signals)", "of row 1 is no longer among the signals")]
    [InlineData("UPDATE signals SET status = 'target', targets_hit = 2 WHERE id = (SELECT max(id) FROM signals)", "went otherwise than row 7 says")]
    [InlineData("UPDATE signals SET triggered_at = triggered_at - interval '1 minute' WHERE id = (SELECT max(id) FROM signals)", "went otherwise than row 7 says")]
    [InlineData("DROP INDEX signal_chain_issues_once; INSERT INTO signal_chain SELECT 8, signal_id, kind, recorded_at, previous, repeat('e', 64), content FROM signal_chain WHERE sequence = 1", "Row 8 issues signal 1 again, after row 1")]
    [InlineData("INSERT INTO signal_chain SELECT 8, signal_id, 'amended', recorded_at, previous, repeat('e', 64), content FROM signal_chain WHERE sequence = 2", "which ended in row 2")]
    [InlineData("INSERT INTO signal_chain SELECT 8, 99, 'amended', recorded_at, previous, repeat('e', 64), content FROM signal_chain WHERE sequence = 2", "which no row before it issued")]
    public async Task So_is_whoever_changes_a_signal_or_cuts_off_the_end(string sql, string words)
    {
        await using var server = await Chain();

        await Tamper(server, sql);

        (await Check(server)).Faults.ShouldContain(fault => fault.What.Contains(words));
    }

    [Fact]
    public async Task Any_changed_byte_of_any_row_is_found()
    {
        await using var server = await Chain();
        var lengths = await server.Rows("SELECT sequence || ':' || length(content) FROM signal_chain ORDER BY sequence");
        var random = new Random(4);

        for (var i = 0; i < 25; i++)
        {
            var sequence = random.Next(1, 8);
            var length = int.Parse(lengths[sequence - 1].Split(':')[1]);
            var at = random.Next(1, length + 1);
            var kept = (await server.Rows($"SELECT content FROM signal_chain WHERE sequence = {sequence}"))[0];
            await Tamper(server, $"UPDATE signal_chain SET content = overlay(content placing chr(((ascii(substr(content, {at}, 1)) - 31) % 94) + 33) from {at} for 1) WHERE sequence = {sequence}");
            (await Check(server)).Faults.ShouldContain(fault => fault.Sequence == sequence, $"byte {at} of row {sequence}");
            await Tamper(server, $"UPDATE signal_chain SET content = '{kept.Replace("'", "''", StringComparison.Ordinal)}' WHERE sequence = {sequence}");
        }
        (await Check(server)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_content_is_shown_when_the_signal_is_over()
    {
        await using var server = await Chain();
        var hashes = await server.Rows("SELECT hash FROM signal_chain ORDER BY sequence");

        var over = await server.Http.Get($"/api/v1/verify/{hashes[0]}");
        var running = await server.Http.Get($"/api/v1/verify/{hashes[^1]}");
        var unknown = await server.Http.Get($"/api/v1/verify/{new string('a', 64)}");
        var head = await server.Http.Get("/api/v1/verify");
        var page = await server.Http.GetStringAsync(new Uri($"/verify/{hashes[0]}", UriKind.Relative));
        var closed = await server.Http.GetStringAsync(new Uri($"/verify/{hashes[^1]}", UriKind.Relative));

        over.Data.GetProperty("isSound").GetBoolean().ShouldBeTrue();
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(over.Data.GetProperty("content").GetString()!))).ShouldBe(hashes[0]);
        over.Data.GetProperty("rows").GetArrayLength().ShouldBe(2);
        running.Data.GetProperty("content").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        running.Body.ToString().ShouldNotContain("103.5");
        running.Data.GetProperty("kind").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        running.Data.GetProperty("rows").GetArrayLength().ShouldBe(0);
        unknown.Status.ShouldBe(404);
        head.Data.GetProperty("hash").GetString().ShouldBe(hashes[^1]);
        page.ShouldContain("103.5");
        closed.ShouldContain("still runs");
        closed.ShouldNotContain("103.5");
        closed.ShouldNotContain("a signal was issued");
        closed.ShouldNotContain("All rows");
    }

    [Fact]
    public async Task A_hash_cannot_be_found_by_trying_what_a_signal_may_say()
    {
        await using var server = await Chain();

        var nonces = await server.Rows("SELECT content::jsonb ->> 'nonce' FROM signal_chain ORDER BY sequence");
        var guess = await server.Rows("SELECT regexp_replace(content, '\"nonce\":\"[0-9a-f]*\",', '') FROM signal_chain WHERE sequence = 7");

        nonces.Count.ShouldBe(7);
        nonces.Distinct().Count().ShouldBe(7);
        nonces.ShouldAllBe(nonce => nonce.Length == 32);
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(guess[0]))).ShouldNotBe((await server.Rows("SELECT hash FROM signal_chain WHERE sequence = 7"))[0]);
    }

    [Fact]
    public async Task The_life_of_other_terms_is_not_written_over_what_was_issued()
    {
        await using var server = await Chain();
        var key = new EyeKey(EyeServer.From, EyeServer.Bitcoin);
        var eye = await server.Services.GetRequiredService<EyeTable>().IdOf(key, default);
        var known = Now.AddHours(3).ToUnixTimeMilliseconds();
        var other = new BookedSignal(new FollowedSignal(Terms(known) with { Stop = 99.8 }, 0.001));
        other.Settle();

        other.Next(new Candle(known, 100, 100.1, 99.5, 99.9, 1), known + 60_000);
        await Write(server, connection => server.Services.GetRequiredService<SignalTable>().Write(connection, key, eye, [other], Now.AddHours(4), default));

        (await server.Rows("SELECT status FROM signals ORDER BY known_at DESC LIMIT 1")).ShouldBe(["triggered"]);
        (await Check(server)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_head_that_was_kept_tells_on_a_chain_that_was_cut_off_or_written_anew()
    {
        await using var server = await Chain();
        var check = server.Services.GetRequiredService<ChainCheck>();
        var kept = (await check.Run(default)).Head;

        (await check.Run(kept, default)).Faults.ShouldBeEmpty();
        (await check.Run(kept with { Hash = new string('a', 64) }, default)).Faults.ShouldHaveSingleItem().What.ShouldContain("was written anew");
        (await check.Run(kept with { Sequence = 8 }, default)).Faults.ShouldHaveSingleItem().What.ShouldContain("was cut off");
        KeptHead.Parse(kept.ToString()).ShouldBe(kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("0:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("7:000000000000000000000000000000000000000000000000000000000000000g")]
    public void A_head_is_a_number_and_a_hash(string text) => KeptHead.Parse(text).ShouldBeNull();

    [Fact]
    public async Task Every_night_the_chain_is_checked()
    {
        await using var server = await Chain();
        var job = ActivatorUtilities.CreateInstance<VerifySignals>(server.Services);

        (await job.Run(new JobRun(1, "verify-signals", Now), default))["rows"].ShouldBe(7);
        await Tamper(server, "UPDATE signals SET entry = 100.5 WHERE id = (SELECT min(id) FROM signals)");
        var night = () => job.Run(new JobRun(2, "verify-signals", Now), default);

        (await night.ShouldThrowAsync<InvalidDataException>()).Message.ShouldContain("no longer says");
    }
}
