using Tidemark.Quant.Series;

namespace Tidemark.Quant.Backtesting;

/// <summary>The money of a run and the totals of what happened to it; all symbols share it.</summary>
sealed class Account(BacktestSettings settings, Timeframe timeframe, bool keepsTrades)
{
    const int RejectedKept = 1_000;

    readonly int[] rejections = new int[Enum.GetValues<Rejection>().Length];
    readonly Queue<long> stops = new();
    readonly List<RejectedOrder> rejected = [];
    Desk[] desks = [];
    long pausedUntil = long.MinValue;
    double peak = settings.InitialCash;
    double wonInReturns;
    double lostInReturns;
    double? equityAtOpen;

    public double Cash { get; private set; } = settings.InitialCash;

    public double Fees { get; private set; }

    public double Funding { get; private set; }

    public double GrossResult { get; private set; }

    public double SpreadAndSlippage { get; private set; }

    public double Turnover { get; private set; }

    public double FeesOfTrades { get; private set; }

    public double GrossProfit { get; private set; }

    public double GrossLoss { get; private set; }

    public int Closed { get; private set; }

    public int Wins { get; private set; }

    public int Losses { get; private set; }

    public int AmbiguousFills { get; private set; }

    public bool WasLiquidated => TimesForced > 0;

    /// <summary>How often positions were closed by force, a count.</summary>
    public int TimesForced { get; private set; }

    /// <summary>Whether trading has ended at the largest drawdown allowed.</summary>
    public bool HasGivenUp { get; private set; }

    public List<Trade> Trades { get; } = [];

    public bool KeepsTrades => keepsTrades;

    public IReadOnlyList<RejectedOrder> Rejected => rejected;

    public IReadOnlyDictionary<Rejection, int> Rejections =>
        Enum.GetValues<Rejection>().Where(reason => rejections[(int)reason] > 0).ToDictionary(reason => reason, reason => rejections[(int)reason]);

    /// <summary>Money and what all positions are worth at their last price.</summary>
    public double Equity
    {
        get
        {
            var equity = Cash;
            foreach (var desk in desks)
            {
                equity += desk.Value;
            }

            return equity;
        }
    }

    public void Serve(Desk[] all) => desks = all;

    /// <summary>What the positions of the other symbols are worth, and what they would be without their sign.</summary>
    public (double Value, double Exposure) Besides(Desk own)
    {
        var (value, exposure) = (0.0, 0.0);
        if (desks.Length > 1)
        {
            foreach (var desk in desks)
            {
                value += desk == own ? 0 : desk.Value;
                exposure += desk == own ? 0 : Math.Abs(desk.Value);
            }
        }

        return (value, exposure);
    }

    /// <summary>Whether equity is no more than the margin that all positions together must keep.</summary>
    public bool IsBelowMargin
    {
        get
        {
            var exposure = desks.Sum(static desk => Math.Abs(desk.Value));
            return exposure > 0 && Equity <= settings.MaintenanceMargin * exposure;
        }
    }

    /// <summary>
    /// Equity, and what of it the positions of the other symbols take, for sizing an entry. Inside a bar nobody knows which symbol acted first: what
    /// another has set free or won since the open is not there, what it has taken is.
    /// </summary>
    public (double Equity, double Taken) RoomFor(Desk own)
    {
        var (equity, taken) = (Cash, 0.0);
        foreach (var desk in desks)
        {
            equity += desk.Value;
            taken += desk == own ? 0 : equityAtOpen is null ? Math.Abs(desk.Value) : Math.Max(Math.Abs(desk.Value), Math.Abs(desk.ValueAtOpen));
        }

        return (equityAtOpen is { } known ? Math.Min(equity, known) : equity, taken);
    }

    /// <summary>From here on entries are made inside a bar.</summary>
    public void EnterBar()
    {
        foreach (var desk in desks)
        {
            desk.RememberOpen();
        }

        equityAtOpen = Equity;
    }

    /// <summary>The bar is over: what happens next happens to all symbols at once.</summary>
    public void LeaveBar() => equityAtOpen = null;

    /// <summary>Pays for what is bought (a positive value) or takes in what is sold, and pays the fee.</summary>
    public void Settle(double value, double fee, double slipped)
    {
        Cash = Cash - value - fee;
        Fees += fee;
        SpreadAndSlippage += slipped;
        Turnover += Math.Abs(value);
    }

    public void Pay(double funding)
    {
        Cash += funding;
        Funding += funding;
    }

    /// <summary>Counts a closed trade; the record is made only where it is kept.</summary>
    public void Close(in TradeFacts facts)
    {
        var gross = facts.Quantity * (facts.ExitPrice - facts.EntryPrice) * (int)facts.Side;
        var result = gross - facts.EntryFee - facts.ExitFee + facts.Funding;
        GrossResult += gross;
        FeesOfTrades += facts.EntryFee + facts.ExitFee;
        AmbiguousFills += facts.IsAmbiguous ? 1 : 0;
        Closed++;
        if (result > 0)
        {
            Wins++;
            GrossProfit += result;
            wonInReturns += result / (facts.Quantity * facts.EntryPrice);
        }
        else if (result < 0)
        {
            Losses++;
            GrossLoss -= result;
            lostInReturns -= result / (facts.Quantity * facts.EntryPrice);
        }

        if (settings.Protections.StopGuard is { } guard && result < 0 && facts.Reason is ExitReason.Stop or ExitReason.Trailing or ExitReason.Liquidation)
        {
            CountStop(guard, facts.ExitTime);
        }

        if (keepsTrades)
        {
            Trades.Add(facts.ToTrade());
        }
    }

    /// <summary>Kelly's fraction of the trades so far, from their returns; null before there are enough of both kinds.</summary>
    public double? KellyFraction(int fewest)
    {
        if (Closed < fewest || Wins == 0 || Losses == 0)
        {
            return null;
        }

        var rate = (double)Wins / Closed;
        return rate - ((1 - rate) / (wonInReturns / Wins / (lostInReturns / Losses)));
    }

    public bool IsPausedAt(long time) => time < pausedUntil;

    /// <summary>Whether equity has just fallen as far from its peak as is allowed; trading then ends.</summary>
    public bool ReachesDrawdown()
    {
        if (settings.Protections.MaximumDrawdown is not { } limit || HasGivenUp)
        {
            return false;
        }

        var equity = Equity;
        peak = Math.Max(peak, equity);
        HasGivenUp = 1 - (equity / peak) >= limit;
        return HasGivenUp;
    }

    public void MarkLiquidated() => TimesForced++;

    public void CountAmbiguous() => AmbiguousFills++;

    public void Reject(string symbol, int bar, long time, Rejection reason)
    {
        rejections[(int)reason]++;
        if (keepsTrades && rejected.Count < RejectedKept)
        {
            rejected.Add(new RejectedOrder(symbol, bar, time, reason));
        }
    }

    void CountStop(StopGuard guard, long time)
    {
        stops.Enqueue(time);
        while (stops.Peek() <= time - (guard.WithinBars * timeframe.Milliseconds))
        {
            stops.Dequeue();
        }

        if (stops.Count >= guard.Stops)
        {
            pausedUntil = time + ((guard.PauseBars + 1) * timeframe.Milliseconds);
            stops.Clear();
        }
    }
}
