using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Strategies.Columns;

/// <summary>The columns of some requests, growing candle by candle.</summary>
sealed class GrowingColumns
{
    readonly Runner<Candle>[] runners;
    readonly Column[][] columns;
    readonly double[][] rows;

    public GrowingColumns(IReadOnlyList<ColumnRequest> requests, Timeframe timeframe)
    {
        runners = [.. requests.Select(request => request.Start(timeframe))];
        columns = [.. requests.Select(request => Enumerable.Range(0, request.Outputs).Select(_ => new Column([], 0)).ToArray())];
        rows = [.. columns.Select(group => new double[group.Length])];
    }

    /// <summary>All columns in the order of the requests.</summary>
    public IReadOnlyList<Column> All => [.. columns.SelectMany(group => group)];

    public void Next(in Candle candle)
    {
        for (var i = 0; i < runners.Length; i++)
        {
            var row = rows[i];
            runners[i].Next(candle, row);
            for (var output = 0; output < row.Length; output++)
            {
                columns[i][output].Append(row[output]);
            }
        }
    }
}
