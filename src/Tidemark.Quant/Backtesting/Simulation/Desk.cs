using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Backtesting;

/// <summary>
/// One symbol on the account: its position and its orders, taken through a bar in three steps: what happens at the open, what inside the bar, what at the close.
/// </summary>
sealed partial class Desk
{
    readonly Account account;
    readonly BacktestSettings settings;
    readonly MarketRules rules;
    readonly TradeDirections directions;
    readonly string symbol;
    readonly long barLength;
    readonly Column? range;
    readonly Prices prices;
    readonly List<WaitingOrder> orders = [];
    readonly bool canBeLiquidated;
    Position position;
    CandleSlice minutes;
    IReadOnlyList<FundingPoint> funding;
    ExitReason leavingBecause;
    bool isLeaving;
    int nextFunding;
    int placed;
    int lastExit = int.MinValue;
    int volumeBar = -1;
    double volumeUsed;
    double slippedIn;
    double lastPrice = double.NaN;

    public Desk(Account account, Job job, BacktestSymbol symbol, Column? range)
    {
        this.account = account;
        this.range = range;
        settings = job.Settings;
        rules = symbol.Rules ?? settings.Market;
        prices = new Prices(settings, rules);
        directions = job.Directions;
        this.symbol = symbol.Name;
        barLength = job.Input.Timeframe.Milliseconds;
        minutes = symbol.Minutes;
        funding = symbol.Funding;
        canBeLiquidated = directions.Allow(Side.Short) || settings.Leverage > 1;
    }

    public long BarLength => barLength;

    public Side Side => position.Side;

    public double EntryPrice => position.IsOpen ? position.EntryPrice : double.NaN;

    /// <summary>What the position is worth at the last price, below zero for a short one.</summary>
    public double Value => position.IsOpen ? position.Signed * lastPrice : 0;

    public double Signed => position.Signed;

    /// <summary>What the position was worth when the bar had opened and orders at the market were through; kept where several symbols share the account.</summary>
    public double ValueAtOpen { get; private set; }

    /// <summary>What the position has gained at the last price before fees, money.</summary>
    public double Unrealised => position.IsOpen ? (lastPrice - position.EntryPrice) * position.Signed : 0;

    public bool HasOrders => orders.Count > 0;

    public bool IsLeaving => isLeaving;

    public IReadOnlyList<OrderTicket> Waiting => [.. orders.Select(order => order.Ticket)];

    public OpenPosition? Open => position.IsOpen
        ? new OpenPosition(
            symbol, position.Side, position.EntryBar, position.EntryTime, position.EntryPrice, position.Quantity, position.EntryFee,
            PriceOrNull(position.EffectiveStop.Price), PriceOrNull(position.Target), lastPrice, position.Funding)
        : null;

    public int BarsHeld(int bar) => position.IsOpen ? bar - position.EntryBar : 0;

    /// <summary>Whether nothing happens in bars that stay between <see cref="WakesBelow"/> and <see cref="WakesAbove"/>, have no funding and move no strategy.</summary>
    public bool IsQuiet => orders.Count == 0 && !isLeaving && (!position.IsOpen || (!position.Trails && settings.Protections.MaximumDrawdown is null));

    /// <summary>Something happens in a bar whose low is at this price or lower; in the quote currency.</summary>
    public double WakesBelow => Level(Side.Long);

    /// <summary>Something happens in a bar whose high is at this price or higher; in the quote currency.</summary>
    public double WakesAbove => Level(Side.Short);

    /// <summary>When the position pays or gets funding next, in UTC milliseconds; the end of time where it does not.</summary>
    public long NextFunding => position.IsOpen && nextFunding < funding.Count ? funding[nextFunding].Time : long.MaxValue;

    /// <summary>Takes finer candles and funding that have become known since; both only grow.</summary>
    public void Learn(CandleSlice knownMinutes, IReadOnlyList<FundingPoint> knownFunding) => (minutes, funding) = (knownMinutes, knownFunding);

    /// <summary>What happens at a bar's open: funding, orders at the market.</summary>
    public void Begin(in Candle bar, int index)
    {
        LeaveAtOpen(bar, index);
        EnterAtOpen(bar, index);
    }

    /// <summary>The first of it: funding that falls due, and what leaves.</summary>
    public void LeaveAtOpen(in Candle bar, int index)
    {
        lastPrice = bar.Open;
        PayFunding(bar.OpenTime, bar.Open);
        if (isLeaving)
        {
            Leave(bar, index);
        }
    }

