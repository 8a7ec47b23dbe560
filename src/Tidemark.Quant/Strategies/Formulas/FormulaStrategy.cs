using System.Globalization;
using System.Text;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.Formulas;

/// <summary>Trades what its writer's formulas say.</summary>
public readonly struct FormulaStrategy : IStrategy
{
    const int Entry = 0, Exit = 1, ShortEntry = 2, ShortExit = 3, Stop = 4, Target = 5, ShortStop = 6, ShortTarget = 7, Size = 8, Parts = 9;

    readonly Column?[] parts;
    readonly TradeDirections directions;

    FormulaStrategy(Column?[] parts, TradeDirections directions)
    {
        this.parts = parts;
        this.directions = directions;
    }

    /// <summary>A description like that of a built-in strategy; formulas that cannot be used are refused with a message for their writer.</summary>
    public static StrategyDescription Describe(string name, string title, FormulaRules rules)
    {
        var formulas = Read(rules);
        var sides = (formulas[Entry] is null ? TradeDirections.None : TradeDirections.Long) | (formulas[ShortEntry] is null ? TradeDirections.None : TradeDirections.Short);
        if (sides == TradeDirections.None)
        {
            throw new FormulaException(new TextPosition(1, 1), "a strategy needs a formula that says when to enter");
        }

        var text = TextOf(formulas);
        return new StrategyDescription
        {
            Name = name,
            Title = title,
            Meaning = "Trades what its formulas say.",
            Definition = text,
            Directions = sides,
            Parameters = [.. rules.Parameters.Select(ParameterOf)],
            Source = text,
            WarmUp = (_, timeframe) => formulas.OfType<Formula>().Max(formula => formula.CandlesToSettle(timeframe)),
            Columns = arguments => [.. formulas.OfType<Formula>().Select(formula => Request(formula, arguments))],
        }.RunBy(setup => new FormulaStrategy(Place(formulas, setup.Columns), setup.Directions));
    }

    /// <inheritdoc/>
    public void OnBar(in Moment bar, ref OrderPad orders)
    {
        var (buys, sells) = (Holds(Entry, bar) && directions.Allow(Side.Long), Holds(ShortEntry, bar) && directions.Allow(Side.Short));
        switch (bar.Side)
        {
            case Side.Flat when buys && sells:
                break;
            case Side.Long when Holds(Exit, bar) || sells:
            case Side.Short when Holds(ShortExit, bar) || buys:
                orders.Exit();
                break;
        }

        if (buys && !sells && bar.Side != Side.Long)
        {
            orders.Place(Ticket(bar, Side.Long, Stop, Target));
        }
        else if (sells && !buys && bar.Side != Side.Short)
        {
            orders.Place(Ticket(bar, Side.Short, ShortStop, ShortTarget));
        }
    }

    /// <inheritdoc/>
    public int NextActive(int from, int end, Side side)
    {
        var next = Math.Min(Next(Entry, from, end), Next(ShortEntry, from, end));
        return side switch
        {
            Side.Long => Next(Exit, from, next),
            Side.Short => Next(ShortExit, from, next),
            _ => next,
        };
    }

    int Next(int part, int from, int end) => parts[part] is { } column ? Scan.FirstOf(column.Values, from, end, 1) : end;

    bool Holds(int part, in Moment bar) => parts[part] is { } column && bar.Value(column) == 1;

    OrderTicket Ticket(in Moment bar, Side side, int stop, int target) => new(side)
    {
        ProtectiveStop = Number(stop, bar),
        Target = Number(target, bar),
        Share = parts[Size] is { } size ? Math.Min(1, bar.Value(size)) : 1,
    };

    double Number(int part, in Moment bar) => parts[part] is { } column ? bar.Value(column) : double.NaN;

    static Formula?[] Read(FormulaRules rules)
    {
        var formulas = new Formula?[Parts];
        foreach (var (part, label, text, type) in Texts(rules))
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var formula = Formula.Parse(text, rules.Parameters);
            formulas[part] = formula.Type == type
                ? formula
                : throw new FormulaException(
                    formula.Root.At, $"{label} must be {(type == FormulaType.Condition ? "a condition, as in close > SMA(20)" : "a number, as in close * 0.95")}");
        }

        return formulas;
    }

    static (int Part, string Label, string? Text, FormulaType Type)[] Texts(FormulaRules rules) =>
    [
        (Entry, "entry", rules.Entry, FormulaType.Condition),
        (Exit, "exit", rules.Exit, FormulaType.Condition),
        (ShortEntry, "short entry", rules.ShortEntry, FormulaType.Condition),
        (ShortExit, "short exit", rules.ShortExit, FormulaType.Condition),
        (Stop, "stop", rules.Stop, FormulaType.Number),
        (Target, "target", rules.Target, FormulaType.Number),
        (ShortStop, "short stop", rules.ShortStop, FormulaType.Number),
        (ShortTarget, "short target", rules.ShortTarget, FormulaType.Number),
        (Size, "size", rules.Size, FormulaType.Number),
    ];

    static string TextOf(Formula?[] formulas)
    {
        string[] labels = ["entry", "exit", "short entry", "short exit", "stop", "target", "short stop", "short target", "size"];
        var text = new StringBuilder();
        foreach (var (label, formula) in labels.Zip(formulas))
        {
            if (formula is not null)
            {
                text.Append(label).Append(": ").Append(formula).Append('\n');
            }
        }

        return text.ToString();
    }

    static Column?[] Place(Formula?[] formulas, IReadOnlyList<Column> columns)
    {
        var placed = new Column?[Parts];
        for (var (part, next) = (0, 0); part < Parts; part++)
        {
            placed[part] = formulas[part] is null ? null : columns[next++];
        }

        return placed;
    }

    // A grid of ten steps over the range, of whole steps where both ends are whole.
    static StrategyParameter ParameterOf(FormulaParameter parameter)
    {
        var isWhole = double.IsInteger(parameter.Default) && double.IsInteger(parameter.Minimum) && double.IsInteger(parameter.Maximum);
        var step = (parameter.Maximum - parameter.Minimum) / 10;
        return new StrategyParameter(
            parameter.Name, parameter.Name, isWhole ? ParameterKind.Whole : ParameterKind.Number,
            parameter.Default, parameter.Minimum, parameter.Maximum, isWhole ? Math.Max(1, Math.Floor(step)) : step);
    }

    static ColumnRequest Request(Formula formula, StrategyArguments arguments)
    {
        var values = arguments.ByName;
        var used = string.Join(' ', formula.Parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={values[parameter.Name]:R}")));
        return new ColumnRequest($"{formula} where {used}", 1, timeframe => new FormulaColumn(formula.Start(timeframe, values)))
        {
            Work = (int)Math.Min(int.MaxValue, 5 + formula.StepsPerCandle),
        };
    }

    sealed class FormulaColumn(FormulaRun run) : Runner<Candle>
    {
        public override void Next(in Candle input, Span<double> outputs) => outputs[0] = run.Next(in input);
    }
}
