using System.CommandLine;
using System.Globalization;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Cli;
using Tidemark.Quant;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Commands;

/// <summary>The candles a command trades on, and the services of the database where they are stored ones; a file counts as recorded.</summary>
sealed record TradedMarket(BacktestInput Input, Provenance Provenance, IServiceProvider? Services);

/// <summary>The options that say which candles a run trades on: those of a file, or stored ones.</summary>
sealed class MarketOptions
{
    readonly Option<FileInfo?> csv = new("--csv") { Description = "Candles: timestamp_ms,open,high,low,close,volume; .csv or .csv.gz." };
    readonly Option<FileInfo?> minutes = new("--minutes") { Description = "With --csv: candles of a minute that show what happened inside each bar." };
    readonly Option<bool> withoutMinutes = new("--no-minutes") { Description = "Leave candles of a minute out: stops and targets inside a bar are told apart by the bar alone." };
    readonly Option<FileInfo?> funding = new("--funding") { Description = "Funding payments of a perpetual: time_ms,rate in each line, with a header." };
    readonly Option<string?> symbol = new("--symbol", "-s") { Description = "Stored symbol, as BTC/USDT, where no file is given." };
    readonly Option<string> timeframe = new("--timeframe") { Description = "Length of a bar, as in 15m, 1h, 1d; of a file, the spacing of its rows where it is not given." };
    readonly Option<DateOnly?> from = new("--from") { Description = "First day traded, UTC; what is before it warms indicators up." };
    readonly Option<DateOnly?> until = new("--to") { Description = "Day that all candles are before, UTC." };
    readonly Option<string?> source = new("--source") { Description = "Source of the stored candles (default: the one in use)." };

    public IEnumerable<Option> All => [csv, minutes, withoutMinutes, funding, symbol, timeframe, from, until, source];

    public Option<FileInfo?> Csv => csv;

    public void Check(Command command) => command.Validators.Add(parsed =>
    {
        if (parsed.GetValue(csv) is null == parsed.GetValue(symbol) is null)
        {
            parsed.AddError("Say either --csv with a file or --symbol with a stored symbol.");
        }
        if (parsed.GetValue(minutes) is not null && parsed.GetValue(csv) is null)
        {
            parsed.AddError("--minutes goes with --csv; stored symbols bring their own.");
        }
        if (parsed.GetValue(minutes) is not null && parsed.GetValue(withoutMinutes))
        {
            parsed.AddError("Say either --minutes or --no-minutes.");
        }
    });

    /// <summary>Hands over the market that was asked for; the database is opened only for stored candles, and then its services are there too.</summary>
    public Task<int> With(CommandContext context, ParseResult parsed, Func<TradedMarket, CancellationToken, Task<int>> work, CancellationToken stop) =>
        parsed.GetValue(csv) is { } file
            ? work(new TradedMarket(FromFile(parsed, file), Provenance.Recorded, null), stop)
            : context.WithServices(async (services, ending) => await work(await FromStore(services, parsed, ending), ending), stop);

    BacktestInput FromFile(ParseResult parsed, FileInfo file)
    {
        var told = parsed.GetValue(timeframe) is { } text ? Timeframe.Parse(text) : (Timeframe?)null;
        var candles = CandleFile.Read(file.FullName);
        var spacing = SourceTimeframe.Of(candles.All(), null, told);
        var bars = told is { } wanted && wanted != spacing ? Aggregation.To(wanted, candles.All(), spacing) : candles;
        var inside = parsed.GetValue(minutes) is { } finer ? CandleFile.Read(finer.FullName).All() : bars == candles ? default : candles.All();
        var end = parsed.GetValue(until) is { } day ? bars.IndexAtOrAfter(Start(day).ToUnixTimeMilliseconds()) : bars.Count;
        return Input(parsed, told ?? spacing, new BacktestSymbol(Path.GetFileName(file.Name), bars.Slice(0, end)) { Minutes = inside });
    }

    async Task<TradedMarket> FromStore(IServiceProvider services, ParseResult parsed, CancellationToken stop)
    {
        var length = parsed.GetValue(timeframe) is { } text ? Timeframe.Parse(text) : Timeframe.H1;
        var book = services.GetRequiredService<SymbolBook>();
        var found = await book.FindExactly(parsed.GetRequiredValue(symbol)!, stop);
        var key = new SeriesKey(await book.SourceOf(found, parsed.GetValue(source), stop), found, length);
        var store = services.GetRequiredService<CandleStore>();
        var end = parsed.GetValue(until) is { } day ? Start(day) : DateTimeOffset.MaxValue;
        var candles = await store.ReadTable(key, DateTimeOffset.UnixEpoch, end, stop);
        var inside = length > Timeframe.M1 && !parsed.GetValue(withoutMinutes) ? await store.ReadTable(key with { Timeframe = Timeframe.M1 }, DateTimeOffset.UnixEpoch, end, stop) : default;
        return candles.Count > 0
            ? new TradedMarket(Input(parsed, length, new BacktestSymbol(found.ToString(), candles) { Minutes = inside }), key.Source.Provenance, services)
            : throw new CommandException($"{found} has no {length} candles from {key.Source.Name} to run on.");
    }

    BacktestInput Input(ParseResult parsed, Timeframe length, BacktestSymbol traded) => new(length, traded with
    {
        Minutes = parsed.GetValue(withoutMinutes) ? default : traded.Minutes,
        Funding = parsed.GetValue(funding) is { } file ? FundingFile.Read(file.FullName) : [],
    })
    {
        TradeFrom = parsed.GetValue(from) is { } day ? Start(day).ToUnixTimeMilliseconds() : long.MinValue,
    };

    static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    internal static string Span(BacktestInput input)
    {
        var candles = input.Symbols[0].Candles;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{input.Symbols[0].Name}, {candles.Count:N0} bars of {input.Timeframe}, {Day(candles.Times[0])} to {Day(candles.Times[^1])}");
    }

    static string Day(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
