using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>How positions grow and shrink, and what it costs.</summary>
sealed partial class Desk
{
    /// <summary>Closes what it may of the position at a bar's open; the rest goes on at the next.</summary>
    void Leave(in Candle bar, int index) =>
        Reduce(position.Quantity, bar.Open, isMaker: false, bar, index, leavingBecause, isAmbiguous: false, mustGo: true);

    /// <summary>Fills an order as far as it may be; true where it is done with, filled or refused.</summary>
    bool Enter(int place, in Fill fill, in Candle bar, int index)
    {
        var order = orders[place];
        var ticket = order.Ticket;
        var isFirst = double.IsNaN(order.Remaining);
        if (isFirst && position.Side == ticket.Side)
        {
            return Drop(place, index, bar, Rejection.AlreadyIn);
        }

        if (position.IsOpen && position.Side != ticket.Side)
        {
            Reduce(position.Quantity, fill.Price, fill.IsMaker, bar, index, ExitReason.Signal, isAmbiguous: false, mustGo: true, ticket.LimitPrice);
            if (position.IsOpen)
            {
                Reach(place);
                return false;
            }

            // What was left of the orders that made the position went with it.
            place = PlaceOf(order.Number);
        }

        if (WhyNot(bar.OpenTime, index) is { } reason)
        {
            return Drop(place, index, bar, reason);
        }

        var seen = fill.Price;
        var price = fill.IsMaker ? seen : prices.AtMarket(seen, ticket.Side, RangeBefore(index), 0, ticket.LimitPrice);
        var quantity = Wanted(order, price, fill.IsMaker);
        if (double.IsNaN(quantity))
        {
            return Drop(place, index, bar, Rejection.NoStop);
        }

        var now = Math.Min(quantity, VolumeLeft(bar, index));
        now = now < quantity ? OnLot(now) : now;
        if (!fill.IsMaker && settings.Slippage.Kind == SlippageKind.VolumeShare)
        {
            price = prices.AtMarket(seen, ticket.Side, RangeBefore(index), Share(now, bar), ticket.LimitPrice);
            quantity = Math.Min(quantity, Wanted(order, price, fill.IsMaker));
            now = Math.Min(now, quantity);
        }

        if (!(price > 0))
        {
            return Drop(place, index, bar, Rejection.BadPrice);
        }

        if (isFirst && IsTooSmall(quantity, price))
        {
            return Drop(place, index, bar, account.Equity > 0 ? Rejection.TooSmall : Rejection.NoMoney);
        }

        if (!isFirst && quantity <= 0)
        {
            // The money that the rest was meant to take is gone.
            return Drop(place, index, bar, Rejection.NoMoney);
        }

        if (now <= 0)
        {
            Reach(place);
            return false;
        }

        Add(ticket, price, now, seen, fill.IsMaker, bar, index);
        UseVolume(index, now);
        if (isFirst)
        {
            CancelGroup(place, ticket.Group);
            place = PlaceOf(order.Number);
        }

        var rest = OnLot(quantity - now);
        if (rest > 0 && now < quantity && settings.ParticipationCap is not null)
        {
            orders[place] = order with { Remaining = rest };
            Reach(place);
            return false;
        }

        orders.RemoveAt(place);
        return true;
    }

    /// <summary>What an order still wants: what sizing gives, or what is left of that as far as there is money for it at this price. In the base currency.</summary>
    double Wanted(in WaitingOrder order, double price, bool isMaker) =>
        double.IsNaN(order.Remaining) ? Size(order.Ticket, price, isMaker) : Math.Min(order.Remaining, Affordable(price, isMaker));

    double Affordable(double price, bool isMaker)
    {
        var (equity, taken) = account.RoomFor(this);
        return OnLot(((equity * settings.Leverage) - taken - Math.Abs(Value)) / (price * (1 + FeeRate(isMaker))));
    }

    /// <summary>A stop whose price was reached has become an order at the market and ends its group, whatever it could fill.</summary>
    void Reach(int place)
    {
        var order = orders[place];
        if (order.Ticket.Kind == OrderKind.Stop)
        {
            orders[place] = order with { Ticket = order.Ticket with { Kind = OrderKind.Market } };
            CancelGroup(place, order.Ticket.Group);
        }
    }

    int PlaceOf(int number) => orders.FindIndex(order => order.Number == number);

    bool Drop(int place, int index, in Candle bar, Rejection reason)
    {
        Reject(index, bar.OpenTime, reason);
        orders.RemoveAt(place);
        return true;
    }

    void CancelGroup(int filled, int group)
    {
        if (group != 0)
        {
            var number = orders[filled].Number;
            orders.RemoveAll(order => order.Ticket.Group == group && order.Number != number);
        }
    }

    Rejection? WhyNot(long time, int index) => this switch
    {
        _ when account.HasGivenUp => Rejection.DrawdownReached,
        _ when settings.Protections.CoolDownBars > 0 && lastExit != int.MinValue && index - lastExit <= settings.Protections.CoolDownBars => Rejection.CoolingDown,
        _ when account.IsPausedAt(time) => Rejection.StopGuard,
        _ => null,
    };

