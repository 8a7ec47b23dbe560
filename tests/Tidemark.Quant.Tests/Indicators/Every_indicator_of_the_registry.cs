using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

public sealed class Every_indicator_of_the_registry
{
    public static TheoryData<string> Names => [.. IndicatorRegistry.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_on_a_prefix_what_it_gives_on_the_whole(string name)
    {
        var law = Prop.ForAll(RandomMarket.Seeds, Gen.Choose(0, 400).ToArbitrary(), (seed, length) =>
        {
            var market = RandomMarket.Of(seed, 400);
            var whole = Feed(name, market, 400);

            var prefix = Feed(name, market, length);

            return prefix.AsSpan().SequenceEqual(whole.AsSpan(0, prefix.Length));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12).WithReplay(2_026, 1_121), law);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_defined_from_the_candle_it_says_and_no_earlier(string name)
    {
        var description = IndicatorRegistry.Find(name)!;
        var arguments = description.With();
        var outputs = description.Outputs.Count;
        var values = Feed(name, RandomMarket.Of(7, 500), 500);
        for (var output = 0; output < outputs; output++)
        {
            var entry = description.Outputs[output];
            var first = entry.First(arguments);
            var defined = Enumerable.Range(0, 500).Where(row => !double.IsNaN(values[(row * outputs) + output])).ToArray();
            var told = $"{name}.{entry.Name}";
            if (entry.IsOccasional)
            {
                (defined.Length == 0 || defined[0] >= first).ShouldBeTrue(told);
            }
            else
            {
                defined.ShouldBe(Enumerable.Range(first, 500 - first), told);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Allocates_nothing_on_a_candle(string name)
    {
        var description = IndicatorRegistry.Find(name)!;
        var market = RandomMarket.Of(3, 1_000);
        var row = new double[description.Outputs.Count];
        Action<int> step = Stepper(description, market, row);
        for (var i = 0; i < 500; i++)
        {
            step(i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 500; i < 1_000; i++)
        {
            step(i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stands_flat_and_silent_markets(string name)
    {
        var flat = Enumerable.Range(0, 300).Select(i => new Candle(i * 60_000L, 5, 5, 5, 5, 0)).ToArray();

        var values = Feed(name, flat, flat.Length);

        values.ShouldAllBe(value => !double.IsInfinity(value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_the_ends_of_every_range(string name)
    {
        var description = IndicatorRegistry.Find(name)!;
        var market = RandomMarket.Of(11, 60);
        foreach (var end in new Func<IndicatorParameter, double>[] { p => p.Minimum, p => Math.Min(p.Maximum, 3_000) })
        {
            var arguments = description.With([.. description.Parameters.Select(end)]);
            var row = new double[description.Outputs.Count];
            var step = Stepper(description, market, row, arguments);
            for (var i = 0; i < market.Length; i++)
            {
                step(i);
            }

            description.StepsPerCandle(arguments).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Has_a_name_and_words_of_its_own()
    {
        IndicatorRegistry.All.Select(entry => entry.Name).ShouldBeUnique();
        IndicatorRegistry.All.ShouldAllBe(entry => !entry.Name.Any(char.IsLower) && entry.Meaning.EndsWith('.') && entry.Outputs.Count > 0);
    }

    static double[] Feed(string name, Candle[] market, int count)
    {
        var description = IndicatorRegistry.Find(name)!;
        var outputs = description.Outputs.Count;
        var values = new double[count * outputs];
        var row = new double[outputs];
        var step = Stepper(description, market, row);
        for (var i = 0; i < count; i++)
        {
            step(i);
            row.CopyTo(values.AsSpan(i * outputs));
        }

        return values;
    }

    static Action<int> Stepper(IndicatorDescription description, Candle[] market, double[] row, IndicatorArguments? given = null)
    {
        var arguments = given ?? description.With();
        if (description.Source == IndicatorSource.Pairs)
        {
            var pairs = description.StartOnPairs(arguments);
            return i => pairs.Next(new ValuePair(market[i].Close, market[i].Open), row);
        }

        var runner = description.StartOnCandles(arguments);
        return i => runner.Next(market[i], row);
    }
}
