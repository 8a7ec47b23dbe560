using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Tidemark.Access;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Running;
using Tidemark.Backtests.Strategies;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests.Paper;

/// <summary>Strategies on live candles with a simulated account.</summary>
public static class PaperEndpoints
{
    const int CloseAttempts = 3, FewestBefore = 500, TimesTheWarmUp = 4, MostBefore = 20_000;

    static readonly DateTimeOffset Noon = new(2025, 11, 13, 12, 0, 0, TimeSpan.Zero);

    public static void Map(RouteGroupBuilder paper)
    {
        paper.MapPost("/sessions", Create).Allow(Caller.SignedIn, "write:backtests").WithSummary("Run a strategy on live candles with a simulated account").Shows(Example, new NewPaperSession { StrategyName = "rsi", Symbol = "BTC/USDT", Timeframe = "1h", InitialCapital = 10_000 });
        paper.MapGet("/sessions", List).Allow(Caller.SignedIn, "read:backtests").WithSummary("Your paper sessions, newest first").Shows(new[] { Example });
        paper.MapGet("/sessions/{id:long}", Read).Allow(Caller.SignedIn, "read:backtests").WithSummary("How a paper session stands").Shows(Example);
        paper.MapPost("/sessions/{id:long}/close", Close).Allow(Caller.SignedIn, "write:backtests").WithSummary("Close a paper session's position by hand at the next open; the session goes on").Shows(Example with { Position = new("long", 0.1, 100_000, Noon.AddHours(28), 100_125, 4.6, null, null), ClosesByHandSince = Noon.AddHours(30.5) });
        paper.MapPost("/sessions/{id:long}/stop", Stop).Allow(Caller.SignedIn, "write:backtests").WithSummary("End a paper session").Shows(Example with { Status = PaperStatus.Stopped, StoppedAt = Noon.AddDays(9) });
        paper.MapDelete("/sessions/{id:long}", Delete).Allow(Caller.SignedIn, "write:backtests").WithSummary("Delete a paper session that was stopped").Shows(new DeletedSession(true));
        paper.MapGet("/sessions/{id:long}/trades", Trades).Allow(Caller.SignedIn, "read:backtests").WithSummary("A paper session's closed trades, in the order in which they were closed").Shows(new Page<RunTrade>([RunExamples.Trade with { Curve = "paper" }], 50, null));
        paper.MapGet("/sessions/{id:long}/ledger", Ledger).Allow(Caller.SignedIn, "read:backtests").WithSummary("What happened on a paper session's account, newest first").Shows(new Page<LedgerLine>([new(1, Noon, "start", null, null, 10_000, "The session began.")], 50, null));
        paper.MapGet("/sessions/{id:long}/equity", Equity).Allow(Caller.SignedIn, "read:backtests").WithSummary("A paper session's equity and drawdown").Shows(RunExamples.Curve with { Curve = "paper" });
        paper.MapGet("/sessions/{id:long}/parity", Reports).Allow(Caller.SignedIn, "read:backtests").WithSummary("Each day beside the backtester's, newest first").Shows(new[] { new ParityReport(new DateOnly(2025, 11, 12), true, 1, 1, 12.5, 12.5, 0, [], "9f2c…", "The paper account and the backtester agree on 2025-11-12: 1 trade, 12.50.") });
    }

    public sealed record NewPaperSession
    {
        [Description("A built-in strategy by name or title, or one of your own by title or as own:12."), MaxLength(120)]
        public string? StrategyName { get; init; }
        public long? StrategyId { get; init; }
        public int? StrategyVersion { get; init; }

        [Description("Symbol in any spelling."), Required, StringLength(64, MinimumLength = 1)]
        public string Symbol { get; init; } = "";

        [Description("Length of a candle."), MaxLength(8)]
        public string Timeframe { get; init; } = "1h";

        [Description("The strategy's settings by name, each in its own unit.")]
        public IReadOnlyDictionary<string, double>? Parameters { get; init; }

        [Description("Money at the start, in the quote currency."), Range(1, 1e12)]
        public double InitialCapital { get; init; } = 10_000;
        public RunSettings? Settings { get; init; }

        [MaxLength(200)]
        public string? Title { get; init; }
    }

