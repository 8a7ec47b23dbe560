using System.ComponentModel;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Statistics;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Running;

public enum SlippageModel
{
    None,

    /// <summary>The same fraction of every price.</summary>
    Fixed,

    /// <summary>A multiple of the average true range of the last 14 bars.</summary>
    Volatility,

    /// <summary>Grows with the square of the order's share of the bar's volume.</summary>
    VolumeShare,
}

public enum SizingModel
{
    /// <summary>All that the account can pay for.</summary>
    All,

    /// <summary>A value in the quote currency.</summary>
    Fixed,

    /// <summary>A quantity of the base currency.</summary>
    Quantity,

    /// <summary>A fraction of equity.</summary>
    Percent,

    /// <summary>The fraction of equity that is lost at the stop.</summary>
    Risk,

    /// <summary>Half of Kelly's fraction of the trades so far, a quarter of equity at most.</summary>
    Kelly,
}

public enum Direction
{
    Long,
    Short,
    Both,
}

/// <summary>How much worse than the price seen an order at the market is filled.</summary>
public sealed record SlippageChoice(
    SlippageModel Model = SlippageModel.None,
    [property: Description("fixed: a fraction of the price. volatility: a multiple of the average true range. volumeShare: the fraction of the price at a share of one.")] double Value = 0);

/// <summary>How large an entry is.</summary>
public sealed record SizingChoice(
    SizingModel Model = SizingModel.All,
    [property: Description("fixed: quote currency. quantity: base currency. percent and risk: a fraction of equity. kelly: the fraction before 30 trades are there. all: 1.")] double Value = 1);

/// <summary>Stops trading for a while after too many losing stops.</summary>
public sealed record StopGuardChoice(
    [property: Description("How many, a count.")] int Stops,
    [property: Description("Within how many bars they fell.")] int WithinBars,
    [property: Description("For how many bars no entry is made.")] int PauseBars);

/// <summary>What a run assumes of account, market and trader; what is left out is as GET /backtest/settings says.</summary>
public sealed record RunSettings
{
    public Direction? Direction { get; init; }

    [Description("Fee of orders at the market, a fraction of their value, each side.")]
    public double? TakerFee { get; init; }

    [Description("Fee of orders that waited for their price, a fraction of their value, each side.")]
    public double? MakerFee { get; init; }

    [Description("Distance between bid and ask, a fraction of the price.")]
    public double? Spread { get; init; }
    public SlippageChoice? Slippage { get; init; }

    [Description("Most of a bar's volume that orders may take, a fraction; null for no limit.")]
    public double? ParticipationCap { get; init; }
    public SizingChoice? Sizing { get; init; }

    [Description("Most that positions may be worth, a multiple of equity.")]
    public double? Leverage { get; init; }

    [Description("Equity that must remain, a fraction of what positions are worth; below it they are closed by force.")]
    public double? MaintenanceMargin { get; init; }

    [Description("Distance of a stop from the close that decided the entry, a fraction of it; null for none.")]
    public double? Stop { get; init; }

    [Description("Distance of a target from the close that decided the entry, a fraction of it; null for none.")]
    public double? Target { get; init; }

    [Description("How far a stop follows behind the best price, a fraction of the close that decided the entry; null for none.")]
    public double? Trailing { get; init; }

    [Description("Bars after an exit in which the symbol is not entered again.")]
    public int? CoolDownBars { get; init; }
    public StopGuardChoice? StopGuard { get; init; }

    [Description("Loss from the highest equity at which all is closed and trading ends, a fraction; null for never.")]
    public double? MaxDrawdown { get; init; }

    [Description("Step of quantities, in the base currency.")]
    public double? Lot { get; init; }

    [Description("Step of prices, in the quote currency; 0 for none.")]
    public double? Tick { get; init; }

    [Description("Least value of an entry, in the quote currency.")]
    public double? MinNotional { get; init; }

    [Description("Whether stops and targets inside a bar are told apart by 1m candles, where there are any.")]
    public bool? Intrabar { get; init; }

    [Description("Whether what is open at the end is closed at the last close; otherwise it stays open and is marked.")]
    public bool? CloseAtEnd { get; init; }

    [Description("Return without risk, a fraction a year.")]
    public double? RiskFreeRate { get; init; }

