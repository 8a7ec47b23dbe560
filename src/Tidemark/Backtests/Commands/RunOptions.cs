using System.CommandLine;
using System.Globalization;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Statistics;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Commands;

/// <summary>The options that say which strategy runs, and with which money and costs.</summary>
sealed class RunOptions
{
    readonly Option<string> strategy = new("--strategy") { Description = $"One of {string.Join(", ", StrategyRegistry.All.Select(one => one.Name))}.", DefaultValueFactory = static _ => "rsi" };
    readonly Option<string[]> parameters = new("--param", "-p") { Description = "A setting of the strategy, as in period=21; may be repeated.", AllowMultipleArgumentsPerToken = true };
    readonly Option<double?> stop = new Option<double?>("--stop") { Description = "Stop, a fraction of the price: 0.05 is 5 %." }.Positive(most: 1);
    readonly Option<double?> target = new Option<double?>("--target") { Description = "Target, a fraction of the price." }.Positive();
    readonly Option<double?> trailing = new Option<double?>("--trailing") { Description = "Trailing stop, a fraction of the price." }.Positive(most: 1);
    readonly Option<double> fee = new("--fee") { Description = "Fee of each side, a fraction of the value.", DefaultValueFactory = static _ => 0.001 };
    readonly Option<double?> maker = new("--maker-fee") { Description = "Fee of orders that waited for their price (default: --fee)." };
    readonly Option<double?> taker = new("--taker-fee") { Description = "Fee of orders at the market (default: --fee)." };
    readonly Option<double> spread = new("--spread") { Description = "Distance of bid and ask, a fraction of the price." };
    readonly Option<double> slippage = new("--slippage") { Description = "Slippage of orders at the market: a fraction of the price, or as --slippage-model says." };
    readonly Option<SlippageKind> slippageModel = new("--slippage-model") { Description = "Fixed; Volatility: --slippage is a multiple of the average true range; VolumeShare: it grows with the square of the share of volume.", DefaultValueFactory = static _ => SlippageKind.Fixed };
    readonly Option<double?> participation = new Option<double?>("--participation") { Description = "Most of a bar's volume that orders take, a fraction; the rest goes on at the next bar." }.Positive(most: 1);
    readonly Option<double> lot = new("--lot") { Description = "Step of quantities.", DefaultValueFactory = static _ => 1e-8 };
    readonly Option<double> tick = new("--tick") { Description = "Step of prices." };
    readonly Option<double> leastQuantity = new("--min-quantity") { Description = "Least quantity of an entry." };
    readonly Option<double> leastValue = new("--min-notional") { Description = "Least value of an entry." };
    readonly Option<double> cash = new Option<double>("--cash") { Description = "Money at the start.", DefaultValueFactory = static _ => 10_000 }.Positive();
    readonly Option<double?> size = new Option<double?>("--size") { Description = "Fraction of equity for each entry, or an amount as --sizing says (default: all of the equity)." }.Positive();
    readonly Option<SizingKind?> sizing = new("--sizing") { Description = $"What --size is: {string.Join(", ", Enum.GetNames<SizingKind>())}." };
    readonly Option<double> leverage = new Option<double>("--leverage") { Description = "Most that positions may be worth, a multiple of equity.", DefaultValueFactory = static _ => 1 }.Positive(most: 1_000);
    readonly Option<double> margin = new("--margin") { Description = "Equity that must remain, a fraction of what positions are worth." };
    readonly Option<int> coolDown = new("--cool-down") { Description = "Bars after an exit without an entry." };
    readonly Option<string?> stopGuard = new("--stop-guard") { Description = "Pause after losing stops, as in 3:48:24: three within 48 bars, a pause of 24." };
    readonly Option<double?> drawdown = new Option<double?>("--max-drawdown") { Description = "Loss from the highest equity at which all is closed and trading ends, a fraction." }.Positive(most: 1);
    readonly Option<bool> closeAtEnd = new("--close-at-end") { Description = "Close at the last close what is open then." };
    readonly Option<double> riskFree = new("--risk-free") { Description = "Return without risk a year, a fraction." };
    readonly FormulaOptions formulas = new();
    readonly Option<TradeDirections> direction = new("--direction") { Description = "Long, Short or Both.", DefaultValueFactory = static _ => TradeDirections.Long };

