using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Backtests.Paper;
using Tidemark.Market;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Backtests;

/// <summary>The program at the beginning of a day whose quarters of an hour a test closes, and before it candles enough to warm up with.</summary>
sealed class PaperServer(TestPostgres postgres) : LabServer(postgres)
{
    /// <summary>The place of the day's first candle among all.</summary>
    public const int Start = 700;

    public static SeriesKey Series { get; } = new(From, Bitcoin, Timeframe.M15);

    public CandleSeries All { get; } = new();
    public PaperTable Table => Services.GetRequiredService<PaperTable>();

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["SCHEDULER_ENABLED"] = "false", ["ROLES"] = "web" };

    public static async Task<PaperServer> Begin(TestPostgres postgres)
    {
        var server = new PaperServer(postgres);
        await server.InitializeAsync();
        server.Services.GetRequiredService<SourceInUse>().Current = From;
        // The clock stands at the beginning of a day, so that the day after it is whole.
        var now = server.Clock.GetUtcNow();
        server.Clock.Move(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(2).AddMinutes(1) - now);
        var start = Timeframe.D1.Floor(server.Clock.GetUtcNow()).ToUnixTimeMilliseconds();
        var before = 100.0;
        for (var i = -Start; i < 96; i++)
        {
            var close = Math.Round(100 + (8 * Math.Sin(i / 6.0)) + (3 * Math.Sin(i / 17.0)), 4);
            server.All.Append(new Candle(start + (i * Timeframe.M15.Milliseconds), before, Math.Max(before, close) + 0.1, Math.Min(before, close) - 0.1, close, 10));
            before = close;
        }
        await server.Store.Save(Series, server.All.All().Slice(0, Start), CancellationToken.None);
        return server;
    }

    /// <summary>Stores candles and goes to just behind the last.</summary>
    public async Task Close(int from, int count)
    {
        await Store.Save(Series, All.All().Slice(from, count), CancellationToken.None);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Timeframe.M15.CloseOf(All.Times[from + count - 1])).AddSeconds(2);
        Clock.Move(now - Clock.GetUtcNow());
    }

    /// <summary>As another process has it, which knows only what is in the tables.</summary>
    public PaperEngine Another() => ActivatorUtilities.CreateInstance<PaperEngine>(Services);

    public Task Feed() => Another().FeedAll(CancellationToken.None);

    /// <summary>What the day's report on a session would say now.</summary>
    public async Task<ParityReport> Report(long session)
    {
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(All.Times[Start]).UtcDateTime);
        return (await Services.GetRequiredService<Parity>().Of((await Table.Find(session, CancellationToken.None))!, day, CancellationToken.None))!;
    }

    /// <summary>Anew, where the clock went further than a token lasts.</summary>
    public static async Task SignIn(params Visitor[] who)
    {
        foreach (var one in who)
        {
            (await one.SignIn(byToken: true)).Status.ShouldBe(200);
        }
    }
}
