using System.ComponentModel;
using Tidemark.Market.Ingest;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Live;

/// <summary>A price as the `prices` channel tells it.</summary>
public sealed record LivePrice(string Symbol, double Price, DateTimeOffset At, decimal? Bid, decimal? Ask);

/// <summary>A candle as the channel of its series tells it: [open time in UTC milliseconds, open, high, low, close, volume].</summary>
public sealed record LiveCandle(string Symbol, string Timeframe, string Source, Provenance Provenance, double[] Candle, [property: Description("Whether it is final and stored.")] bool IsClosed);

/// <summary>Tells browsers what moves: prices of all symbols together, the candles of each series, and how far loading has come.</summary>
public sealed class LiveFeed(LiveMarket market, LoadProgress progress, Hub hub, IEventBus bus, TimeProvider clock, ILogger<LiveFeed> log) : BackgroundService
{
    public const string Prices = "prices", Candles = "candles", Loading = "loading";

    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(400);
    readonly Dictionary<LiveSymbol, long> _told = [];

    public static string ChannelOf(Symbol symbol, Timeframe timeframe) => $"{Candles}:{symbol}:{timeframe}";

    /// <summary>Whether a channel's key names a symbol that is heard and a stored timeframe.</summary>
    public static bool IsSeries(LiveMarket market, string? key) =>
        key?.Split(':') is [var name, var length] && Timeframe.TryParse(length, out var timeframe) && Timeframe.Standard.Contains(timeframe)
        && Symbol.TryParse(name, out var symbol) && symbol.ToString() == name && market.IsWatched(symbol);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var closes = bus.Subscribe<CandleClosed>(TellClosed);
        using var timer = new PeriodicTimer(Beat, clock);
        IReadOnlyList<SymbolLoading> toldLoading = [];
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await TellMoved(stoppingToken);
                    toldLoading = await TellLoading(toldLoading, stoppingToken);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    log.LogError(fault, "What moved could not be told");
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    ValueTask TellClosed(CandleClosed news, CancellationToken stop) =>
        hub.Publish(ChannelOf(news.Series.Symbol, news.Series.Timeframe), Told(news.Series, news.Candle, isClosed: true), stop);

    async Task TellMoved(CancellationToken stop)
    {
        var moved = market.All.Where(symbol => _told.GetValueOrDefault(symbol) != symbol.Moves).ToList();
        if (moved.Count == 0)
        {
            return;
        }
        foreach (var gone in _told.Keys.Except(market.All))
        {
            _told.Remove(gone);
        }
        foreach (var symbol in moved)
        {
            _told[symbol] = symbol.Moves;
            foreach (var timeframe in Timeframe.Standard)
            {
                var channel = ChannelOf(symbol.Symbol, timeframe);
                if (hub.IsHeard(channel) && symbol.Forming(timeframe) is { } forming)
                {
                    await hub.Publish(channel, Told(new SeriesKey(symbol.Source, symbol.Symbol, timeframe), forming, isClosed: false), stop);
                }
            }
        }
        // All prices each time: who reads slowly gets only the newest message and must miss nothing.
        var prices = market.All.Select(Price).OfType<LivePrice>().OrderBy(price => price.Symbol, StringComparer.Ordinal).ToList();
        if (prices.Count > 0 && hub.IsHeard(Prices))
        {
            await hub.Publish(Prices, new { Prices = prices }, stop);
        }
    }

    async Task<IReadOnlyList<SymbolLoading>> TellLoading(IReadOnlyList<SymbolLoading> told, CancellationToken stop)
    {
        var now = progress.All;
        if (now.Select(Essence).SequenceEqual(told.Select(Essence)))
        {
            return told;
        }
        await hub.Publish(Loading, new { Symbols = now }, stop);
        return now;

        static (string, LoadStage, long, string?) Essence(SymbolLoading one) => (one.Symbol, one.Stage, one.Done, one.Trouble);
    }

    static LivePrice? Price(LiveSymbol symbol) =>
        symbol.Last is { } last ? new LivePrice(symbol.Symbol.ToString(), last.Price, last.At, last.Bid, last.Ask) : null;

    static LiveCandle Told(SeriesKey series, in Candle candle, bool isClosed) => new(
        series.Symbol.ToString(), series.Timeframe.ToString(), series.Source.Name, series.Source.Provenance,
        [candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume], isClosed);
}