    double Size(in OrderTicket ticket, double price, bool isMaker)
    {
        var (equity, taken) = account.RoomFor(this);
        var stop = (price - ticket.ProtectiveStop) * (int)ticket.Side > 0 ? ticket.ProtectiveStop : double.NaN;
        return Sizer.Quantity(
            account, settings.Sizing, ticket.Share, equity, (equity * settings.Leverage) - taken, price, stop, FeeRate(isMaker), rules.LotSize);
    }

    bool IsTooSmall(double quantity, double price) =>
        quantity <= 0 || quantity < rules.MinimumQuantity || quantity * price < rules.MinimumNotional;

    /// <summary>Makes the position, or adds to it what its order still had to fill.</summary>
    void Add(in OrderTicket ticket, double price, double quantity, double seen, bool isMaker, in Candle bar, int index)
    {
        var fee = quantity * price * FeeRate(isMaker);
        var slipped = Math.Abs(price - seen) * quantity;
        account.Settle(quantity * price * (int)ticket.Side, fee, slipped);
        if (position.IsOpen)
        {
            var whole = position.Quantity + quantity;
            position.EntryPrice = ((position.EntryPrice * position.Quantity) + (price * quantity)) / whole;
            position.Quantity = whole;
            position.EntryFee += fee;
            slippedIn += slipped;
        }
        else
        {
            slippedIn = slipped;
            position = new Position
            {
                Side = ticket.Side,
                Quantity = quantity,
                EntryPrice = price,
                EntryFee = fee,
                EntryBar = index,
                EntryTime = bar.OpenTime,
                FirstStop = ticket.ProtectiveStop,
                FirstTarget = ticket.Target,
                Stop = ticket.ProtectiveStop,
                Target = ticket.Target,
                SecondTarget = ticket.SecondTarget,
                ThirdTarget = ticket.ThirdTarget,
                TrailingDistance = ticket.TrailingDistance,
                Best = price,
                TargetSince = index,
            };
        }

        var targets = double.IsNaN(position.SecondTarget) ? 1 : double.IsNaN(position.ThirdTarget) ? 2 : 3;
        position.Part = position.PartLeft = OnLot(position.Quantity / targets);
    }

    /// <summary>
    /// Closes a part of the position and says how much, in the base currency; what the bar's volume does not take and must go is left to the next open.
    /// The price is never worse than a limit; NaN for none.
    /// </summary>
    double Reduce(double quantity, double seen, bool isMaker, in Candle bar, int index, ExitReason reason, bool isAmbiguous, bool mustGo, double limit = double.NaN)
    {
        var side = position.Side;
        var wanted = quantity;
        quantity = reason == ExitReason.End ? quantity : Math.Min(quantity, VolumeLeft(bar, index));
        quantity = quantity < wanted ? OnLot(quantity) : quantity;
        if (mustGo)
        {
            (isLeaving, leavingBecause) = (quantity < wanted, reason);
        }

        if (quantity <= 0)
        {
            return 0;
        }

        var price = isMaker ? seen : prices.AtMarket(seen, (Side)(-(int)side), RangeBefore(index), Share(quantity, bar), limit);
        var isAll = quantity == position.Quantity;
        var part = isAll ? 1 : quantity / position.Quantity;
        var fee = quantity * price * FeeRate(isMaker);
        var (entryFee, paid, slipped) = (position.EntryFee * part, position.Funding * part, Math.Abs(price - seen) * quantity);
        account.Settle(-quantity * price * (int)side, fee, slipped);
        UseVolume(index, quantity);
        account.Close(new TradeFacts
        {
            Symbol = symbol,
            Side = side,
            EntryBar = position.EntryBar,
            EntryTime = position.EntryTime,
            EntryPrice = position.EntryPrice,
            Quantity = quantity,
            EntryFee = entryFee,
            Stop = position.FirstStop,
            Target = position.FirstTarget,
            ExitBar = index,
            ExitTime = bar.OpenTime,
            ExitPrice = price,
            ExitFee = fee,
            Funding = paid,
            Slipped = (slippedIn * part) + slipped,
            Reason = reason,
            IsAmbiguous = isAmbiguous,
        });
        lastExit = index;
        slippedIn -= slippedIn * part;
        position.EntryFee -= entryFee;
        position.Funding -= paid;
        position.Quantity -= quantity;
        if (isAll || position.Quantity <= 0)
        {
            position = default;
            isLeaving = false;
            orders.RemoveAll(static order => !double.IsNaN(order.Remaining));
        }

        return quantity;
    }

    double FeeRate(bool isMaker) => isMaker ? settings.Fees.Maker : settings.Fees.Taker;

    double RangeBefore(int index) => range is not null && index > 0 ? range[index - 1] : double.NaN;

    double OnLot(double quantity) => rules.LotSize > 0 ? Math.Floor((quantity / rules.LotSize) + 1e-9) * rules.LotSize : quantity;

    static double Share(double quantity, in Candle bar) => bar.Volume > 0 ? Math.Min(1, quantity / bar.Volume) : 1;

    double VolumeLeft(in Candle bar, int index) =>
        settings.ParticipationCap is { } cap ? Math.Max(0, (cap * bar.Volume) - (volumeBar == index ? volumeUsed : 0)) : double.PositiveInfinity;

    void UseVolume(int index, double quantity)
    {
        volumeUsed = volumeBar == index ? volumeUsed + quantity : quantity;
        volumeBar = index;
    }
}
