using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Simulator.Rest;

/// <summary>The parameters of a request, read by the exchange's rules and refused in its words.</summary>
sealed partial class Query(IQueryCollection sent)
{
    const string SymbolRange = "^[A-Z0-9-_.]{1,20}$";
    const string SymbolsRange = """^\[("[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}){0,1}\]$""";
    const string NumberRange = "^[0-9]{1,20}$";

    // Times beyond this are microseconds: as milliseconds they would lie after the year 5000.
    const long LeastMicroseconds = 100_000_000_000_000;

    /// <summary>Refuses parameters that the endpoint does not know and such that came twice.</summary>
    public void Allow(IReadOnlyCollection<string> known)
    {
        if (sent.Any(parameter => parameter.Value.Count > 1))
        {
            throw ExchangeError.DuplicateValues();
        }

        var read = sent.Keys.Count(known.Contains);
        if (read < sent.Count)
        {
            throw known.Count == 0 ? ExchangeError.TooManyParameters(0, sent.Count) : ExchangeError.Unread(read, sent.Count);
        }
    }

    public bool Has(string name) => sent.ContainsKey(name);

    public string? Text(string name)
    {
        if (!sent.TryGetValue(name, out var value))
        {
            return null;
        }

        return string.IsNullOrEmpty(value) ? throw ExchangeError.Empty(name) : value.ToString();
    }

    public string Symbol()
    {
        var symbol = Text("symbol") ?? throw ExchangeError.Missing("symbol");
        return IsSymbol().IsMatch(symbol) ? symbol : throw ExchangeError.IllegalCharacters("symbol", SymbolRange);
    }

    /// <summary>The names asked for with `symbol` or `symbols`; null where neither was sent.</summary>
    public IReadOnlyList<string>? Symbols()
    {
        if (Has("symbol"))
        {
            return Has("symbols") ? throw ExchangeError.BadCombination() : [Symbol()];
        }

        if (Text("symbols") is not { } list)
        {
            return null;
        }

        var names = IsSymbolList().IsMatch(list) ? JsonSerializer.Deserialize<string[]>(list)! : throw ExchangeError.IllegalCharacters("symbols", SymbolsRange);
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : throw ExchangeError.DuplicateSymbols();
    }

    public long? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return IsNumber().IsMatch(text) && long.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ExchangeError.IllegalCharacters(name, NumberRange);
    }

    /// <summary>UTC milliseconds; microseconds are understood too.</summary>
    public long? Time(string name) => Number(name) is { } time ? (time >= LeastMicroseconds ? time / 1_000 : time) : null;

    public int Limit(int usual, int most) => Number("limit") switch
    {
        null => usual,
        0 => throw ExchangeError.NotValid("limit"),
        var limit => (int)Math.Min(limit.Value, most),
    };

    /// <summary>Distance from UTC in milliseconds, from -12:00 to +14:00.</summary>
    public long Zone()
    {
        if (Text("timeZone") is not { } text)
        {
            return 0;
        }

        // A plus sign in a query that was not encoded arrives as a space.
        return ZoneOf(text.Trim()) ?? throw ExchangeError.NotValid("timeZone");
    }

    public static long? ZoneOf(string text)
    {
        var match = IsZone().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var minutes = (int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture) * 60)
            + (match.Groups["minutes"].Success ? int.Parse(match.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture) : 0);
        minutes = match.Groups["sign"].ValueSpan is "-" ? -minutes : minutes;
        return minutes is >= -12 * 60 and <= 14 * 60 ? minutes * 60_000L : null;
    }

    [GeneratedRegex("^[A-Z0-9_.-]{1,20}$", RegexOptions.NonBacktracking)]
    private static partial Regex IsSymbol();

    [GeneratedRegex("""^\[("[A-Z0-9_.-]{1,20}"(,"[A-Z0-9_.-]{1,20}")*)?\]$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsSymbolList();

    [GeneratedRegex("^[0-9]{1,20}$", RegexOptions.NonBacktracking)]
    private static partial Regex IsNumber();

    [GeneratedRegex("^(?<sign>[+-])?(?<hours>[0-9]{1,2})(:(?<minutes>[0-5][0-9]))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsZone();
}
