using System.Globalization;
using Tidemark.Access;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Backtests.Strategies;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Running;

/// <summary>Makes a complete order of what a caller asks for, or says by field what cannot be.</summary>
public sealed class OrderDesk(StrategyBook strategies, SymbolBook symbols, SeriesCatalog catalog, MarketSteps steps, TimeProvider clock)
{
    /// <summary>Bars of all symbols together that one run may take.</summary>
    public const long MostBars = 2_000_000;

    public const int MostCombinations = 20_000;

    /// <summary>Values of one setting that a search may try: a table of two settings stays one that can be looked at.</summary>
    public const int MostValues = 200;
    const int DrawsByDefault = 200, ValuesByDefault = 7;

    /// <summary>Whether the caller's plan or role lets him run anything at all: he hears that before what is wrong with his order.</summary>
    public static void MayBegin(Caller caller)
    {
        if (Entitlements.Backtest.Explain(caller.Plan, caller.Role) is { Allowed: false } standing)
        {
            throw standing.Refusal();
        }
    }

    /// <summary>Whether the caller's plan or role lets him run this; a provider's quota is for strategies of his own.</summary>
    public static void MayRun(Caller caller, ChosenStrategy strategy)
    {
        if (!strategy.IsOwn && caller.Role == Role.Provider && Entitlements.Backtest.Explain(caller.Plan, Role.User) is { Allowed: false } byPlan)
        {
            throw (byPlan with { WhatToDo = $"As a provider you may backtest strategies of your own. {byPlan.WhatToDo}" }).Refusal();
        }
    }

    /// <summary>Where somebody with a plan and a role stands with running this, before anything is counted.</summary>
    public static Standing Standing(Plan plan, Role role, ChosenStrategy strategy) => Entitlements.Backtest.Explain(plan, role == Role.Provider && !strategy.IsOwn ? Role.User : role);

    public async Task<RunOrder> Take(RunKind kind, RunRequest request, Caller caller, CancellationToken stop)
    {
        var name = request.StrategyName ?? request.Strategy;
        var chosen = await strategies.Choose(caller, name, request.StrategyId, request.StrategyVersion, stop);
        var description = chosen.Describe();
        var timeframe = CandleEndpoints.StoredTimeframe(request.Timeframe ?? request.Interval ?? "1h");
        var found = await Symbols(request, stop);
        var source = await symbols.SourceOf(found[0].Symbol, request.Source, stop);
        var (from, until) = await Stretch(request, [.. found.Select(one => new SeriesKey(source, one.Symbol, timeframe))], stop);
        if ((until - from).TotalMinutes / timeframe.Minutes * found.Count > MostBars)
        {
            throw FormulaText.Refused("period", $"The period holds more than {MostBars:N0} bars of {timeframe}; ask for a shorter one or a longer timeframe.");
        }
        var parameters = StrategyNames.Settings(description, request.Parameters);
        var settings = (request.Settings ?? new()).Complete();
        Reasonable(description, settings);
        var search = kind == RunKind.Run ? null : Search((OptimiseRequest)request, description, parameters);
        var order = new RunOrder
        {
            Kind = kind,
            Strategy = chosen,
            AskedStrategy = name ?? chosen.Title,
            Parameters = parameters,
            Symbols = [.. found.Select(static one => one.Symbol.ToString())],
            Asked = request.Symbols ?? [request.Symbol!],
            QuoteSubstituted = found.Any(static one => one.QuoteSubstituted),
            Source = source.Name,
            Provenance = source.Provenance,
            Timeframe = timeframe.ToString(),
            From = from,
            Until = until,
            InitialCapital = request.InitialCapital ?? request.InitialCash ?? 10_000,
            Settings = settings,
            // A search is what the walk forward chooses among, whatever is said here.
            WalkForward = kind != RunKind.Run || request.WalkForward != false,
            Rules = await Rules(source, [.. found.Select(static one => one.Symbol)], request.Settings, stop),
            Search = search,
            Windows = request is WalkForwardRequest walk ? new WindowOrder(walk.Windows ?? 6, walk.TrainShare ?? 0.75, walk.Anchored ?? false) : null,
        };
        RunSize.Refuse(order, description);
        return order;
    }

    async Task<Dictionary<string, MarketRules>> Rules(MarketSource source, IReadOnlyList<Symbol> wanted, RunSettings? asked, CancellationToken stop)
    {
        var rules = new Dictionary<string, MarketRules>();
        foreach (var symbol in wanted)
        {
            if (await steps.Of(source, symbol, asked, stop) is { } known)
            {
                rules[symbol.ToString()] = known;
            }
        }
        return rules;
    }

    async Task<IReadOnlyList<SymbolBook.Found>> Symbols(RunRequest request, CancellationToken stop)
    {
        var asked = request.Symbols is { Count: > 0 } several ? several : request.Symbol is { } one ? [one] : throw FormulaText.Refused("symbol", "Name a symbol.");
        var found = new List<SymbolBook.Found>();
        foreach (var text in asked)
        {
            found.Add(await symbols.Find(text, stop));
        }
        return found.Select(static one => one.Symbol).Distinct().Count() == found.Count ? found : throw FormulaText.Refused("symbols", "A symbol is named twice.");
    }

