using System.Text;
using Tidemark.Quant.Indicators;

namespace Tidemark.Quant.Formulas;

/// <summary>Writes formulas that are right, and texts that are nearly so, the same for the same seed.</summary>
sealed class RandomFormula(int seed)
{
    static readonly string[] Words =
    [
        "RSI", "EMA", "MACD", "BB", "VWAP", "CORR", "open", "close", "hlc3", "and", "or", "not", "crosses", "above", "below", "if", "abs", "highest",
        "sum", "avg", "period1", "(", ")", "[", "]", ",", ".", ":", "@", "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "14", "0.5", "1e3", "4h",
        "1d", "15m", "//", "\n", " ", "signal", "1e999", "99999999999999999999", "_", "$", "é", "\0", "\u2028", "=", "&&",
    ];

    readonly Random random = new(seed);

    public string Valid() => Condition(random.Next(4));

    public string Scrambled()
    {
        var text = new StringBuilder();
        for (var words = random.Next(30); words > 0; words--)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        }

        return text.ToString();
    }

    public string Noise()
    {
        var letters = new char[random.Next(80)];
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)(random.Next(8) == 0 ? random.Next(char.MaxValue) : random.Next(32, 127));
        }

        return new string(letters);
    }

    public string Mutated()
    {
        var text = new StringBuilder(Valid());
        for (var changes = random.Next(1, 5); changes > 0 && text.Length > 0; changes--)
        {
            var place = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(place, Math.Min(random.Next(1, 6), text.Length - place));
                    break;
                case 1:
                    text.Insert(place, Words[random.Next(Words.Length)]);
                    break;
                case 2:
                    text[place] = (char)random.Next(32, 127);
                    break;
                default:
                    text.Insert(place, text.ToString(place, Math.Min(random.Next(1, 20), text.Length - place)));
                    break;
            }
        }

        return text.ToString();
    }

    string Condition(int depth) => (depth <= 0 ? 0 : random.Next(7)) switch
    {
        1 => $"{Condition(depth - 1)} and {Condition(depth - 1)}",
        2 => $"({Condition(depth - 1)}) or {Condition(depth - 1)}",
        3 => $"not ({Condition(depth - 1)})",
        4 => $"{Number(depth - 1)} crosses {(random.Next(2) == 0 ? "above" : "below")} {Number(depth - 1)}",
        5 => $"({Condition(depth - 1)})[{random.Next(5)}]",
        _ => $"{Number(depth - 1)} {One("<", "<=", ">", ">=", "==", "!=")} {Number(depth - 1)}",
    };

    string Number(int depth) => (depth <= 0 ? random.Next(3) : random.Next(13)) switch
    {
        0 => One("open", "high", "low", "close", "volume", "hl2", "HLC3", "ohlc4"),
        1 => One("0", "1", "2.5", "30", "1e-7", "123456789.125"),
        2 => "period1",
        3 => $"{Number(depth - 1)} {One("+", "-", "*", "/")} {Number(depth - 1)}",
        4 => $"({Number(depth - 1)}) {One("+", "-", "*", "/")} ({Number(depth - 1)})",
        5 => $"-({Number(depth - 1)})",
        6 => $"({Number(depth - 1)})[{One("0", "1", "7", "period1")}]",
        7 => $"({Number(depth - 1)}) @ {One("15m", "4h", "1d", "60m")}",
        8 => $"if({Condition(depth - 1)}, {Number(depth - 1)}, {Number(depth - 1)})",
        9 => $"{One("highest", "lowest", "sum", "avg", "stdev", "change")}({Number(depth - 1)}, {One("1", "5", "period1")})",
        10 => $"{One("min", "max")}({Number(depth - 1)}, {Number(depth - 1)})",
        11 => $"abs({Number(depth - 1)})",
        _ => Indicator(depth),
    };

    string Indicator(int depth)
    {
        var indicator = IndicatorRegistry.All[random.Next(IndicatorRegistry.All.Count)];
        var sources = indicator.Source switch
        {
            IndicatorSource.Pairs => [$"{Number(depth - 1)} + close", $"{Number(depth - 1)} + open"],
            IndicatorSource.Values when random.Next(2) == 0 => [$"{Number(depth - 1)} - low"],
            _ => Array.Empty<string>(),
        };
        var settings = indicator.Parameters
            .Where(_ => random.Next(2) == 0)
            .Select(parameter => $"{parameter.Name}: {(parameter.Choices.Count > 0 ? parameter.Choices[^1] : parameter.Default)}");
        var usable = indicator.Outputs.Where(candidate => !candidate.IsDisplayOnly).ToArray();
        return $"{indicator.Name}({string.Join(", ", sources.Concat(settings))}).{usable[random.Next(usable.Length)].Name}";
    }

    string One(params string[] choices) => choices[random.Next(choices.Length)];
}
