using System.Globalization;
using System.Text;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Syntax;

enum TokenKind
{
    End,
    Number,
    Timeframe,
    Name,
    Symbol,
}

readonly record struct Token(TokenKind Kind, string Text, double Value, TextPosition At)
{
    public bool Is(string symbolOrWord) => Kind switch
    {
        TokenKind.Symbol => Text == symbolOrWord,
        TokenKind.Name => Text.Equals(symbolOrWord, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    public override string ToString() => Kind == TokenKind.End ? "the end" : Text;
}

/// <summary>Cuts a formula into words, numbers, timeframes and symbols; comments run from // to the end of the line.</summary>
sealed class Lexer(string text)
{
    static readonly string[] Symbols = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".", ":", "@"];

    int place;
    int line = 1;
    int lineStart;

    TextPosition Here => new(line, place - lineStart + 1);

    public Token Next()
    {
        SkipBlank();
        if (place == text.Length)
        {
            return new Token(TokenKind.End, "", 0, Here);
        }

        var first = text[place];
        if (char.IsAsciiDigit(first) || (first == '.' && place + 1 < text.Length && char.IsAsciiDigit(text[place + 1])))
        {
            return NumberOrTimeframe();
        }

        return char.IsAsciiLetter(first) || first == '_' ? Name() : Symbol();
    }

    void SkipBlank()
    {
        while (place < text.Length)
        {
            if (text[place] == '\n')
            {
                place++;
                line++;
                lineStart = place;
            }
            else if (char.IsWhiteSpace(text[place]))
            {
                place++;
            }
            else if (text.AsSpan(place).StartsWith("//", StringComparison.Ordinal))
            {
                var end = text.IndexOf('\n', place);
                place = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    Token NumberOrTimeframe()
    {
        var (start, at) = (place, Here);
        SkipDigits();
        if (place < text.Length && text[place] is 'm' or 'h' or 'd' or 'M' or 'H' or 'D' && !IsWordAt(place + 1))
        {
            place++;
            return Timeframe.TryParse(text[start..place].ToLowerInvariant(), out _)
                ? new Token(TokenKind.Timeframe, text[start..place].ToLowerInvariant(), 0, at)
                : throw new FormulaException(at, $"{text[start..place]} at {at} is no timeframe; write a number and m, h or d, as in 15m, 4h, 1d");
        }

        if (place < text.Length && text[place] == '.')
        {
            place++;
            SkipDigits();
        }

        SkipExponent();
        if (IsWordAt(place))
        {
            throw new FormulaException(at, $"{text[start..(place + 1)]} at {at} is no number and no timeframe such as 15m, 4h or 1d");
        }

        var value = double.Parse(text.AsSpan(start, place - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new Token(TokenKind.Number, text[start..place], value, at)
            : throw new FormulaException(at, $"{text[start..place]} at {at} is too large a number");
    }

    void SkipDigits()
    {
        while (place < text.Length && char.IsAsciiDigit(text[place]))
        {
            place++;
        }
    }

    void SkipExponent()
    {
        if (place >= text.Length || text[place] is not ('e' or 'E'))
        {
            return;
        }

        var digits = place + 1 < text.Length && text[place + 1] is '+' or '-' ? place + 2 : place + 1;
        if (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            place = digits;
            SkipDigits();
        }
    }

    bool IsWordAt(int index) => index < text.Length && (char.IsAsciiLetterOrDigit(text[index]) || text[index] == '_');

    Token Name()
    {
        var (start, at) = (place, Here);
        while (IsWordAt(place))
        {
            place++;
        }

        return new Token(TokenKind.Name, text[start..place], 0, at);
    }

    Token Symbol()
    {
        var at = Here;
        foreach (var symbol in Symbols)
        {
            if (text.AsSpan(place).StartsWith(symbol, StringComparison.Ordinal))
            {
                place += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, 0, at);
            }
        }

        var stranger = text[place];
        throw new FormulaException(at, stranger switch
        {
            '=' => $"= at {at} compares nothing; write == to compare",
            '&' or '|' or '!' => $"{stranger} at {at} is not part of the language; write and, or, not",
            > ' ' and < (char)127 => $"{stranger} at {at} is not part of the language",
            _ => $"the character {CodeAt(place)} at {at} is not part of the language",
        });
    }

    string CodeAt(int index)
    {
        Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var length);
        return length > 1 ? $"U+{rune.Value:X4}" : $"U+{(int)text[index]:X4}";
    }
}
