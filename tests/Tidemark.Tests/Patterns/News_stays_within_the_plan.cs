using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Patterns;

/// <summary>A market whose last minutes happen while people listen.</summary>
public sealed class News_stays_within_the_plan(News_stays_within_the_plan.Market server) : IClassFixture<News_stays_within_the_plan.Market>
{
    const int Before = 2 * 1_440, Live = 9;

    public sealed class Market(TestPostgres postgres) : EyeServer(postgres), IAsyncLifetime
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["ROLES"] = "web" };

        public CandleSeries Minutes { get; } = Rallying(Swings.Of(Before, seed: 61, Timeframe.M1.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(-Before - Live)));

        /// <summary>A red minute, then green ones that leave a gap each: an order block and gaps.</summary>
        static CandleSeries Rallying(CandleSeries minutes)
        {
            for (var i = 0; i < Live; i++)
            {
                var last = minutes[minutes.Count - 1];
                var close = Math.Round(last.Close * (i == 0 ? 0.998 : 1.01), 2);
                minutes.Append(new Candle(last.OpenTime + 60_000, last.Close, Math.Max(last.Close, close) + 1, Math.Min(last.Close, close) - 1, close, 20));
            }
            return minutes;
        }

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Look(Minutes.Slice(0, Before));
            await Services.GetRequiredService<ChosenSymbols>().Look(default);
        }
    }

    [Fact]
    public async Task Each_hears_its_part_and_loses_it_with_the_plan()
    {
        using var free = await Visitor.SignUp(server, byToken: true);
        using var premium = await Visitor.SignUp(server, Plan.Premium, byToken: true);
        await using var poor = await Talker.Connect(server.Address, null, ("Authorization", $"Bearer {free.Token}"));
        await using var rich = await Talker.Connect(server.Address, null, ("Authorization", $"Bearer {premium.Token}"));
        await poor.Subscribe("patterns:BTC/USDT:FVG");
        await poor.Subscribe("matrix:BTC/USDT:FVG");
        await rich.Subscribe("patterns");
        await rich.Subscribe("matrix");

        await server.Look(server.Minutes.Slice(Before, Live));
        var (seen, row) = await UntilTheRow(poor);
        var (all, wholeRow) = await UntilTheRow(rich);

        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(pattern => Code(pattern) == "FVG");
        seen.Select(Id).ShouldBe(all.Where(pattern => Code(pattern) == "FVG").Select(Id));
        all.Select(Code).Distinct().Count().ShouldBeGreaterThan(1);
        Codes(row).ShouldAllBe(code => code == "FVG");
        wholeRow.GetProperty("processedUntil").GetDateTimeOffset().ShouldBe(row.GetProperty("processedUntil").GetDateTimeOffset());

        await server.Rows($"UPDATE users SET plan = 'FREE' WHERE id = {premium.Id} RETURNING email");
        var dropped = new[] { await rich.Hear("dropped"), await rich.Hear("dropped") };
        dropped.Select(frame => frame.GetProperty("channel").GetString()).Order().ShouldBe(["matrix", "patterns"]);
        dropped.ShouldAllBe(frame => frame.GetProperty("code").GetString() == "PLAN_REQUIRED");
    }

    /// <summary>The changes told up to the row of the matrix that ends them.</summary>
    static async Task<(List<JsonElement> Patterns, JsonElement Row)> UntilTheRow(Talker talker)
    {
        var patterns = new List<JsonElement>();
        while (true)
        {
            var message = await talker.Hear("message");
            if (message.GetProperty("channel").GetString()!.StartsWith("matrix", StringComparison.Ordinal))
            {
                return (patterns, message.GetProperty("data"));
            }
            patterns.Add(message.GetProperty("data").GetProperty("pattern"));
        }
    }

    static string Code(JsonElement pattern) => pattern.GetProperty("code").GetString()!;
    static long Id(JsonElement pattern) => pattern.GetProperty("id").GetInt64();
    static IEnumerable<string> Codes(JsonElement row) => row.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("code").GetString()).OfType<string>();
}
