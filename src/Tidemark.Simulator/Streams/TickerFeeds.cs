using System.Text.Json;
using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Rest;

namespace Tidemark.Simulator.Streams;

/// <summary>Writes the 24-hour statistics of a symbol.</summary>
delegate void WriteTicker(Utf8JsonWriter json, ListedSymbol symbol, long now, Wording wording);

/// <summary>The 24-hour statistics of one symbol every second.</summary>
sealed class TickerFeed(ListedSymbol symbol, WriteTicker write, Wording wording) : IFeed
{
    public const long Pace = 1_000;

    public IEnumerable<byte[]> Between(long from, long to)
    {
        // Older statistics are of no use to anyone, so one message tells of however many seconds have passed.
        if (from / Pace < to / Pace)
        {
            yield return Wording.Write(json => write(json, symbol, to, wording));
        }
    }
}

/// <summary>The statistics of all symbols that traded in the last second.</summary>
sealed class AllTickersFeed(Exchange exchange, WriteTicker write, Wording wording) : IFeed
{
    public IEnumerable<byte[]> Between(long from, long to)
    {
        if (from / TickerFeed.Pace == to / TickerFeed.Pace)
        {
            yield break;
        }

        var changed = exchange.Symbols.Where(symbol => symbol.Market.Trades(Math.Min(from, to - TickerFeed.Pace) + 1, to).Any()).ToList();
        if (changed.Count > 0)
        {
            yield return Wording.Write(json =>
            {
                json.WriteStartArray();
                foreach (var symbol in changed)
                {
                    write(json, symbol, to, wording);
                }

                json.WriteEndArray();
            });
        }
    }
}

/// <summary>The two forms in which the statistics are told.</summary>
static class Tickers
{
    public static void WriteMini(Utf8JsonWriter json, ListedSymbol symbol, long now, Wording wording)
    {
        var instrument = symbol.Instrument;
        var day = DayStatistics.Of(symbol.Market, now);
        json.WriteStartObject();
        json.WriteString("e", "24hrMiniTicker");
        json.WriteNumber("E", wording.Time(now));
        json.WriteString("s", instrument.Symbol);
        json.WritePrice("c", instrument, day.Last.Price);
        json.WritePrice("o", instrument, day.Window.Open);
        json.WritePrice("h", instrument, day.Window.High);
        json.WritePrice("l", instrument, day.Window.Low);
        json.WriteQuantity("v", instrument, day.Window.Volume);
        json.WriteTurnover("q", instrument, day.Window.Turnover);
        json.WriteEndObject();
    }

    public static void WriteFull(Utf8JsonWriter json, ListedSymbol symbol, long now, Wording wording)
    {
        var instrument = symbol.Instrument;
        var day = DayStatistics.Of(symbol.Market, now);
        var best = symbol.Book.At(symbol.Book.SlotAt(now), 1);
        json.WriteStartObject();
        json.WriteString("e", "24hrTicker");
        json.WriteNumber("E", wording.Time(now));
        json.WriteString("s", instrument.Symbol);
        json.WritePrice("p", instrument, day.Change);
        json.WriteFixed("P", day.ChangePercent, 3);
        json.WriteMeanPrice("w", instrument, day.Window.Turnover, day.Window.Volume);
        json.WritePrice("x", instrument, day.Before);
        json.WritePrice("c", instrument, day.Last.Price);
        json.WriteQuantity("Q", instrument, day.Last.Split().Last().Quantity);
        json.WritePrice("b", instrument, best.Bids[0].Price);
        json.WriteQuantity("B", instrument, best.Bids[0].Quantity);
        json.WritePrice("a", instrument, best.Asks[0].Price);
        json.WriteQuantity("A", instrument, best.Asks[0].Quantity);
        json.WritePrice("o", instrument, day.Window.Open);
        json.WritePrice("h", instrument, day.Window.High);
        json.WritePrice("l", instrument, day.Window.Low);
        json.WriteQuantity("v", instrument, day.Window.Volume);
        json.WriteTurnover("q", instrument, day.Window.Turnover);
        json.WriteNumber("O", wording.Time(day.OpenTime));
        json.WriteNumber("C", wording.Time(day.CloseTime));
        json.WriteNumber("F", day.Window.FirstTrade);
        json.WriteNumber("L", day.Window.LastTrade);
        json.WriteNumber("n", day.Window.Trades);
        json.WriteEndObject();
    }
}