    /// <summary>The second: what enters.</summary>
    public void EnterAtOpen(in Candle bar, int index)
    {
        for (var i = 0; i < orders.Count; i++)
        {
            // One that is done with may have taken others with it, so the line is gone through again.
            var waiting = orders.Count;
            if (orders[i].Ticket.Kind == OrderKind.Market && (Enter(i, new Fill(bar.Open, FillMoment.Open, IsMaker: false), bar, index) || orders.Count != waiting))
            {
                i = -1;
            }
        }

        // Payments inside the bar fall on whoever holds the position after its open.
        PayFunding(bar.OpenTime + barLength - 1, bar.Open);
    }

    /// <summary>What happens at a bar's close: the last price is known, a stop that follows has moved, orders grow old.</summary>
    public void End(in Candle bar, int index)
    {
        lastPrice = bar.Close;
        for (var i = orders.Count - 1; i >= 0; i--)
        {
            if (orders[i].Ticket.GoodForBars > 0 && index - orders[i].PlacedAt >= orders[i].Ticket.GoodForBars)
            {
                Reject(index, bar.OpenTime, Rejection.Expired);
                orders.RemoveAt(i);
            }
        }
    }

    /// <summary>Marks the position without anything having happened.</summary>
    public void Mark(double price) => lastPrice = price;

    /// <summary>Leaves the position at the next open.</summary>
    public void LeaveBecause(ExitReason reason)
    {
        orders.Clear();
        if (position.IsOpen)
        {
            (isLeaving, leavingBecause) = (true, reason);
        }
    }

    /// <summary>The same because somebody wants it, whatever the strategy does; a reason that was there before stays.</summary>
    public void LeaveByHand() => LeaveBecause(isLeaving ? leavingBecause : ExitReason.Manual);

    /// <summary>Remembers what the position is worth now that the bar has opened.</summary>
    public void RememberOpen() => ValueAtOpen = Value;

    /// <summary>Closes what is open at a bar's close because the account no longer covers all it holds; what the bar's volume does not take goes at the next open.</summary>
    public void CloseByForce(in Candle bar, int index)
    {
        orders.Clear();
        if (position.IsOpen)
        {
            Reduce(position.Quantity, bar.Close, isMaker: false, bar, index, ExitReason.Liquidation, isAmbiguous: false, mustGo: true);
        }
    }

    /// <summary>Closes what is open at the last close, with the costs of an order at the market; all of it, whatever the bar's volume, for there is no later bar.</summary>
    public void CloseAtEnd(in Candle bar, int index)
    {
        orders.Clear();
        if (position.IsOpen)
        {
            Reduce(position.Quantity, bar.Close, isMaker: false, bar, index, ExitReason.End, isAmbiguous: false, mustGo: true);
        }
    }

    void PayFunding(long until, double price)
    {
        while (nextFunding < funding.Count && funding[nextFunding].Time <= until)
        {
            if (position.IsOpen)
            {
                var paid = -position.Signed * price * funding[nextFunding].Rate;
                position.Funding += paid;
                account.Pay(paid);
            }

            nextFunding++;
        }
    }

    double Level(Side held)
    {
        if (!position.IsOpen)
        {
            return held == Side.Long ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var side = (int)held;
        var level = position.Side == held ? Nearer(position.EffectiveStop.Price, LiquidationPrice, side) : position.Target;
        return double.IsNaN(level) ? double.NegativeInfinity * side : level;
    }

    /// <summary>The one of two levels that a fall (for 1) or rise (for -1) meets first; NaN is never met.</summary>
    static double Nearer(double left, double right, int side) =>
        double.IsNaN(left) ? right : double.IsNaN(right) ? left : side > 0 ? Math.Max(left, right) : Math.Min(left, right);

    /// <summary>The price at which equity is no more than the margin that must remain; NaN where the position cannot come there.</summary>
    double LiquidationPrice
    {
        get
        {
            if (!canBeLiquidated || !position.IsOpen)
            {
                return double.NaN;
            }

            var (value, exposure) = account.Besides(this);
            var rest = account.Cash + value - (settings.MaintenanceMargin * exposure);
            var price = -rest / (position.Signed - (settings.MaintenanceMargin * position.Quantity));
            return price > 0 ? price : position.Side == Side.Short ? 0 : double.NaN;
        }
    }

    void Reject(int bar, long time, Rejection reason) => account.Reject(symbol, bar, time, reason);

    static double? PriceOrNull(double price) => double.IsNaN(price) ? null : price;
}
