using Microsoft.Extensions.Logging.Abstractions;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Exchanges.Binance;
using Tidemark.Quant.Series;
using Tidemark.Simulator;
using Tidemark.Simulator.Faults;

namespace Tidemark.Market;

public sealed class Binance_is_asked_politely
{
    static readonly Symbol Bitcoin = new("BTC", "USDT");
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    sealed class Meeting(SimulatorServer simulator, BinanceRest rest, BinanceExchange exchange) : IAsyncDisposable
    {
        public SimulatorServer Simulator => simulator;
        public BinanceRest Rest => rest;
        public BinanceExchange Exchange => exchange;

        public static async Task<Meeting> Arrange(ServerLimits? limits = null, double speed = 1)
        {
            var simulator = await SimulatorServer.Start(new SimulatorOptions { Start = Noon.AddSeconds(5), Speed = speed, Limits = limits ?? new() }, TimeProvider.System, CancellationToken.None);
            var rest = new BinanceRest(new HttpClient { BaseAddress = simulator.RestAddress }, TimeProvider.System, NullLogger.Instance);
            var stream = new BinanceStream(simulator.StreamAddress, TimeProvider.System, NullLogger.Instance);
            var exchange = new BinanceExchange(new MarketSource("simulated", Provenance.Synthetic), rest, stream, TimeProvider.System);
            await exchange.ServerTime(CancellationToken.None);
            return new Meeting(simulator, rest, exchange);
        }

        public async ValueTask DisposeAsync()
        {
            rest.Dispose();
            await simulator.DisposeAsync();
        }
    }

    static async Task<List<Candle>> Fetch(BinanceExchange exchange, DateTimeOffset from, DateTimeOffset until, Timeframe? timeframe = null)
    {
        var all = new List<Candle>();
        await foreach (var page in exchange.Candles(Bitcoin, timeframe ?? Timeframe.M1, from, until, CancellationToken.None))
        {
            for (var i = 0; i < page.Count; i++)
            {
                all.Add(page[i]);
            }
        }
        return all;
    }

    [Fact]
    public async Task However_many_pages_it_takes_every_closed_candle_comes_once_and_in_order()
    {
        await using var meeting = await Meeting.Arrange();

        var candles = await Fetch(meeting.Exchange, Noon.AddMinutes(-2_500), Noon.AddHours(1));

        candles.Count.ShouldBeInRange(2_500, 2_501);
        candles.Select(candle => candle.OpenTime).ShouldBe(Enumerable.Range(0, candles.Count).Select(i => Noon.AddMinutes(-2_500 + i).ToUnixTimeMilliseconds()));
        candles.ShouldAllBe(candle => candle.Low <= candle.Open && candle.Open <= candle.High && candle.Volume >= 0);
    }

    [Fact]
    public async Task Hours_are_the_aggregate_of_minutes()
    {
        await using var meeting = await Meeting.Arrange();
        var from = Noon.AddHours(-5);

        var minutes = await Fetch(meeting.Exchange, from, Noon);
        var hours = await Fetch(meeting.Exchange, from, Noon, Timeframe.H1);

        hours.Count.ShouldBe(5);
        for (var i = 0; i < 5; i++)
        {
            var hour = minutes.Skip(60 * i).Take(60).ToList();
            (hours[i].Open, hours[i].High, hours[i].Low, hours[i].Close).ShouldBe((hour[0].Open, hour.Max(candle => candle.High), hour.Min(candle => candle.Low), hour[^1].Close));
        }
    }

    [Fact]
    public async Task Symbols_come_with_their_steps_and_unknown_ones_are_named()
    {
        await using var meeting = await Meeting.Arrange();

        var instruments = await meeting.Exchange.Instruments(CancellationToken.None);
        var bitcoin = instruments.Single(instrument => instrument.Symbol == Bitcoin);

        bitcoin.IsTrading.ShouldBeTrue();
        bitcoin.TickSize.ShouldBeGreaterThan(0);
        bitcoin.StepSize.ShouldBeGreaterThan(0);
        (await Should.ThrowAsync<UnknownSymbolException>(() => meeting.Exchange.OrderBook(new Symbol("NO", "SUCH"), 10, CancellationToken.None))).Message.ShouldContain("NO/SUCH");
    }

