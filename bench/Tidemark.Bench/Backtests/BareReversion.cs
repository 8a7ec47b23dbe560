using Tidemark.Quant.Series;

namespace Tidemark.Bench.Backtests;

/// <summary>RSI mean reversion with fees as one would write it by hand for this one case: a loop over arrays, trades and equity noted, nothing else.</summary>
sealed class BareReversion(CandleSeries candles)
{
    const int Period = 14;
    const double BuyBelow = 30, SellAbove = 70, Fee = 0.001, Step = 1e-8;

    readonly double[] opens = candles.Opens.ToArray();
    readonly double[] closes = candles.Closes.ToArray();

    public sealed record Trade(int EntryBar, double EntryPrice, int ExitBar, double ExitPrice, double Quantity, double Result);

    public (List<Trade> Trades, double[] Equity) Run()
    {
        var trades = new List<Trade>();
        var equity = new double[closes.Length];
        var (cash, quantity, entryPrice, entryFee, entryBar) = (10_000.0, 0.0, 0.0, 0.0, 0);
        var (gains, losses, wish) = (0.0, 0.0, 0);
        for (var i = 0; i < closes.Length; i++)
        {
            if (wish > 0)
            {
                quantity = Math.Floor(cash / (opens[i] * (1 + Fee)) / Step) * Step;
                (entryPrice, entryFee, entryBar) = (opens[i], quantity * opens[i] * Fee, i);
                cash = cash - (quantity * opens[i]) - entryFee;
            }
            else if (wish < 0)
            {
                var fee = quantity * opens[i] * Fee;
                cash = cash + (quantity * opens[i]) - fee;
                trades.Add(new Trade(entryBar, entryPrice, i, opens[i], quantity, (quantity * (opens[i] - entryPrice)) - entryFee - fee));
                quantity = 0;
            }

            wish = 0;
            equity[i] = cash + (quantity * closes[i]);
            if (i == 0)
            {
                continue;
            }

            var change = closes[i] - closes[i - 1];
            var (gain, loss) = (change > 0 ? change : 0, change < 0 ? -change : 0);
            if (i <= Period)
            {
                gains += gain;
                losses += loss;
                if (i < Period)
                {
                    continue;
                }

                gains /= Period;
                losses /= Period;
            }
            else
            {
                gains = ((gains * (Period - 1)) + gain) / Period;
                losses = ((losses * (Period - 1)) + loss) / Period;
            }

            var rsi = losses == 0 ? 100 : 100 - (100 / (1 + (gains / losses)));
            wish = quantity == 0 ? rsi < BuyBelow ? 1 : 0 : rsi > SellAbove ? -1 : 0;
        }

        return (trades, equity);
    }
}