    public sealed record PaperSession(
        long Id, string Title, RunStrategy Strategy, string Symbol, string Timeframe, string Source,
        [property: Description("live or synthetic: what made-up prices did says nothing of a market.")] Provenance Provenance,
        PaperStatus Status,
        [property: Description("Why no candle comes; null where nothing is amiss.")] string? Waits,
        DateTimeOffset StartedAt, DateTimeOffset? StoppedAt,
        [property: Description("Open time of the first candle that warmed it up, UTC.")] DateTimeOffset FeedFrom,
        [property: Description("Close of the last candle it took, UTC.")] DateTimeOffset FedUntil,
        [property: Description("Candles taken since its start, a count.")] long Candles,
        [property: Description("Quote currency.")] double InitialCapital,
        [property: Description("Money not bound in positions, quote currency.")] double Cash,
        [property: Description("Quote currency.")] double Equity,
        [property: Description("A fraction.")] double TotalReturn,
        [property: Description("Deepest loss from a peak at closes, a fraction, positive.")] double MaxDrawdownRatio,
        PaperPosition? Position,
        [property: Description("When closing the position by hand was asked for, UTC; it is done at the first open after. Null where nothing of the kind waits.")] DateTimeOffset? ClosesByHandSince,
        [property: Description("Orders that may fill from the next open on, in words.")] IReadOnlyList<string> Pending,
        [property: Description("Closed trades, a count.")] int Trades,
        [property: Description("Trades with a profit, a count.")] int Wins,
        [property: Description("Quote currency.")] double Fees,
        [property: Description("From the last candle's close to the decision, milliseconds.")] double? LagMilliseconds,
        RunSettings Settings,
        [property: Description("What is taken for granted of the market: its steps, and that spot prices have no funding.")] IReadOnlyList<string> Assumptions,
        [property: Description("The latest day beside the backtester's.")] ParityReport? Parity,
        string Disclaimer);

    public sealed record DeletedSession([property: JsonPropertyName("deleted")] bool Done);

    static PaperSession Example { get; } = new(
        7, "RSI mean reversion on BTC/USDT 1h", new RunStrategy("rsi", "RSI mean reversion", null, null, "RSI after Wilder…", new Dictionary<string, double> { ["period"] = 14, ["buy_below"] = 30, ["sell_above"] = 70 }, null), "BTC/USDT", "1h", "binance", Provenance.Live,
        PaperStatus.Running, null, Noon, null, Noon.AddHours(-500), Noon.AddHours(30), 30, 10_000, 10_012.5, 10_012.5, 0.00125, 0.002, null, null, [], 1, 1, 20.1, 240, new RunSettings().Complete(), [MarketSteps.NoFunding], null, Words.Disclaimer);