    /// <summary>The stretch of time, ending with the newest candle where nothing else is said.</summary>
    async Task<(DateTimeOffset From, DateTimeOffset Until)> Stretch(RunRequest request, IReadOnlyList<SeriesKey> keys, CancellationToken stop)
    {
        var (asked, end) = (request.From ?? request.StartDate, request.To ?? request.EndDate);
        CandleEndpoints.CheckRange(asked, end);
        Periods.Check(request.Period ?? Periods.Max);
        var timeframe = keys[0].Timeframe;
        var stored = (await catalog.Stored(stop)).Where(series => keys.Contains(series.Key) && series.FirstOpen is not null).ToList();
        if (stored.Count < keys.Count)
        {
            var missing = keys.First(key => stored.TrueForAll(series => series.Key != key));
            throw NoCandles.Refusal(missing, asked, end, null, null);
        }
        var (first, closed) = (stored.Min(static series => series.FirstOpen!.Value), stored.Max(static series => series.LastOpen!.Value).AddMinutes(timeframe.Minutes));
        var now = timeframe.Floor(clock.GetUtcNow());
        // Recorded series end where they end; others are measured up to now, so that a stale one shows what it lacks.
        var until = timeframe.Floor(end ?? (keys[0].Source.Provenance == Provenance.Recorded || closed > now ? closed : now));
        until = until > now && keys[0].Source.Provenance != Provenance.Recorded ? now : until;
        var from = timeframe.Floor(asked ?? Periods.Before(until, request.Period ?? "1y") ?? first);
        return from < until && from < closed && until > first ? (from, until) : throw NoCandles.Refusal(keys[0], from, until, first, closed);
    }

    /// <summary>What only the engine can say about settings together.</summary>
    public static void Reasonable(StrategyDescription strategy, RunSettings settings)
    {
        var wanted = settings.Direction switch { Direction.Short => TradeDirections.Short, Direction.Both => TradeDirections.Both, _ => TradeDirections.Long };
        if ((wanted & strategy.Directions) == TradeDirections.None)
        {
            throw FormulaText.Refused("settings.direction", $"{strategy.Title} trades {strategy.Directions.ToString().ToLowerInvariant()} only.");
        }
        if (settings.Sizing is { Model: SizingModel.Percent or SizingModel.Risk or SizingModel.Kelly, Value: > 1 })
        {
            throw FormulaText.Refused("settings.sizing.value", "A fraction of equity is at most 1.");
        }
    }

    static SearchOrder Search(OptimiseRequest request, StrategyDescription strategy, Dictionary<string, double> parameters)
    {
        if (strategy.Parameters.Count == 0)
        {
            throw FormulaText.Refused("strategyName", $"{strategy.Title} has no settings to search.");
        }
        var grid = request.Grid is { Count: > 0 } given
            ? [.. given.Select(one => Varied(strategy, one.Key, one.Value))]
            : strategy.Parameters.Select(parameter => new SearchOrder.Varied(parameter.Name, Around(parameter, parameters[parameter.Name]))).Where(static one => one.Values.Count > 1).ToList();
        var all = grid.Aggregate(1.0, static (product, one) => product * one.Values.Count);
        var search = request.Search ?? SearchKind.Grid;
        int? draws = search == SearchKind.Random ? request.Combinations ?? DrawsByDefault : null;
        if (Math.Min(all, draws ?? double.MaxValue) > MostCombinations)
        {
            throw FormulaText.Refused("grid", string.Create(CultureInfo.InvariantCulture, $"{all:N0} combinations are more than {MostCombinations:N0}; take larger steps, or search at random."));
        }
        return new SearchOrder(search, grid, draws, request.Seed ?? 1, request.Measure ?? SearchMeasure.SharpeRatio, request.MinimumTrades ?? 10);
    }

    static SearchOrder.Varied Varied(StrategyDescription strategy, string name, GridRange range)
    {
        var field = $"grid.{(name.Length > 40 ? name[..40] : name)}";
        var parameter = StrategyNames.Parameter(strategy, name, "grid");
        try
        {
            var values = range.Values is { Count: > 0 } each ? [.. each.Distinct().Order()] : TriedValues.Between(parameter.Name, range.From ?? parameter.Minimum, range.To ?? parameter.Maximum, range.Step ?? parameter.Step).Values;
            if (values.Count > MostValues)
            {
                throw FormulaText.Refused(field, $"{values.Count:N0} values of one setting are more than {MostValues}; take larger steps.");
            }
            return values.All(parameter.Allows) ? new SearchOrder.Varied(parameter.Name, values) : throw FormulaText.Refused(field, $"{parameter.Title} must be {parameter.Range}.");
        }
        catch (BacktestException wrong)
        {
            throw FormulaText.Refused(field, wrong.Message);
        }
        catch (OverflowException)
        {
            throw FormulaText.Refused(field, "The numbers are too large.");
        }
    }

    /// <summary>Some values of a setting around the one that is given, within its range.</summary>
    public static IReadOnlyList<double> Around(StrategyParameter parameter, double value, int count = ValuesByDefault)
    {
        var step = parameter.Kind == ParameterKindOfWords ? 1 : Math.Max(parameter.Step, parameter.Kind == Quant.Indicators.ParameterKind.Whole ? Math.Max(1, Math.Round(value / 5)) : parameter.Step);
        return [.. Enumerable.Range(0, count).Select(i => value + ((i - (count / 2)) * step)).Select(one => Math.Round(one, 10)).Where(parameter.Allows)];
    }

    const Quant.Indicators.ParameterKind ParameterKindOfWords = Quant.Indicators.ParameterKind.Choice;
}
