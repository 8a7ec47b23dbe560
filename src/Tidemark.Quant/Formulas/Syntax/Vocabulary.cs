using Tidemark.Quant.Indicators;
using Tidemark.Quant.Indicators.PriceTransforms;

namespace Tidemark.Quant.Formulas.Syntax;

/// <summary>The names a formula may use, its own parameters included.</summary>
sealed class Vocabulary
{
    static readonly string[] Keywords = ["and", "or", "not", "crosses", "above", "below"];

    static readonly Dictionary<string, PricePart> Prices =
        Enum.GetValues<PricePart>().ToDictionary(part => NameOf(part), part => part, StringComparer.OrdinalIgnoreCase);

    readonly Dictionary<string, FormulaParameter> parameters = new(StringComparer.OrdinalIgnoreCase);

    public Vocabulary(IEnumerable<FormulaParameter> declared)
    {
        foreach (var parameter in declared)
        {
            Require(parameter);
            if (!parameters.TryAdd(parameter.Name, parameter))
            {
                throw new ArgumentException($"the parameter {parameter.Name} is declared twice", nameof(declared));
            }
        }
    }

    public IReadOnlyCollection<FormulaParameter> Parameters => parameters.Values;

    public static string NameOf(PricePart part) => part.ToString().ToLowerInvariant();

    public static bool IsKeyword(string name) => Keywords.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The price or parameter of a name; where there is none, an error that names the closest.</summary>
    public Expression Value(Token name)
    {
        if (Prices.TryGetValue(name.Text, out var part))
        {
            return new Expression.Price(name.At, part);
        }

        if (parameters.TryGetValue(name.Text, out var parameter))
        {
            return new Expression.Parameter(name.At, parameter);
        }

        if (IndicatorRegistry.Find(name.Text) is { } indicator)
        {
            throw new FormulaException(name.At, $"the indicator {indicator.Name} at {name.At} needs parentheses: {indicator.Name}()");
        }

        if (Function.Find(name.Text) is { } function)
        {
            throw new FormulaException(name.At, $"the function {function.Name} at {name.At} needs arguments: {function.Signature}");
        }

        var known = Prices.Keys.Concat(parameters.Values.Select(declared => declared.Name));
        throw new FormulaException(name.At, $"unknown name {name.Text} at {name.At}{Suggestion.For(name.Text, known)}");
    }

    /// <summary>Whether a word means anything by itself or as the beginning of a call.</summary>
    public bool Knows(string name) =>
        IsKeyword(name) || Prices.ContainsKey(name) || parameters.ContainsKey(name) || Function.Find(name) is not null || IndicatorRegistry.Find(name) is not null;

    public FormulaException UnknownCall(Token name)
    {
        if (Prices.TryGetValue(name.Text, out var part))
        {
            return new FormulaException(name.At, $"{NameOf(part)} at {name.At} is a price and takes no parentheses");
        }

        if (parameters.TryGetValue(name.Text, out var parameter))
        {
            return new FormulaException(name.At, $"{parameter.Name} at {name.At} is a parameter and takes no parentheses");
        }

        var known = IndicatorRegistry.All.Select(indicator => indicator.Name).Concat(Function.All.Select(function => function.Name));
        return new FormulaException(name.At, $"unknown indicator {name.Text} at {name.At}{Suggestion.For(name.Text, known)}");
    }

    static void Require(FormulaParameter parameter)
    {
        var name = parameter.Name;
        var isWord = name.Length is > 0 and <= 32 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
        if (!isWord)
        {
            throw new ArgumentException($"\"{name}\" is no name for a parameter; use up to 32 letters, digits and _", nameof(parameter));
        }

        if (IsKeyword(name) || Prices.ContainsKey(name) || Function.Find(name) is not null || IndicatorRegistry.Find(name) is not null)
        {
            throw new ArgumentException($"the name {name} is taken by the language", nameof(parameter));
        }

        if (!parameter.Allows(parameter.Default) || !double.IsFinite(parameter.Minimum) || !double.IsFinite(parameter.Maximum))
        {
            throw new ArgumentException($"the default of {name} must lie between its ends", nameof(parameter));
        }
    }
}
