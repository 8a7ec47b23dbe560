using System.CommandLine;
using Tidemark.Platform.Cli;
using Tidemark.Quant;
using Tidemark.Quant.Series;
using Tidemark.Simulator;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulation;

/// <summary>`tidemark simulate`: the simulated exchange on its own, for any client that speaks Binance's spot protocol.</summary>
public static class SimulateCommand
{
    const int UsualPort = 5280;

    public static Command Build(CommandContext context)
    {
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => UsualPort };
        var seed = new Option<ulong>("--seed") { Description = "Which market: the same seed is the same market.", DefaultValueFactory = _ => SimulatorOptions.UsualSeed };
        var speed = new Option<double>("--speed") { Description = "Market seconds in a real second; 0 stands still.", DefaultValueFactory = _ => 1 };
        var start = new Option<DateTimeOffset?>("--start") { Description = "Market time at the start (default now; for recordings the middle of the first)." };
        var symbols = new Option<string[]>("--symbols") { Description = "Symbols to list, as BTCUSDT,ETHUSDT (default all sixteen).", AllowMultipleArgumentsPerToken = true };
        var csv = new Option<string[]>("--csv") { Description = "Replay recorded one-minute candles instead: SYMBOL=FILE, .csv or .csv.gz; may be given again." };
        var command = new Command("simulate", "Run the simulated exchange alone: Binance's spot protocol over a made-up or a recorded market.") { port, seed, speed, start, symbols, csv };
        command.SetAction((parsed, stop) =>
        {
            var options = new SimulatorOptions
            {
                Address = $"http://127.0.0.1:{parsed.GetValue(port)}",
                Seed = parsed.GetValue(seed),
                Speed = NotNegative(parsed.GetValue(speed)),
                Start = parsed.GetValue(start),
                Instruments = Listed(parsed.GetValue(symbols) ?? []),
                Recordings = Recorded(parsed.GetValue(csv) ?? []),
                HasControlEndpoints = true,
            };
            return Simulate(context, options, stop);
        });
        return command;
    }

    static async Task<int> Simulate(CommandContext context, SimulatorOptions options, CancellationToken stop)
    {
        await using var server = await Open(options, context.Clock, stop);
        Console.Out.WriteLine($"The simulated exchange is open. Ctrl+C closes it.");
        Console.Out.WriteLine($"  REST       {server.RestAddress}api/v3/");
        Console.Out.WriteLine($"  Streams    {server.StreamAddress}ws/ and {server.StreamAddress}stream?streams=");
        Console.Out.WriteLine($"  Control    {server.RestAddress}simulator/faults and {server.RestAddress}simulator/sightings");
        Console.Out.WriteLine($"  Symbols    {string.Join(' ', server.Exchange.Symbols.Select(symbol => symbol.Instrument.Symbol))}");
        Console.Out.WriteLine($"  Market     {(options.Recordings.Count > 0 ? "recorded" : $"made up from seed {options.Seed}")}, now {DateTimeOffset.FromUnixTimeMilliseconds(server.Clock.Now):yyyy-MM-dd HH:mm:ss} UTC, {options.Speed} market seconds a second");
        await UntilStopped(stop);
        return CommandLine.Done;
    }

    static async Task<SimulatorServer> Open(SimulatorOptions options, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            return await SimulatorServer.Start(options, clock, stop);
        }
        catch (IOException busy) when (busy.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new CommandException($"{options.Address} is already in use. Choose another port with --port.");
        }
    }

    static async Task UntilStopped(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    static IReadOnlyList<Instrument> Listed(string[] symbols)
    {
        try
        {
            return symbols.Length == 0 ? Listing.All : Listing.Of(symbols.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        }
        catch (ArgumentException unknown)
        {
            throw new CommandException(unknown.Message);
        }
    }

    static Dictionary<string, CandleSeries> Recorded(string[] files) => files
        .Select(file => file.Split('=', 2))
        .ToDictionary(parts => parts[0].ToUpperInvariant(), parts => Read(parts), StringComparer.Ordinal);

    static CandleSeries Read(string[] parts)
    {
        if (parts.Length != 2)
        {
            throw new CommandException($"--csv wants SYMBOL=FILE, as in BTCUSDT=btc.csv, not {parts[0]}.");
        }

        try
        {
            return CandleFile.Read(parts[1]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CandleCsvException)
        {
            throw new CommandException($"{parts[1]}: {unreadable.Message}");
        }
    }

    static double NotNegative(double speed) => speed >= 0 ? speed : throw new CommandException("--speed cannot be negative.");
}