    public IEnumerable<Option> All =>
    [
        strategy, parameters, .. formulas.All, stop, target, trailing, fee, maker, taker, spread, slippage, slippageModel, participation, lot, tick, leastQuantity, leastValue,
        cash, size, sizing, leverage, margin, direction, coolDown, stopGuard, drawdown, closeAtEnd, riskFree,
    ];

    public void Check(Command command) => command.Validators.Add(parsed =>
    {
        if (formulas.AreGiven(parsed.GetResult) && parsed.GetResult(strategy) is { Implicit: false })
        {
            parsed.AddError("Say either --strategy or formulas.");
        }
        if (parsed.GetValue(sizing) is { } kind and not SizingKind.AllIn && parsed.GetValue(size) is null)
        {
            parsed.AddError($"--sizing {kind} needs --size.");
        }
    });

    public StrategyDescription Strategy(ParseResult parsed) => formulas.AreGiven(parsed.GetResult) ? formulas.Strategy(parsed) : Named(parsed.GetRequiredValue(strategy));

    public static StrategyDescription Named(string name) =>
        StrategyRegistry.Find(name) ?? throw new CommandException($"\"{name}\" is no strategy; there are {string.Join(", ", StrategyRegistry.All.Select(one => one.Name))}.");

    /// <summary>The settings of the strategy that were given by name.</summary>
    public IReadOnlyDictionary<string, double> Parameters(ParseResult parsed)
    {
        var given = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(parameters) ?? [])
        {
            var (name, value) = Split(text);
            given[name] = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new CommandException($"\"{text}\": {value} is no number.");
        }
        return given;
    }

    public BacktestSettings Settings(ParseResult parsed) => new()
    {
        InitialCash = parsed.GetValue(cash),
        Fees = new Fees(parsed.GetValue(maker) ?? parsed.GetValue(fee), parsed.GetValue(taker) ?? parsed.GetValue(fee)),
        Spread = parsed.GetValue(spread),
        Slippage = new Slippage(parsed.GetValue(slippageModel), parsed.GetValue(slippage)),
        ParticipationCap = parsed.GetValue(participation),
        Market = new MarketRules(parsed.GetValue(lot), parsed.GetValue(tick), parsed.GetValue(leastQuantity), parsed.GetValue(leastValue)),
        StopFraction = parsed.GetValue(stop),
        TargetFraction = parsed.GetValue(target),
        TrailingFraction = parsed.GetValue(trailing),
        Sizing = SizingOf(parsed),
        Leverage = parsed.GetValue(leverage),
        MaintenanceMargin = parsed.GetValue(margin),
        Direction = parsed.GetValue(direction),
        Protections = new Protections { CoolDownBars = parsed.GetValue(coolDown), StopGuard = parsed.GetValue(stopGuard) is { } guard ? GuardOf(guard) : null, MaximumDrawdown = parsed.GetValue(drawdown) },
        CloseAtEnd = parsed.GetValue(closeAtEnd),
        Returns = ReturnSettings.Default with { RiskFreeRate = parsed.GetValue(riskFree) },
    };

    Sizing SizingOf(ParseResult parsed)
    {
        var kind = parsed.GetValue(sizing) ?? (parsed.GetValue(size) is null ? SizingKind.AllIn : SizingKind.PercentOfEquity);
        var amount = kind == SizingKind.AllIn ? 1 : parsed.GetValue(size) ?? 1;
        return kind is SizingKind.FixedQuantity or SizingKind.FixedValue || amount <= 1
            ? new Sizing(kind, amount)
            : throw new CommandException("--size must be at most 1 where it is a fraction.");
    }

    static StopGuard GuardOf(string text) => text.Split(':') is [var stops, var within, var pause] && int.TryParse(stops, CultureInfo.InvariantCulture, out var count) && int.TryParse(within, CultureInfo.InvariantCulture, out var bars) && int.TryParse(pause, CultureInfo.InvariantCulture, out var rest)
        ? new StopGuard(count, bars, rest)
        : throw new CommandException($"\"{text}\" must be written stops:bars:pause, as in 3:48:24.");

    internal static (string Name, string Value) Split(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at].Trim(), text[(at + 1)..].Trim()) : throw new CommandException($"\"{text}\" must be written name=value.");
    }
}