    [Fact]
    public async Task Book_trades_and_tickers_agree_with_each_other()
    {
        await using var meeting = await Meeting.Arrange();

        var book = await meeting.Exchange.OrderBook(Bitcoin, 20, CancellationToken.None);
        var trades = await meeting.Exchange.RecentTrades(Bitcoin, 100, CancellationToken.None);
        var ticker = (await meeting.Exchange.Tickers([Bitcoin, new Symbol("ETH", "USDT")], CancellationToken.None))[0];

        book.Bids.Select(level => level.Price).ShouldBeInOrder(SortDirection.Descending);
        book.Asks.Select(level => level.Price).ShouldBeInOrder();
        book.Bids[0].Price.ShouldBeLessThan(book.Asks[0].Price);
        trades.Select(trade => trade.Id).ShouldBeInOrder();
        ticker.Symbol.ShouldBe(Bitcoin);
        ticker.Low24.ShouldBeLessThanOrEqualTo(ticker.Last);
        ticker.High24.ShouldBeGreaterThanOrEqualTo(ticker.Last);
    }

    [Fact]
    public void A_candle_of_times_to_come_moves_nothing()
    {
        var sequence = new StreamSequence([Bitcoin], TimeProvider.System);
        var now = Timeframe.M1.Floor(TimeProvider.System.GetUtcNow()).ToUnixTimeMilliseconds();
        IReadOnlyList<MarketEvent> Hear(long open) => sequence.Read("btcusdt@kline_1m", System.Text.Json.JsonElement.Parse(
            $$$"""{"E":{{{open + 60_000}}},"k":{"t":{{{open}}},"o":"1","h":"2","l":"1","c":"2","v":"3","x":true}}"""));

        Hear(now + (365 * 86_400_000L)).ShouldBeEmpty();
        Hear(now - 60_000).OfType<CandleMoved>().ShouldHaveSingleItem().IsClosed.ShouldBeTrue();
    }

    [Fact]
    public async Task Told_to_wait_it_waits_and_then_has_its_answer()
    {
        await using var meeting = await Meeting.Arrange();
        meeting.Simulator.Faults.Inject(new Fault(FaultKind.TooManyRequests) { On = "klines", Times = 1, RetryAfter = 1 });
        var began = TimeProvider.System.GetTimestamp();

        var candles = await Fetch(meeting.Exchange, Noon.AddMinutes(-10), Noon);

        candles.Count.ShouldBe(10);
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
        meeting.Simulator.Sightings.Requests["/api/v3/klines"].ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_asked_inside_a_ban()
    {
        await using var meeting = await Meeting.Arrange();
        meeting.Simulator.Faults.Inject(new Fault(FaultKind.Ban) { Lasts = TimeSpan.FromSeconds(2), RetryAfter = 3 });

        await Should.ThrowAsync<ExchangeRateLimitedException>(() => meeting.Rest.Ask("/api/v3/ping", 1, CancellationToken.None));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Fetch(meeting.Exchange, Noon.AddMinutes(-10), Noon)));