    /// <summary>Whether orders may carry stops or targets of the settings.</summary>
    public bool HasBrackets() => Stop is not null || Target is not null || Trailing is not null;

    /// <summary>The same with everything said; refuses what makes no sense, by its field.</summary>
    public RunSettings Complete()
    {
        foreach (var field in SettingField.All)
        {
            if (field.Of(this) is { } value && !(value >= field.Minimum && value <= field.Maximum))
            {
                throw FormulaText.Refused($"settings.{field.Name}", System.FormattableString.Invariant($"{field.Text} Must be from {field.Minimum} to {field.Maximum}."));
            }
        }
        return this with
        {
            Direction = Direction ?? Running.Direction.Long,
            TakerFee = TakerFee ?? 0.001,
            MakerFee = MakerFee ?? 0.001,
            Spread = Spread ?? 0,
            Slippage = Slippage ?? new(),
            Sizing = Sizing ?? new(),
            Leverage = Leverage ?? 1,
            MaintenanceMargin = MaintenanceMargin ?? 0,
            CoolDownBars = CoolDownBars ?? 0,
            Lot = Lot ?? 1e-8,
            Tick = Tick ?? 0,
            MinNotional = MinNotional ?? 0,
            Intrabar = Intrabar ?? true,
            CloseAtEnd = CloseAtEnd ?? false,
            RiskFreeRate = RiskFreeRate ?? 0,
        };
    }

    /// <summary>Complete settings as the engine takes them.</summary>
    public BacktestSettings ToEngine(double initialCash) => new()
    {
        InitialCash = initialCash,
        Fees = new Fees(MakerFee!.Value, TakerFee!.Value),
        Spread = Spread!.Value,
        Slippage = Slippage!.Model switch
        {
            SlippageModel.Fixed => Quant.Backtesting.Slippage.Fixed(Slippage.Value),
            SlippageModel.Volatility => Quant.Backtesting.Slippage.Volatility(Slippage.Value),
            SlippageModel.VolumeShare => Quant.Backtesting.Slippage.VolumeShare(Slippage.Value),
            _ => Quant.Backtesting.Slippage.None,
        },
        ParticipationCap = ParticipationCap,
        Market = new MarketRules(Lot!.Value, Tick!.Value, 0, MinNotional!.Value),
        Sizing = Sizing!.Model switch
        {
            SizingModel.Fixed => Quant.Backtesting.Sizing.FixedValue(Sizing.Value),
            SizingModel.Quantity => Quant.Backtesting.Sizing.FixedQuantity(Sizing.Value),
            SizingModel.Percent => Quant.Backtesting.Sizing.PercentOfEquity(Sizing.Value),
            SizingModel.Risk => Quant.Backtesting.Sizing.RiskPercent(Sizing.Value),
            SizingModel.Kelly => Quant.Backtesting.Sizing.Kelly(before: Sizing.Value),
            _ => Quant.Backtesting.Sizing.AllIn,
        },
        Leverage = Leverage!.Value,
        MaintenanceMargin = MaintenanceMargin!.Value,
        Direction = Direction switch { Running.Direction.Short => TradeDirections.Short, Running.Direction.Both => TradeDirections.Both, _ => TradeDirections.Long },
        StopFraction = Stop,
        TargetFraction = Target,
        TrailingFraction = Trailing,
        Protections = new Protections
        {
            CoolDownBars = CoolDownBars!.Value,
            StopGuard = StopGuard is { } guard ? new StopGuard(guard.Stops, guard.WithinBars, guard.PauseBars) : null,
            MaximumDrawdown = MaxDrawdown,
        },
        CloseAtEnd = CloseAtEnd!.Value,
        Returns = ReturnSettings.Default with { RiskFreeRate = RiskFreeRate!.Value },
    };
}

