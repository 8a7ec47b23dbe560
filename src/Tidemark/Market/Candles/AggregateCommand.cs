using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>`tidemark aggregate`: make the longer timeframes anew from the stored minutes.</summary>
static class AggregateCommand
{
    public sealed record Made(string Symbol, string Source, int Candles);

    public static Command Build(CommandContext context)
    {
        var symbol = SymbolOption.Make();
        var from = new Option<DateOnly?>("--from") { Description = "First day, UTC (default: the first minute's)." };
        var json = CommandOptions.Json();
        var command = new Command("aggregate", "Make all longer timeframes anew from the stored minutes.") { symbol, from, json };
        command.SetAction((parsed, stop) => context.WithServices(
            (services, ending) => Aggregate(context, services, parsed.GetValue(symbol), parsed.GetValue(from), parsed.GetValue(json), ending), stop));
        return command;
    }

    static async Task<int> Aggregate(CommandContext context, IServiceProvider services, string? only, DateOnly? from, bool asJson, CancellationToken stop)
    {
        var began = context.Clock.GetTimestamp();
        var symbol = await SymbolOption.Read(only, services, stop);
        var minutes = (await services.GetRequiredService<SeriesCatalog>().Stored(stop))
            .Where(series => series.Key.Timeframe == Timeframe.M1 && series.Candles > 0 && (symbol is null || series.Key.Symbol == symbol)).ToList();
        var made = await CandleProgress.Show(context.Out, asJson, async progress =>
        {
            var done = new List<Made>();
            foreach (var series in minutes)
            {
                done.Add(await Aggregate(services.GetRequiredService<CandleAggregation>(), series, from, progress, stop));
            }
            return done;
        });
        if (asJson)
        {
            context.WriteJson(made);
            return CommandLine.Done;
        }
        foreach (var one in made)
        {
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Symbol} ({one.Source}): {one.Candles:N0} candles"));
        }
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made.Count} symbols aggregated in {context.Clock.GetElapsedTime(began).TotalSeconds:0.0} s."));
        return CommandLine.Done;
    }

    static async Task<Made> Aggregate(CandleAggregation aggregation, StoredSeries series, DateOnly? from, CandleProgress progress, CancellationToken stop)
    {
        var start = from is { } day && new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) is var first && first > series.FirstOpen ? first : series.FirstOpen!.Value;
        var end = series.LastOpen!.Value.AddMinutes(1);
        var bar = progress.Bar(series.Key.Symbol.ToString(), (end - start).TotalMinutes);
        var candles = start < end ? await aggregation.Rebuild(series.Key.Source, series.Key.Symbol, start, end, stop, reached => bar((reached - start).TotalMinutes)) : 0;
        return new Made(series.Key.Symbol.ToString(), series.Key.Source.Name, candles);
    }
}
