using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Exchanges.Binance;

/// <summary>Binance spot, or whoever speaks its protocol, as an exchange.</summary>
public sealed class BinanceExchange(MarketSource source, BinanceRest rest, BinanceStream stream, TimeProvider clock) : IExchange
{
    const int LargestPage = 1_000;
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    TimeSpan _clockOffset;

    public MarketSource Source => source;

    public ExchangeHealth Health
    {
        get
        {
            var (latency, errors) = rest.Calls.Read();
            var state = rest.Calls.LastAnswerAt is null ? "unknown" : errors > 0.5 ? "failing" : errors > 0.1 ? "troubled" : "healthy";
            return new ExchangeHealth(state, latency, Math.Round(errors, 3), rest.Budget.Used, rest.Budget.Limit, _clockOffset, rest.Calls.LastAnswerAt);
        }
    }

    /// <summary>Whether somebody answers within a time.</summary>
    public async Task<bool> Answers(TimeSpan patience, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            using var time = await rest.Ask("/api/v3/time", 1, either.Token);
            return time.RootElement.TryGetProperty("serverTime", out _);
        }
        catch (Exception fault) when (fault is ExchangeException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>One question without repeats: what passes between it and its answer is what the offset is known by.</summary>
    public async Task<DateTimeOffset> ServerTime(CancellationToken stop)
    {
        DateTimeOffset asked = default;
        using var answer = await rest.Ask("/api/v3/time", 1, stop, sent: () => asked = clock.GetUtcNow());
        var got = clock.GetUtcNow();
        var time = Understood(() => DateTimeOffset.FromUnixTimeMilliseconds(answer.RootElement.GetProperty("serverTime").GetInt64()));
        _clockOffset = time - (asked + ((got - asked) / 2));
        return time;
    }

    public async Task<IReadOnlyList<Instrument>> Instruments(CancellationToken stop)
    {
        using var answer = await rest.Get("/api/v3/exchangeInfo", 20, stop);
        return Understood(() =>
        {
            foreach (var limit in answer.RootElement.GetProperty("rateLimits").EnumerateArray())
            {
                if (limit.GetProperty("rateLimitType").GetString() == "REQUEST_WEIGHT" && limit.GetProperty("interval").GetString() == "MINUTE")
                {
                    rest.Budget.Learn(limit.GetProperty("limit").GetInt32() / limit.GetProperty("intervalNum").GetInt32());
                }
            }
            return answer.RootElement.GetProperty("symbols").EnumerateArray().Select(BinanceJson.Instrument).ToList();
        });
    }

    public async IAsyncEnumerable<CandleSeries> Candles(Symbol symbol, Timeframe timeframe, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken stop)
    {
        var next = from.ToUnixTimeMilliseconds();
        var end = Math.Min(until.ToUnixTimeMilliseconds(), timeframe.BucketOf(SurelyPast()));
        while (next < end)
        {
            var page = await Page(symbol, timeframe, next, end - 1, stop);
            if (page.Count == 0)
            {
                yield break;
            }
            next = timeframe.CloseOf(page.Times[^1]);
            yield return page;
        }
    }

    /// <summary>
    /// A moment that has passed whichever clock is right, with time for the exchange to settle: what closes later is not final,
    /// whatever an answer holds.
    /// </summary>
    long SurelyPast() => (clock.GetUtcNow() - Settling + (_clockOffset < TimeSpan.Zero ? _clockOffset : TimeSpan.Zero)).ToUnixTimeMilliseconds();

    async Task<CandleSeries> Page(Symbol symbol, Timeframe timeframe, long from, long to, CancellationToken stop)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/v3/klines?symbol={symbol.Joined}&interval={timeframe}&startTime={from}&endTime={to}&limit={LargestPage}");
        using var answer = await Asking(symbol, () => rest.Get(path, 2, stop));
        var page = new CandleSeries(LargestPage);
        // The answer is not trusted to be in order or without repeats; a row that cannot be read is a minute that was not told.
        foreach (var candle in Understood(() => answer.RootElement.EnumerateArray().Select(row => BinanceJson.TryCandle(row, timeframe)).OfType<Candle>().OrderBy(static candle => candle.OpenTime).ToList()))
        {
            if (candle.OpenTime >= from && candle.OpenTime <= to && (page.Count == 0 || candle.OpenTime > page.Times[^1]))
            {
                page.Append(candle);
            }
        }
        return page;
    }

    public async Task<IReadOnlyList<Trade>> RecentTrades(Symbol symbol, int limit, CancellationToken stop)
    {
        using var answer = await Asking(symbol, () => rest.Get($"/api/v3/aggTrades?symbol={symbol.Joined}&limit={Math.Clamp(limit, 1, LargestPage)}", 4, stop));
        return Understood(() => answer.RootElement.EnumerateArray().Select(BinanceJson.Trade).ToList());
    }

    public async Task<OrderBook> OrderBook(Symbol symbol, int depth, CancellationToken stop)
    {
        var levels = Math.Clamp(depth, 1, 5_000);
        var weight = levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1_000 ? 50 : 250;
        using var answer = await Asking(symbol, () => rest.Get($"/api/v3/depth?symbol={symbol.Joined}&limit={levels}", weight, stop));
        return Understood(() => BinanceJson.OrderBook(answer.RootElement));
    }

    public async Task<IReadOnlyList<Ticker>> Tickers(IReadOnlyCollection<Symbol> symbols, CancellationToken stop)
    {
        if (symbols.Count == 0)
        {
            return [];
        }
        var weight = symbols.Count <= 20 ? 2 : symbols.Count <= 100 ? 40 : 80;
        var names = Uri.EscapeDataString(JsonSerializer.Serialize(symbols.Select(symbol => symbol.Joined)));
        try
        {
            using var answer = await rest.Get($"/api/v3/ticker/24hr?symbols={names}", weight, stop);
            var byName = symbols.ToDictionary(symbol => symbol.Joined, StringComparer.Ordinal);
            return Understood(() => answer.RootElement.EnumerateArray()
                .Where(row => byName.ContainsKey(row.GetProperty("symbol").GetString()!))
                .Select(row => BinanceJson.Ticker(row, byName[row.GetProperty("symbol").GetString()!]))
                .ToList());
        }
        catch (ExchangeRefusedException refused) when (BinanceRest.IsUnknownSymbol(refused))
        {
            // The answer does not say which: those that it knows are told all the same.
            return symbols.Count == 1 ? throw new UnknownSymbolException(symbols.First()) : await Known(symbols, stop);
        }
    }

    async Task<IReadOnlyList<Ticker>> Known(IEnumerable<Symbol> symbols, CancellationToken stop)
    {
        var instruments = (await Instruments(stop)).Select(instrument => instrument.Symbol).ToHashSet();
        return await Tickers([.. symbols.Where(instruments.Contains)], stop);
    }

    /// <summary>An answer of another shape than agreed is the exchange's trouble, not ours.</summary>
    static T Understood<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception odd) when (odd is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw new ExchangeException($"An answer was not understood: {odd.Message}", odd);
        }
    }

    public IAsyncEnumerable<MarketEvent> Stream(IReadOnlyCollection<Symbol> symbols, CancellationToken stop) => stream.Read(symbols, stop);

    static async Task<JsonDocument> Asking(Symbol symbol, Func<Task<JsonDocument>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ExchangeRefusedException refused) when (BinanceRest.IsUnknownSymbol(refused))
        {
            throw new UnknownSymbolException(symbol);
        }
    }
}
