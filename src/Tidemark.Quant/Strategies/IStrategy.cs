namespace Tidemark.Quant.Strategies;

/// <summary>
/// A strategy: at the close of each bar it sees what was known then and says what to do; its orders go to work at the next bar's open.
/// Implementations are structs that hold settings and columns and nothing that changes, so that a loop over them is inlined
/// and what they say depends on the bar and the position alone.
/// </summary>
public interface IStrategy
{
    /// <summary>Decides at the close of a bar.</summary>
    void OnBar(in Moment bar, ref OrderPad orders);

    /// <summary>
    /// The first bar from one index on, before another, at which <see cref="OnBar"/> may say anything while the position points a given way;
    /// the end where there is none. It may be too early, never too late: the bars before it are not asked.
    /// </summary>
    int NextActive(int from, int end, Side side) => from;
}
