using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Judging;

/// <summary>The formula alerts of one symbol, grouped by formula. No clock, no input or output.</summary>
public sealed class FormulaBook
{
    readonly Dictionary<string, FormulaGroup> _groups = new(StringComparer.Ordinal);
    readonly Dictionary<Timeframe, Candle> _forming = [];

    public IEnumerable<FormulaGroup> Groups => _groups.Values;

    /// <summary>The group of the alert's formula; new where it is the first, and then to be settled.</summary>
    public (FormulaGroup Group, bool IsNew) Add(WatchedAlert alert)
    {
        var isNew = !_groups.TryGetValue(alert.Terms.FormulaKey, out var group);
        if (group is null)
        {
            _groups[alert.Terms.FormulaKey] = group = new FormulaGroup(alert.Terms);
        }
        group.Add(alert);
        return (group, isNew);
    }

    /// <summary>Answers the group where this was its last.</summary>
    public FormulaGroup? Remove(WatchedAlert alert)
    {
        if (!_groups.TryGetValue(alert.Terms.FormulaKey, out var group))
        {
            return null;
        }
        group.Remove(alert);
        return group.Count == 0 && _groups.Remove(alert.Terms.FormulaKey) ? group : null;
    }

    /// <summary>Takes a candle that closed on a timeframe.</summary>
    public void Close(Timeframe timeframe, in Candle candle, List<Due> due)
    {
        foreach (var group in _groups.Values)
        {
            if (group.Timeframe == timeframe && !group.IsIntrabar)
            {
                group.Close(candle, due);
            }
        }
    }

    /// <summary>The open candles as closed minutes made them, after a start; nothing is judged.</summary>
    public void Begin(CandleSlice minutes)
    {
        _forming.Clear();
        for (var i = 0; i < minutes.Count; i++)
        {
            foreach (var timeframe in Timeframe.Standard)
            {
                Form(timeframe, minutes[i]);
            }
        }
    }

    /// <summary>Takes a closed minute for those that are judged within their candles.</summary>
    public void Minute(in Candle minute, List<Due> due)
    {
        foreach (var timeframe in Timeframe.Standard)
        {
            Form(timeframe, minute);
        }
        foreach (var group in _groups.Values)
        {
            if (group.IsIntrabar && _forming.TryGetValue(group.Timeframe, out var forming))
            {
                group.Stand(forming, Timeframe.M1.CloseOf(minute.OpenTime), due);
            }
        }
    }

    void Form(Timeframe timeframe, in Candle minute)
    {
        var bucket = timeframe.BucketOf(minute.OpenTime);
        if (_forming.TryGetValue(timeframe, out var ended) && ended.OpenTime < bucket)
        {
            foreach (var group in _groups.Values)
            {
                if (group.IsIntrabar && group.Timeframe == timeframe)
                {
                    group.Keep(ended);
                }
            }
        }
        _forming[timeframe] = _forming.TryGetValue(timeframe, out var open) && open.OpenTime == bucket
            ? open with { High = Math.Max(open.High, minute.High), Low = Math.Min(open.Low, minute.Low), Close = minute.Close, Volume = open.Volume + minute.Volume, Minutes = open.Minutes + 1 }
            : minute with { OpenTime = bucket };
    }
}
