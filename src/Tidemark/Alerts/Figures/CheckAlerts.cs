using Npgsql;
using NpgsqlTypes;
using Tidemark.Alerts.Engine;
using Tidemark.Alerts.Kinds;
using Tidemark.Alerts.Rehearsing;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Platform.Jobs;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Figures;

/// <summary>A trigger to be held against the final candles.</summary>
public sealed record UncheckedTrigger(long Id, AlertCondition Condition, string Occasion, SeriesKey Series, double Threshold, double Price, string? Formula, bool IsIntrabar, DateTimeOffset Bar, DateTimeOffset ExchangeAt, bool HasVerdict, bool HasHour, bool HasDay);

/// <summary>
/// Asks the final candles about triggers: whether the condition is true in them at the stated time, and where the price was an hour and a day later.
/// </summary>
public sealed class CheckAlerts(NpgsqlDataSource source, CandleStore store, IEnumerable<IAlertFeed> feeds, EngineRules rules, TimeProvider clock) : IJob
{
    const int AtOnce = 500;

    /// <summary>By then most gaps are filled and bad candles replaced; where a candle is missing still, it is asked for again as long as its repair may take.</summary>
    static readonly TimeSpan Final = TimeSpan.FromMinutes(15), Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1), Longest = TimeSpan.FromDays(3);

    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var counts = new JobCounts { ["checked"] = 0, ["wrong"] = 0, ["unknown"] = 0 };
        for (var after = 0L; ;)
        {
            var triggers = await Unchecked(after, stop);
            foreach (var trigger in triggers)
            {
                await Check(trigger, counts, stop);
                after = trigger.Id;
            }
            if (triggers.Count < AtOnce)
            {
                return counts;
            }
        }
    }

    async Task Check(UncheckedTrigger trigger, JobCounts counts, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        Verdict? verdict = null;
        if (!trigger.HasVerdict)
        {
            verdict = await VerdictOf(trigger, stop);
            var isAsked = trigger.Condition.JudgedOn is JudgedOn.Price or JudgedOn.Candles;
            counts["checked"] += isAsked ? 1 : 0;
            counts["wrong"] += isAsked && verdict == Verdict.Wrong ? 1 : 0;
            counts["unknown"] += isAsked && verdict == Verdict.Unknown ? 1 : 0;
        }
        var hour = trigger.HasHour || trigger.ExchangeAt + Hour + Final > now ? null : await Move(trigger, Hour, stop);
        var day = trigger.HasDay || trigger.ExchangeAt + Day + Final > now ? null : await Move(trigger, Day, stop);
        await using var update = source.CreateCommand(
            "UPDATE alert_triggers SET verdict = coalesce($2, verdict), checked_at = CASE WHEN $2 IS NULL THEN coalesce(checked_at, $3) ELSE $3 END, move_hour = coalesce($4, move_hour), move_day = coalesce($5, move_day) WHERE id = $1");
        update.Parameters.Add(new() { Value = trigger.Id });
        update.Parameters.Add(new NpgsqlParameter { Value = (object?)verdict?.Word() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        update.Parameters.Add(new() { Value = now });
        update.Parameters.Add(new NpgsqlParameter { Value = Platform.Database.Sql.Value(hour), NpgsqlDbType = NpgsqlDbType.Double });
        update.Parameters.Add(new NpgsqlParameter { Value = Platform.Database.Sql.Value(day), NpgsqlDbType = NpgsqlDbType.Double });
        await update.ExecuteNonQueryAsync(stop);
    }

    async Task<Verdict> VerdictOf(UncheckedTrigger trigger, CancellationToken stop) => trigger.Condition.JudgedOn switch
    {
        JudgedOn.Price => await ByMinute(trigger, stop),
        JudgedOn.Candles => await ByFormula(trigger, stop),
        var news => await ByFeed(trigger, news, stop),
    };

    /// <summary>A price was there where the final minute reaches it; a crossing where it reaches both sides, or came from the other.</summary>
    async Task<Verdict> ByMinute(UncheckedTrigger trigger, CancellationToken stop)
    {
        var around = await store.ReadTable(trigger.Series with { Timeframe = Timeframe.M1 }, trigger.Bar.AddMinutes(-10), trigger.Bar.AddMinutes(1), stop);
        if (around.Count == 0 || around.Times[^1] != trigger.Bar.ToUnixTimeMilliseconds())
        {
            return Verdict.Unknown;
        }
        var (minute, threshold) = (around[around.Count - 1], trigger.Threshold);
        var before = around.Count > 1 ? around.Closes[^2] : minute.Open;
        var (low, high) = (Math.Min(before, minute.Low), Math.Max(before, minute.High));
        return Said(trigger.Condition switch
        {
            AlertCondition.PriceAbove => minute.High > threshold,
            AlertCondition.PriceBelow => minute.Low < threshold,
            AlertCondition.PriceCrossesAbove => low <= threshold && minute.High > threshold,
            AlertCondition.PriceCrossesBelow => high >= threshold && minute.Low < threshold,
            _ => low <= threshold && high >= threshold,
        });
    }

    async Task<Verdict> ByFormula(UncheckedTrigger trigger, CancellationToken stop)
    {
        var formula = Formula.Parse(trigger.Formula!);
        var (series, bar) = (trigger.Series, trigger.Bar);
        var length = TimeSpan.FromMinutes(series.Timeframe.Minutes);
        var before = await store.ReadTable(series, bar - (formula.CandlesToSettle(series.Timeframe) * length), bar, stop);
        var run = formula.Start(series.Timeframe);
        for (var i = 0; i < before.Count; i++)
        {
            run.Next(before[i]);
        }
        var candle = trigger.IsIntrabar
            ? Joined(await store.ReadTable(series with { Timeframe = Timeframe.M1 }, bar, trigger.ExchangeAt, stop), bar)
            : await store.ReadTable(series, bar, bar + length, stop) is { Count: 1 } found ? found[0] : (Candle?)null;
        return candle is { } judged ? Said(run.Holds(judged)) : Verdict.Unknown;
    }

    static Candle? Joined(CandleSlice minutes, DateTimeOffset bar)
    {
        if (minutes.Count == 0)
        {
            return null;
        }
        var joined = minutes[0] with { OpenTime = bar.ToUnixTimeMilliseconds() };
        for (var i = 1; i < minutes.Count; i++)
        {
            joined = joined with { High = Math.Max(joined.High, minutes.Highs[i]), Low = Math.Min(joined.Low, minutes.Lows[i]), Close = minutes.Closes[i], Volume = joined.Volume + minutes.Volumes[i], Minutes = i + 1 };
        }
        return joined;
    }

    /// <summary>What was detected stays as it was; whether a recomputation finds it too, the replay tells.</summary>
    async Task<Verdict> ByFeed(UncheckedTrigger trigger, JudgedOn of, CancellationToken stop)
    {
        foreach (var feed in feeds.Where(feed => feed.Of == of))
        {
            var known = await feed.Known(trigger.Series.Source, [trigger.Series.Symbol], trigger.ExchangeAt, trigger.ExchangeAt.AddMilliseconds(1), 1_000, stop);
            return Said(known.Any(one => one.Occasion == trigger.Occasion));
        }
        return Verdict.Unknown;
    }

    async Task<double?> Move(UncheckedTrigger trigger, TimeSpan later, CancellationToken stop)
    {
        var then = trigger.ExchangeAt + later;
        var candles = await store.ReadTable(trigger.Series with { Timeframe = Timeframe.M1 }, then.AddMinutes(-15), then.AddMinutes(5), stop);
        return Moves.After(trigger.ExchangeAt.ToUnixTimeMilliseconds(), trigger.Price, later, candles, Timeframe.M1);
    }

    static Verdict Said(bool isTrue) => isTrue ? Verdict.Right : Verdict.Wrong;

    async Task<List<UncheckedTrigger>> Unchecked(long after, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var select = AlertSql.Command(
            source,
            """
            SELECT id, condition, occasion, source, provenance, symbol, timeframe, coalesce(threshold, 0)::double precision, price, formula, intrabar, bar, exchange_at,
                   verdict IS NOT NULL AND (verdict <> 'UNKNOWN' OR exchange_at < $7), move_hour IS NOT NULL, move_day IS NOT NULL
            FROM alert_triggers
            WHERE id > $1 AND exchange_at < $2 AND written_at > $3
              AND (verdict IS NULL OR (verdict = 'UNKNOWN' AND exchange_at >= $7) OR (move_hour IS NULL AND exchange_at < $4) OR (move_day IS NULL AND exchange_at < $5))
            ORDER BY id
            LIMIT $6
            """,
            after, now - Final, now - Longest, now - Hour - Final, now - Day - Final, AtOnce, now - rules.PatienceWithRepair - Final);
        await using var rows = await select.ExecuteReaderAsync(stop);
        var found = new List<UncheckedTrigger>();
        while (await rows.ReadAsync(stop))
        {
            found.Add(new UncheckedTrigger(
                rows.GetInt64(0), AlertWords.Parse<AlertCondition>(rows.GetString(1)), rows.GetString(2),
                new SeriesKey(new MarketSource(rows.GetString(3), Enum.Parse<Provenance>(rows.GetString(4), ignoreCase: true)), Symbol.Parse(rows.GetString(5)), Timeframe.OfMinutes(rows.GetInt16(6))),
                rows.GetDouble(7), rows.GetDouble(8), rows.IsDBNull(9) ? null : rows.GetString(9), rows.GetBoolean(10), rows.GetFieldValue<DateTimeOffset>(11), rows.GetFieldValue<DateTimeOffset>(12),
                rows.GetBoolean(13), rows.GetBoolean(14), rows.GetBoolean(15)));
        }
        return found;
    }
}
