using Tidemark.Bench;
using Tidemark.Bench.Alerts;
using Tidemark.Bench.Backtests;
using Tidemark.Bench.Candles;
using Tidemark.Bench.Eye;
using Tidemark.Bench.Indicators;
using Tidemark.Bench.Sockets;

if (args is ["alert-server", var folder])
{
    await AlertPathServer.Run(folder);
    return 0;
}
if (args is ["socket-server", var room])
{
    await SocketServer.Run(room);
    return 0;
}
if (args is ["backtest-server", var place])
{
    await CallServer.Run(place);
    return 0;
}

// A suite a word; no word runs them all. Exit code 1 where a limit is exceeded.
Suite[] suites =
[
    new("aggregation", AggregationSuite.Measure),
    new("patterns", PatternSuite.Measure),
    new("indicators", IndicatorSuite.Measure),
    new("candles", CandleSuite.Measure),
    new("ingest", IngestSuite.Measure),
    new("eye", EyeSuite.Measure),
    new("alerts", AlertSuite.Measure),
    new("alert-path", AlertPathSuite.Measure),
    new("sockets", SocketSuite.Measure),
    new("backtests", BacktestSuite.Measure),
    new("backtest-call", CallSuite.Measure),
    new("honesty", HonestySuite.Measure),
    new("simulator", SimulatorSuite.Measure),
];

var chosen = args.Length == 0 ? suites : [.. suites.Where(suite => args.Contains(suite.Name))];
if (chosen.Length == 0 || chosen.Length < args.Length)
{
    Console.Error.WriteLine($"Choose among: {string.Join(", ", suites.Select(suite => suite.Name))}.");
    return 2;
}

var within = true;
foreach (var suite in chosen)
{
    Console.WriteLine($"### {suite.Name}");
    Console.WriteLine();
    var measurements = suite.Measure();
    Console.WriteLine(Measurement.Table(measurements));
    within &= measurements.All(measurement => measurement.IsWithin);
}

return within ? 0 : 1;
