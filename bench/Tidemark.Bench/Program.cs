using Tidemark.Bench;
using Tidemark.Bench.Candles;
using Tidemark.Bench.Indicators;

// A suite a word; no word runs them all. Exit code 1 where a limit is exceeded.
Suite[] suites =
[
    new("aggregation", AggregationSuite.Measure),
    new("patterns", PatternSuite.Measure),
    new("indicators", IndicatorSuite.Measure),
    new("candles", CandleSuite.Measure),
    new("ingest", IngestSuite.Measure),
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
