using System.Numerics;
using System.Runtime.InteropServices;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>
/// How often the trial that looked best on one half of the record was below the middle of all trials on the other half: combinatorially
/// symmetric cross-validation (Bailey, Borwein, López de Prado and Zhu, "The Probability of Backtest Overfitting", 2015).
/// </summary>
/// <param name="Probability">Share of the splits where the best in-sample was at or below the median out-of-sample, 0 to 1.</param>
/// <param name="ProbabilityOfLoss">Share of the splits where the best in-sample lost money out-of-sample, or earned less than the risk-free rate where there is one, 0 to 1.</param>
/// <param name="Slope">Change of the out-of-sample Sharpe ratio a unit of the in-sample one, over the chosen; null where they are all alike.</param>
/// <param name="Trials">Trials compared, a count.</param>
/// <param name="Days">Returns of each that were used, a count.</param>
/// <param name="Blocks">Blocks the record was cut into, a count.</param>
/// <param name="Splits">Ways of making two halves of the blocks, a count.</param>
public sealed record Overfitting(double Probability, double ProbabilityOfLoss, double? Slope, int Trials, int Days, int Blocks, int Splits)
{
    const int MostBlocks = 16;
    const int FewestBlocks = 6;
    const int ShortestBlock = 10;
    const double DaysAYear = 365;

    /// <summary>
    /// From the returns of each trial over the same days; null of fewer than two trials, of trials that are all the same, and of less than sixty
    /// days. Ratios are of what is above the risk-free rate, given a year of 365 days. A trial whose equity did not move has the ratio 0.
    /// </summary>
    public static Overfitting? Of(IReadOnlyList<double[]> trials, double riskFreeRate = 0, CancellationToken stop = default)
    {
        var days = trials.Count == 0 ? 0 : trials[0].Length;
        var blocks = Math.Min(MostBlocks, days / ShortestBlock / 2 * 2);
        if (trials.Any(trial => trial.Length != days))
        {
            throw new ArgumentException("trials must be of the same days", nameof(trials));
        }

        return trials.Count < 2 || blocks < FewestBlocks || trials.All(trial => trial.AsSpan().SequenceEqual(trials[0])) ? null : new Halves(trials, blocks, riskFreeRate / DaysAYear).Count(stop);
    }

    // Sums of blocks, block by block with the trials side by side, so that a split is a few additions of whole vectors.
    sealed class Halves
    {
        readonly int trials;
        readonly int room;
        readonly int blocks;
        readonly int length;
        readonly double[] sums;
        readonly double[] squares;
        readonly double[] total;
        readonly double[] totalSquares;
        readonly double[] first;
        readonly double[] firstSquares;
        readonly double[] one;
        readonly double[] other;
        readonly List<(double In, double Out)> chosen = [];
        int below;
        int lost;

        public Halves(IReadOnlyList<double[]> returns, int blocks, double riskFree)
        {
            this.blocks = blocks;
            trials = returns.Count;
            room = (trials + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
            length = returns[0].Length / blocks;
            sums = new double[blocks * room];
            squares = new double[blocks * room];
            (total, totalSquares, first, firstSquares, one, other) =
                (new double[room], new double[room], new double[room], new double[room], new double[room], new double[room]);

            // What is left over is the oldest.
            var start = returns[0].Length - (blocks * length);
            for (var trial = 0; trial < trials; trial++)
            {
                for (var day = start; day < returns[trial].Length; day++)
                {
                    var (value, at) = (returns[trial][day] - riskFree, ((day - start) / length * room) + trial);
                    sums[at] += value;
                    squares[at] += value * value;
                }
            }

            for (var block = 0; block < blocks; block++)
            {
                Add(sums.AsSpan(block * room, room), total);
                Add(squares.AsSpan(block * room, room), totalSquares);
            }
        }

        public Overfitting Count(CancellationToken stop)
        {
            // Each half that holds block 0 stands for two splits: itself, and the other half as the sample.
            for (var mask = 1u; mask < 1u << blocks; mask += 2)
            {
                if (BitOperations.PopCount(mask) == blocks / 2)
                {
                    stop.ThrowIfCancellationRequested();
                    Split(mask);
                }
            }

            return new Overfitting(
                (double)below / chosen.Count, (double)lost / chosen.Count, SlopeOf(chosen), trials, blocks * length, blocks, chosen.Count);
        }

        void Split(uint mask)
        {
            first.AsSpan().Clear();
            firstSquares.AsSpan().Clear();
            for (var block = 0; block < blocks; block++)
            {
                if ((mask >> block & 1) != 0)
                {
                    Add(sums.AsSpan(block * room, room), first);
                    Add(squares.AsSpan(block * room, room), firstSquares);
                }
            }

            Measure();
            Judge(one, other);
            Judge(other, one);
        }

        // The ratio of each trial on either half.
        void Measure()
        {
            var n = (double)(blocks / 2 * length);
            var all = Vectors(total);
            var allSquares = Vectors(totalSquares);
            var half = Vectors(first);
            var halfSquares = Vectors(firstSquares);
            var ratios = Vectors(one);
            var otherRatios = Vectors(other);
            for (var i = 0; i < half.Length; i++)
            {
                ratios[i] = RatioOf(half[i], halfSquares[i], n);
                otherRatios[i] = RatioOf(all[i] - half[i], allSquares[i] - halfSquares[i], n);
            }
        }

        static Vector<double> RatioOf(Vector<double> sum, Vector<double> square, double n)
        {
            var mean = sum / n;
            var variance = (square - (sum * mean)) / (n - 1);
            var still = Vector.LessThanOrEqual(variance, square * (1e-12 / n));
            return Vector.ConditionalSelect(still, Vector<double>.Zero, mean / Vector.SquareRoot(Vector.ConditionalSelect(still, Vector<double>.One, variance)));
        }

        void Judge(double[] sample, double[] rest)
        {
            var best = 0;
            for (var trial = 1; trial < trials; trial++)
            {
                best = sample[trial] > sample[best] ? trial : best;
            }

            var (worse, same) = (0, 0);
            for (var trial = 0; trial < trials; trial++)
            {
                worse += rest[trial] < rest[best] ? 1 : 0;
                same += rest[trial] == rest[best] ? 1 : 0;
            }

            var rank = worse + ((same + 1) / 2.0);
            below += rank / (trials + 1) <= 0.5 ? 1 : 0;
            lost += rest[best] < 0 ? 1 : 0;
            chosen.Add((sample[best], rest[best]));
        }

        static double? SlopeOf(List<(double In, double Out)> points)
        {
            var (x, y) = (points.Average(point => point.In), points.Average(point => point.Out));
            var spread = points.Sum(point => (point.In - x) * (point.In - x));
            return spread > 0 ? points.Sum(point => (point.In - x) * (point.Out - y)) / spread : null;
        }

        static Span<Vector<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());

        static void Add(Span<double> values, double[] onto)
        {
            var from = MemoryMarshal.Cast<double, Vector<double>>(values);
            var to = Vectors(onto);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] += from[i];
            }
        }
    }
}
