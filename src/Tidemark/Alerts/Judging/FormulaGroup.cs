using Tidemark.Alerts.Kinds;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Judging;

/// <summary>
/// One formula on one symbol's candles, with all the alerts that wait for it: it is compiled once, and evaluated once for each candle however
/// many alerts there are.
/// </summary>
public sealed class FormulaGroup
{
    readonly Formula _formula;
    readonly HashSet<WatchedAlert> _alerts = [];
    CandleSeries _closed = new();
    readonly int _settles;
    FormulaRun _run;
    bool _held;

    public FormulaGroup(AlertTerms terms)
    {
        (_formula, Timeframe, IsIntrabar) = (terms.Formula!, terms.Timeframe, terms.IsIntrabar);
        _settles = _formula.CandlesToSettle(Timeframe);
        _run = _formula.Start(Timeframe);
    }

    public Timeframe Timeframe { get; }
    public bool IsIntrabar { get; }

    /// <summary>Candles it wants to have seen before it is judged.</summary>
    public int CandlesToSettle => _settles;

    /// <summary>How often it was evaluated for being judged.</summary>
    public long Evaluations { get; private set; }
    public int Count => _alerts.Count;

    public void Add(WatchedAlert alert) => _alerts.Add(alert);

    public void Remove(WatchedAlert alert) => _alerts.Remove(alert);

    /// <summary>Takes candles that were closed before; nothing is told of them.</summary>
    public void Settle(CandleSlice candles)
    {
        (_run, _held) = (_formula.Start(Timeframe), false);
        _closed.Clear();
        for (var i = 0; i < candles.Count; i++)
        {
            _held = _run.Holds(candles[i]);
            if (IsIntrabar)
            {
                Keep(candles[i]);
            }
        }
    }

    /// <summary>Takes a candle that closed.</summary>
    public void Close(in Candle candle, List<Due> due)
    {
        Judge(_run.Holds(candle), candle, Timeframe.CloseOf(candle.OpenTime), due);
    }

    /// <summary>
    /// Takes the open candle as it stands at the close of one of its minutes. What the formula remembers must not take it for closed, so that it
    /// is run anew over the closed candles it wants.
    /// </summary>
    public void Stand(in Candle forming, long at, List<Due> due)
    {
        var run = _formula.Start(Timeframe);
        var from = Math.Max(0, _closed.Count - _settles);
        for (var i = from; i < _closed.Count && _closed.Times[i] < forming.OpenTime; i++)
        {
            run.Next(_closed[i]);
        }
        Judge(run.Holds(forming), forming, at, due);
    }

    void Judge(bool holds, in Candle candle, long at, List<Due> due)
    {
        Evaluations++;
        var began = holds && !_held;
        _held = holds;
        if (!holds)
        {
            return;
        }
        // Within a candle a minute's close still belongs to it, the last one's too.
        var moment = IsIntrabar ? at - 1 : at;
        foreach (var alert in _alerts)
        {
            if (at > alert.ArmedAt && (began || !alert.NeedsEdge) && alert.MayTell(moment))
            {
                alert.Tell(at, candle.OpenTime);
                due.Add(new Due(alert, alert.Triggers, at, candle.OpenTime, candle.Close, null));
            }
        }
    }

    /// <summary>Takes a candle that is to be looked back at from within the next.</summary>
    public void Keep(in Candle candle)
    {
        if (_closed.Count > 0 && _closed.Times[^1] >= candle.OpenTime)
        {
            return;
        }
        if (_closed.Count >= _settles * 2)
        {
            var rest = new CandleSeries(_settles * 2);
            for (var i = _closed.Count - _settles; i < _closed.Count; i++)
            {
                rest.Append(_closed[i]);
            }
            _closed = rest;
        }
        _closed.Append(candle);
    }
}
