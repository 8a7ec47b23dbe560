using System.Diagnostics;
using System.Text.Json;
using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Synthetic;

namespace Tidemark.Simulator.Judges;

/// <summary>
/// The npm package ccxt reads the protocol by its makers' understanding, not by ours. It asks a running simulator,
/// and what it understood must be the market itself.
/// </summary>
public sealed class An_independent_client_understands_it
{
    const double Exact = 1e-9;

    [Fact]
    public async Task Markets_candles_tickers_books_trades_and_streams()
    {
        var options = new SimulatorOptions
        {
            Seed = 7,
            Start = DateTimeOffset.FromUnixTimeMilliseconds((Stretches.Monday * 60_000) + 30_000),
            Speed = 5,
            Instruments = Listing.Of(["BTCUSDT", "ETHUSDT", "SHIBUSDT"]),
        };
        await using var server = await SimulatorServer.Start(options, TimeProvider.System, CancellationToken.None);

        var heard = await Ask(server.RestAddress);

        var market = server.Exchange.Find("BTCUSDT")!.Market;
        heard.GetProperty("time").GetInt64().ShouldBeInRange(options.Start.Value.ToUnixTimeMilliseconds(), server.Clock.Now);
        heard.GetProperty("markets").GetRawText().ShouldBe(
            """[{"symbol":"BTC/USDT","active":true,"price":0.01,"amount":0.00001,"minCost":5},{"symbol":"ETH/USDT","active":true,"price":0.01,"amount":0.0001,"minCost":5},{"symbol":"SHIB/USDT","active":true,"price":1e-8,"amount":1,"minCost":1}]""");
        Candles(heard, market);
        Tickers(heard, market);
        Book(heard.GetProperty("book"));
        Trades(heard.GetProperty("trades"), market);
        heard.GetProperty("wrongSymbol").GetString().ShouldBe("BadSymbol");
        heard.GetProperty("wrongLimit").GetString().ShouldBe("BadRequest");
        Streams(heard.GetProperty("watched"), market);
        server.Sightings.RequestsInsideBans.ShouldBe(0);
    }

    static void Candles(JsonElement heard, SymbolMarket market)
    {
        var since = heard.GetProperty("since").GetInt64();
        var candles = heard.GetProperty("candles").EnumerateArray().ToList();
        candles.Count.ShouldBe(1_400);
        for (var i = 0; i < candles.Count; i++)
        {
            var truth = market.Tape.Minute((since / 60_000) + i).ToCandle(market.Instrument);
            candles[i].EnumerateArray().Select(column => column.GetDouble()).ShouldBe([truth.OpenTime, truth.Open, truth.High, truth.Low, truth.Close, truth.Volume], Exact);
        }

        heard.GetProperty("newest").GetArrayLength().ShouldBe(10);
    }

    static void Tickers(JsonElement heard, SymbolMarket market)
    {
        var ticker = heard.GetProperty("ticker");
        var at = ticker.GetProperty("timestamp").GetInt64();
        var truth = DayStatistics.Of(market, at);
        ticker.GetProperty("last").GetDouble().ShouldBe(truth.Last.Price / 100.0, Exact);
        ticker.GetProperty("high").GetDouble().ShouldBe(truth.Window.High / 100.0, Exact);
        ticker.GetProperty("baseVolume").GetDouble().ShouldBe(truth.Window.Volume / 100_000.0, Exact);
        ticker.GetProperty("bid").GetDouble().ShouldBeLessThan(ticker.GetProperty("ask").GetDouble());
        heard.GetProperty("tickers").EnumerateArray().Select(name => name.GetString()).ShouldBe(["BTC/USDT", "ETH/USDT"], ignoreOrder: true);
        heard.GetProperty("bidsAsks").GetProperty("BTC/USDT").GetProperty("bid").GetDouble().ShouldBePositive();
    }

    static void Book(JsonElement book)
    {
        var (bids, asks) = (Prices(book, "bids"), Prices(book, "asks"));
        (bids.Count, asks.Count).ShouldBe((100, 100));
        bids.ShouldBe(bids.OrderDescending());
        asks.ShouldBe(asks.Order());
        bids[0].ShouldBeLessThan(asks[0]);
    }

    static void Trades(JsonElement trades, SymbolMarket market)
    {
        trades.GetArrayLength().ShouldBe(200);
        foreach (var trade in trades.EnumerateArray())
        {
            var time = trade.GetProperty("timestamp").GetInt64();
            var truth = market.Trades(time, time).First(one => one.Id.ToString() == trade.GetProperty("id").GetString());
            trade.GetProperty("price").GetDouble().ShouldBe(truth.Price / 100.0, Exact);
            trade.GetProperty("amount").GetDouble().ShouldBe(truth.Quantity / 100_000.0, Exact);
            trade.GetProperty("side").GetString().ShouldBe(truth.BuyerIsMaker ? "sell" : "buy");
        }
    }

    static void Streams(JsonElement watched, SymbolMarket market)
    {
        watched.GetProperty("candle").GetArrayLength().ShouldBe(6);
        watched.GetProperty("last").GetDouble().ShouldBePositive();
        watched.GetProperty("trades").EnumerateArray().ShouldAllBe(trade => market.Trades(trade.GetProperty("timestamp").GetInt64(), trade.GetProperty("timestamp").GetInt64()).Any());

        var book = watched.GetProperty("book");
        var order = new OrderBook(market, seed: 7, slotLength: 500);
        var truth = order.At(book.GetProperty("nonce").GetInt64() / 16, 20);
        Prices(book, "bids").ShouldBe(truth.Bids.Select(level => level.Price / 100.0), Exact);
        Prices(book, "asks").ShouldBe(truth.Asks.Select(level => level.Price / 100.0), Exact);
    }

    static List<double> Prices(JsonElement book, string side) => [.. book.GetProperty(side).EnumerateArray().Select(level => level[0].GetDouble())];

    static async Task<JsonElement> Ask(Uri address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var judge = Process.Start(new ProcessStartInfo("node", [Path.Combine(Home(), "tests", "exchange", "judge.mjs"), address.ToString().TrimEnd('/')])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var complaints = judge.StandardError.ReadToEndAsync(patience.Token);
        var heard = await judge.StandardOutput.ReadToEndAsync(patience.Token);
        await judge.WaitForExitAsync(patience.Token);
        judge.ExitCode.ShouldBe(0, await complaints);
        return JsonDocument.Parse(heard).RootElement;
    }

    static string Home()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