    static async Task<PaperSession> Create(NewPaperSession request, HttpContext http, Caller caller, StrategyBook strategies, SymbolBook symbols, SourceInUse inUse, CandleStore store, MarketSteps steps, PaperTable table, PlanAccess access, TimeProvider clock, CancellationToken stop)
    {
        await access.Require(caller, Entitlements.Backtest, stop);
        var chosen = await strategies.Choose(caller, request.StrategyName, request.StrategyId, request.StrategyVersion, stop);
        OrderDesk.MayRun(caller, chosen);
        var description = chosen.Describe();
        var timeframe = CandleEndpoints.StoredTimeframe(request.Timeframe);
        var found = await symbols.Find(request.Symbol, stop);
        if (inUse.Current is not { Provenance: not Provenance.Recorded } source || await symbols.SourceOf(found.Symbol, null, stop) != source)
        {
            throw new TidemarkException(ErrorCode.ExchangeUnavailable, $"No live candles of {found.Symbol} come in here; a paper session needs some.");
        }
        var order = new PaperOrder(chosen, StrategyNames.Settings(description, request.Parameters), request.Symbol, found.QuoteSubstituted, request.InitialCapital, (request.Settings ?? new()).Complete())
        {
            Rules = await steps.Of(source, found.Symbol, request.Settings, stop),
        };
        OrderDesk.Reasonable(description, order.Settings);
        var series = new SeriesKey(source, found.Symbol, timeframe);
        var start = timeframe.Floor(clock.GetUtcNow());
        var before = Math.Clamp(TimesTheWarmUp * description.WarmUp(description.With(order.Parameters), timeframe), FewestBefore, MostBefore);
        var warmUp = await store.Load(series, start.AddMinutes(-(double)before * timeframe.Minutes), start, stop);
        var title = string.IsNullOrWhiteSpace(request.Title) ? $"{chosen.Title} on {found.Symbol} {timeframe}" : request.Title.Trim();
        var session = await table.Add(caller.UserId, title, order, series, warmUp, stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return View(session, null, clock.GetUtcNow());
    }

    static async Task<IReadOnlyList<PaperSession>> List(Caller caller, PaperTable table, TimeProvider clock, CancellationToken stop)
    {
        var views = new List<PaperSession>();
        foreach (var session in await table.Of(caller.UserId, stop))
        {
            views.Add(View(session, await table.Latest(session.Id, stop), clock.GetUtcNow()));
        }
        return views;
    }

    static async Task<PaperSession> Read(long id, Caller caller, PaperTable table, TimeProvider clock, CancellationToken stop)
    {
        var session = await Own(id, caller, table, stop);
        return View(session, await table.Latest(id, stop), clock.GetUtcNow());
    }

    static async Task<PaperSession> Close(long id, Caller caller, PaperTable table, TimeProvider clock, CancellationToken stop)
    {
        // A candle that is taken in between changes what is seen here.
        for (var attempt = 0; attempt < CloseAttempts; attempt++)
        {
            var session = await Own(id, caller, table, stop);
            var hindrance = session switch
            {
                { Status: PaperStatus.Stopped } => "The session was stopped; what was open stays marked at its last close.",
                { Closing: not null } => "The position is closed at the next open already.",
                { State.Position: null } => "The session holds nothing.",
                _ => null,
            };
            if (hindrance is not null)
            {
                throw new TidemarkException(ErrorCode.Conflict, hindrance);
            }
            if (await table.CloseByHand(session, session.State.Position!, stop))
            {
                return await Read(id, caller, table, clock, stop);
            }
        }
        throw new TidemarkException(ErrorCode.Conflict, "The session takes candles at this moment; try again.");
    }

    static async Task<PaperSession> Stop(long id, Caller caller, PaperTable table, TimeProvider clock, CancellationToken stop)
    {
        await table.Stop(await Own(id, caller, table, stop), "The session was stopped.", stop);
        return await Read(id, caller, table, clock, stop);
    }

    static async Task<DeletedSession> Delete(long id, Caller caller, PaperTable table, CancellationToken stop)
    {
        await Own(id, caller, table, stop);
        return await table.Delete(id, stop) ? new DeletedSession(true) : throw new TidemarkException(ErrorCode.Conflict, "The session is running; stop it first.");
    }

    static async Task<Page<RunTrade>> Trades(long id, [AsParameters] PageRequest page, Caller caller, PaperTable table, CancellationToken stop)
    {
        await Own(id, caller, table, stop);
        return ResultEndpoints.Slice([.. (await table.Ledger(id, stop)).Select(static line => line.Trade).OfType<RunTrade>()], page);
    }

    static async Task<Page<LedgerLine>> Ledger(long id, [AsParameters] PageRequest page, Caller caller, PaperTable table, CancellationToken stop)
    {
        await Own(id, caller, table, stop);
        var lines = (await table.Ledger(id, stop)).Reverse().Where(line => page.Cursor is null || line.Number < page.Before).ToList();
        return new Page<LedgerLine>([.. lines.Take(page.Limit)], page.Limit, lines.Count > page.Limit ? PageRequest.CursorAt(lines[page.Limit - 1].Number) : null);
    }

    static async Task<ResultEndpoints.EquityCurve> Equity(long id, [Description("Most points, about."), Range(50, 5_000)] int? points, Caller caller, PaperTable table, CancellationToken stop)
    {
        var session = await Own(id, caller, table, stop);
        var taken = (await table.Candles(id, stop)).Where(static one => one.Equity is not null).ToList();
        var first = taken.Count > 0 ? taken[0].Candle.Open : 0;
        var kept = Thinning.Keep(
            [.. taken.Select(static one => one.Candle.OpenTime)], [.. taken.Select(static one => one.Equity!.Value)], session.Order.InitialCapital,
            place => first > 0 ? Math.Round(session.Order.InitialCapital * taken[place].Candle.Close / first, 8) : null, 5_000);
        return ResultEndpoints.View("paper", kept, points ?? 1_000);
    }

    static async Task<IReadOnlyList<ParityReport>> Reports(long id, Caller caller, PaperTable table, CancellationToken stop)
    {
        await Own(id, caller, table, stop);
        return await table.Reports(id, 400, stop);
    }

    static async Task<StoredPaper> Own(long id, Caller caller, PaperTable table, CancellationToken stop) =>
        await table.Find(caller.UserId, id, stop) ?? throw new TidemarkException(ErrorCode.NotFound, "There is no such paper session of yours.");

    /// <summary>The rules of its strategy, or why this program has them no more; the session can still be read and deleted.</summary>
    static string DefinitionOf(ChosenStrategy strategy)
    {
        try
        {
            return strategy.Describe().Definition;
        }
        catch (TidemarkException gone)
        {
            return gone.Message;
        }
    }

    static PaperSession View(StoredPaper session, ParityReport? parity, DateTimeOffset now)
    {
        var (order, state) = (session.Order, session.State);
        var overdue = session.Series.Timeframe.Floor(now) - session.FedUntil;
        var waits = session.Status == PaperStatus.Running && overdue > TimeSpan.FromMinutes(5)
            ? string.Create(CultureInfo.InvariantCulture, $"No candle of {session.Series.Symbol} {session.Series.Timeframe} from {session.Series.Source.Name} has come since {session.FedUntil.UtcDateTime:yyyy-MM-dd HH:mm} UTC.") : null;
        return new PaperSession(
            session.Id, session.Title, new RunStrategy(order.Strategy.Key, order.Strategy.Title, order.Strategy.Id, order.Strategy.Version, DefinitionOf(order.Strategy), order.Parameters, order.Strategy.Formulas),
            session.Series.Symbol.ToString(), session.Series.Timeframe.ToString(), session.Series.Source.Name, session.Series.Source.Provenance, session.Status, waits, session.StartedAt, session.StoppedAt, session.FeedFrom, session.FedUntil,
            session.Candles, order.InitialCapital, state.Cash, state.Equity, (state.Equity / order.InitialCapital) - 1, state.MaxDrawdown, state.Position, session.Closing?.Since, state.Pending, state.Trades, state.Wins, state.Fees, state.LagMilliseconds, order.Settings,
            [MarketSteps.NoFunding, MarketSteps.Text(session.Series.Symbol.ToString(), order.Rules), .. MarketSteps.CreditWarning(order.Settings) is { } credit ? [credit] : Array.Empty<string>()], parity, Words.Disclaimer);
    }
}