/// <summary>One number, choice or switch of the settings, for a form.</summary>
public sealed record SettingField(
    [property: Description("Where it stands in settings, with a point for what is inside another.")] string Name,
    [property: Description("fraction, money, base, bars, count, multiple, choice or flag.")] string Unit,
    [property: Description("What it is where nothing is said; of a choice its word, of a flag true or false; null for none.")] object? Default,
    [property: Description("In its unit; null for words and flags.")] double? Minimum,
    double? Maximum,
    [property: Description("Words to choose from.")] IReadOnlyList<string> Choices,
    string Text)
{
    static readonly string[] Directions = ["long", "short", "both"], Slippages = ["none", "fixed", "volatility", "volumeShare"], Sizings = ["all", "fixed", "quantity", "percent", "risk", "kelly"];

    [System.Text.Json.Serialization.JsonIgnore]
    public Func<RunSettings, double?> Of { get; init; } = static _ => null;

    /// <summary>Everything that can be set.</summary>
    public static IReadOnlyList<SettingField> All { get; } =
    [
        Choice("direction", "long", Directions, "Which sides may be entered."),
        Number("takerFee", "fraction", 0.001, 0, 0.1, "Fee of orders at the market, of their value, each side.", static one => one.TakerFee),
        Number("makerFee", "fraction", 0.001, -0.01, 0.1, "Fee of orders that waited for their price.", static one => one.MakerFee),
        Number("spread", "fraction", 0, 0, 0.2, "Distance between bid and ask, of the price.", static one => one.Spread),
        Choice("slippage.model", "none", Slippages, "What slippage depends on."),
        Number("slippage.value", "fraction", 0, 0, 100, "A fraction of the price, or of volatility a multiple of the average true range.", static one => one.Slippage?.Value),
        Number("participationCap", "fraction", null, 0.0001, 1, "Most of a bar's volume that orders may take.", static one => one.ParticipationCap),
        Choice("sizing.model", "all", Sizings, "How large an entry is."),
        Number("sizing.value", "fraction", 1, 1e-8, 1e12, "A fraction of equity, or money, or a quantity, as the model says.", static one => one.Sizing?.Value),
        Number("leverage", "multiple", 1, 0.01, 125, "Most that positions may be worth, of equity.", static one => one.Leverage),
        Number("maintenanceMargin", "fraction", 0, 0, 0.99, "Equity that must remain, of what positions are worth.", static one => one.MaintenanceMargin),
        Number("stop", "fraction", null, 0.0001, 9.99, "Distance of a stop from the close that decided the entry.", static one => one.Stop),
        Number("target", "fraction", null, 0.0001, 999, "Distance of a target from the close that decided the entry.", static one => one.Target),
        Number("trailing", "fraction", null, 0.0001, 0.99, "How far a stop follows behind the best price.", static one => one.Trailing),
        Number("coolDownBars", "bars", 0, 0, 100_000, "Bars after an exit without an entry.", static one => one.CoolDownBars),
        Number("stopGuard.stops", "count", null, 1, 1_000, "Losing stops after which trading pauses.", static one => one.StopGuard?.Stops),
        Number("stopGuard.withinBars", "bars", null, 1, 100_000, "Bars within which they fell.", static one => one.StopGuard?.WithinBars),
        Number("stopGuard.pauseBars", "bars", null, 1, 100_000, "Bars for which trading pauses.", static one => one.StopGuard?.PauseBars),
        Number("maxDrawdown", "fraction", null, 0.001, 1, "Loss from the highest equity at which trading ends.", static one => one.MaxDrawdown),
        Number("lot", "base", 1e-8, 0, 1e9, "Step of quantities.", static one => one.Lot),
        Number("tick", "money", 0, 0, 1e9, "Step of prices; 0 for none.", static one => one.Tick),
        Number("minNotional", "money", 0, 0, 1e9, "Least value of an entry.", static one => one.MinNotional),
        Flag("intrabar", true, "Stops and targets inside a bar are told apart by 1m candles, where there are any."),
        Flag("closeAtEnd", false, "What is open at the end is closed at the last close."),
        Number("riskFreeRate", "fraction", 0, -0.5, 1, "Return without risk a year.", static one => one.RiskFreeRate),
    ];

    static SettingField Number(string name, string unit, double? standard, double minimum, double maximum, string text, Func<RunSettings, double?> of) => new(name, unit, standard, minimum, maximum, [], text) { Of = of };

    static SettingField Choice(string name, string standard, IReadOnlyList<string> choices, string text) => new(name, "choice", standard, null, null, choices, text);

    static SettingField Flag(string name, bool standard, string text) => new(name, "flag", standard, null, null, [], text);
}