        answers.ShouldAllBe(candles => candles.Count == 10);
        meeting.Simulator.Sightings.RequestsInsideBans.ShouldBe(0);
    }

    [Fact]
    public async Task Never_more_than_four_fifths_of_the_weight_are_used()
    {
        await using var meeting = await Meeting.Arrange(new ServerLimits { WeightAMinute = 200 });
        await meeting.Exchange.Instruments(CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        var asked = Enumerable.Range(0, 200).Select(_ => meeting.Rest.Ask("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1", 2, patience.Token)).ToList();
        await Task.WhenAll(asked.Select(async one =>
        {
            try
            {
                (await one).Dispose();
            }
            catch (OperationCanceledException)
            {
                // It would have had to wait for the next minute.
            }
        }));

        asked.Count(one => one.IsCanceled).ShouldBeGreaterThan(0);
        meeting.Simulator.Sightings.HighestWeight.ShouldBeLessThanOrEqualTo(160);
    }

    [Fact]
    public async Task The_stream_says_each_close_once_and_tells_what_it_missed()
    {
        await using var meeting = await Meeting.Arrange(speed: 120);
        meeting.Simulator.Faults.Inject(new Fault(FaultKind.Duplicate) { Chance = 0.3 });
        meeting.Simulator.Faults.Inject(new Fault(FaultKind.Reorder) { Chance = 0.1 });
        meeting.Simulator.Faults.Inject(new Fault(FaultKind.Gap) { Chance = 0.1 });
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var told = new List<(long From, long Until)>();
        var closed = new List<long>();
        try
        {
            await foreach (var news in meeting.Exchange.Stream([Bitcoin], enough.Token))
            {
                switch (news)
                {
                    case CandlesMissed missed:
                        told.Add((missed.From.ToUnixTimeMilliseconds(), missed.Until.ToUnixTimeMilliseconds()));
                        break;
                    case CandleMoved { IsClosed: true } moved:
                        closed.Add(moved.Candle.OpenTime);
                        break;
                }
                if (closed.Count >= 20)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Judged by what came.
        }

        closed.Count.ShouldBeGreaterThan(5);
        closed.ShouldBeUnique();
        closed.ShouldBeInOrder();
        for (var i = 1; i < closed.Count; i++)
        {
            for (var minute = closed[i - 1] + 60_000; minute < closed[i]; minute += 60_000)
            {
                told.ShouldContain(range => range.From <= minute && minute < range.Until);
            }
        }
    }

    [Fact]
    public async Task A_cut_stream_is_opened_anew_and_says_so()
    {
        await using var meeting = await Meeting.Arrange();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var restarts = 0;
        await foreach (var news in meeting.Exchange.Stream([Bitcoin], enough.Token))
        {
            if (news is StreamRestarted)
            {
                restarts++;
                if (restarts == 2)
                {
                    break;
                }
                meeting.Simulator.Faults.Inject(new Fault(FaultKind.Disconnect) { Times = 1 });
            }
        }

        restarts.ShouldBe(2);
    }

    [Theory]
    [InlineData("30", null, 30)]
    [InlineData(null, "please retry after 60 seconds", 60)]
    [InlineData(null, "Retry-After: 45", 45)]
    [InlineData(null, "too many requests", 30)]
    public void How_long_to_wait_is_read_from_header_or_words(string? header, string? text, int seconds) =>
        RetryRules.CoolOff(header, text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Delays_follow_the_rules()
    {
        RetryRules.Delay(new ExchangeException("x"), 0).ShouldBe(TimeSpan.FromSeconds(5));
        RetryRules.Delay(new ExchangeException("x"), 2).ShouldBe(TimeSpan.FromSeconds(20));
        RetryRules.Delay(new ExchangeTimeoutException("x"), 0).ShouldBe(TimeSpan.FromSeconds(10));
        RetryRules.Delay(new ExchangeRateLimitedException("x", TimeSpan.FromHours(1), isBan: false), 0).ShouldBe(TimeSpan.FromMinutes(5));
        RetryRules.Delay(new ExchangeRateLimitedException("x", TimeSpan.FromHours(1), isBan: true), 0).ShouldBe(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("BTC/USDT")]
    [InlineData("btc-usdt")]
    [InlineData("BTCUSDT")]
    [InlineData("BINANCE:BTCUSDT")]
    [InlineData("BTC%2FUSDT")]
    [InlineData("BTC_USDT")]
    public void A_symbol_is_read_however_it_is_written(string text) => Symbol.Parse(text).ShouldBe(Bitcoin);

    [Theory]
    [InlineData("")]
    [InlineData("USDT")]
    [InlineData("BTC/")]
    [InlineData("B T/USDT")]
    [InlineData("BTC/USDT/EUR")]
    public void What_is_no_symbol_is_refused(string text) => Symbol.TryParse(text, out _).ShouldBeFalse();
}
