using System.Globalization;
using Tidemark.Accounts.SignIn;
using Tidemark.Alerts.Kinds;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Notifications.Channels;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Reading;

/// <summary>Makes an alert of what its owner asked for, or says everything that is wrong with it at once.</summary>
static class AlertDrafting
{
    const int UsualCooldown = 15;
    const decimal Highest = 1_000_000_000_000;

    /// <summary>Most steps a formula that is judged within its candles may take a minute.</summary>
    const long MostIntrabarSteps = 50_000_000;

    /// <summary>Most steps a formula may take to see the candles before the first it is judged on: all alerts of its symbol wait meanwhile.</summary>
    const long MostSettlingSteps = 400_000_000;

    static readonly TimeSpan Farthest = TimeSpan.FromDays(5 * 365);

    public static Alert Draft(NewAlert request, SymbolBook.Found found, long user, string zone, DateTimeOffset now)
    {
        var kind = request.Condition;
        var timeframe = TimeframeOf(request);
        var alert = new Alert
        {
            UserId = user,
            Symbol = found.Symbol.ToString(),
            Asked = request.Symbol.Trim(),
            Condition = kind,
            Threshold = request.Threshold ?? (kind.IsIndicator ? request.Metadata?.Value : null),
            Status = AlertStatus.Active,
            Channels = [.. (request.Channels ?? []).Distinct().Select(channel => channel.Word())],
            CreatedAt = now,
            ChangedAt = now,
            Timeframe = timeframe is { } given ? (short)given.Minutes : null,
            Repeat = request.Repeat,
            CooldownMinutes = request.Repeat == Repeat.EveryTime ? request.CooldownMinutes ?? UsualCooldown : 0,
            Intrabar = request.Intrabar,
            Indicator = request.Metadata?.Indicator?.Trim(),
            Value = request.Metadata?.Value,
            Formula = kind == AlertCondition.Formula ? request.Formula : null,
            WindowMinutes = kind.IsPercent ? request.WindowMinutes : null,
            Period = kind == AlertCondition.VolumeSpike ? request.Period ?? TermsOf.UsualPeriod : null,
            Pattern = kind == AlertCondition.Pattern && request.PatternKind is { } word && PatternWords.TryKind(word, out var pattern) ? pattern.Code() : null,
            Direction = kind.JudgedOn is JudgedOn.Patterns or JudgedOn.Signals ? request.Direction : null,
            SignalClass = kind == AlertCondition.Signal && Grade(request.SignalClass) is { } grade ? Word(grade) : null,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
            ActiveFrom = Hour(request.ActiveFrom),
            ActiveUntil = Hour(request.ActiveUntil),
            TimeZone = zone,
            Note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim(),
            ArmedAt = now,
        };
        Check(request, alert, now);
        return alert;
    }

    static void Check(NewAlert request, Alert alert, DateTimeOffset now)
    {
        var fields = new Fields();
        CheckCondition(request, alert, fields);
        fields
            .Must("expiresAt", alert.ExpiresAt is { } end && (end <= now || end > now + Farthest) ? "It ends after now and within five years." : null)
            .Must("activeFrom", request.ActiveFrom is not null && alert.ActiveFrom is null ? "A time is written like 08:00." : null)
            .Must("activeUntil", request.ActiveUntil is not null && alert.ActiveUntil is null ? "A time is written like 20:00."
                : (alert.ActiveFrom is null) != (alert.ActiveUntil is null) ? "Active hours have a beginning and an end."
                : alert.ActiveFrom is not null && alert.ActiveFrom == alert.ActiveUntil ? "Active hours that end when they begin are none." : null)
            .Must("note", alert.Note?.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) == true ? "A note has no control characters." : null)
            .Must("intrabar", request.Intrabar && (alert.Condition.JudgedOn != JudgedOn.Candles || alert.Condition.IsPercent) ? $"{alert.Condition.Word()} is not judged on candles of a timeframe." : null)
            .Hold();
        CheckFormula(alert);
    }

    static void CheckCondition(NewAlert request, Alert alert, Fields fields)
    {
        var kind = alert.Condition;
        var needsThreshold = kind.JudgedOn == JudgedOn.Price || kind.IsPercent || kind == AlertCondition.VolumeSpike;
        fields
            .Must("threshold", !needsThreshold ? null : alert.Threshold is not { } threshold ? $"{kind.Word()} needs one." : threshold is <= 0 or > Highest ? "It is above 0." : threshold.Scale > 12 ? "It has at most 12 decimals." : null)
            .Must("threshold", kind == AlertCondition.PercentDown && alert.Threshold >= 100 ? "Nothing falls by all of itself." : kind.IsPercent && alert.Threshold > 10_000 ? "At most 10000 %." : null)
            .Must("windowMinutes", kind.IsPercent && alert.WindowMinutes is null ? $"{kind.Word()} needs a window." : alert.WindowMinutes > 4_320 && alert.WindowMinutes % 5 != 0 ? "Above 4320 it is a multiple of 5." : null)
            .Must("metadata", kind.IsIndicator && string.IsNullOrEmpty(alert.Indicator) ? $"{kind.Word()} needs metadata.indicator, like RSI(14)." : null)
            .Must("metadata", kind.IsIndicator && alert.Value is null && alert.Threshold is null ? $"{kind.Word()} needs metadata.value or threshold." : null)
            .Must("metadata", alert.Value is { } value && (Math.Abs(value) > Highest || value.Scale > 12) ? "The value has at most 12 decimals." : null)
            .Must("formula", kind == AlertCondition.Formula && string.IsNullOrWhiteSpace(alert.Formula) ? "FORMULA needs one, like RSI(14) > 70." : null)
            .Must("patternKind", kind == AlertCondition.Pattern && request.PatternKind is not null && alert.Pattern is null ? "Patterns are FVG, OB, SWEEP, BREAKER and MITIGATION." : null)
            .Must("signalClass", kind == AlertCondition.Signal && request.SignalClass is not null && alert.SignalClass is null ? "Classes are weak, moderate, strong and veryStrong." : null);
    }

    /// <summary>What cannot be used as a formula is said in the language's own words, with the place.</summary>
    static void CheckFormula(Alert alert)
    {
        try
        {
            var terms = TermsOf.Alert(alert);
            if (terms.Formula is { } formula)
            {
                var steps = formula.StepsPerCandle * formula.CandlesToSettle(terms.Timeframe);
                new Fields()
                    .Must(alert.Condition == AlertCondition.Formula ? "formula" : "metadata", steps > MostSettlingSteps ? string.Create(CultureInfo.InvariantCulture, $"This formula is too much work: it takes {steps:N0} steps over the candles it looks back at, of {MostSettlingSteps:N0} at most; use shorter periods, or fewer of them.") : null)
                    .Must("intrabar", terms.IsIntrabar && steps > MostIntrabarSteps ? "This formula is too much work for every minute; judge it on closed candles, or use shorter periods." : null)
                    .Hold();
            }
        }
        catch (FormulaException wrong)
        {
            throw Refused(wrong, alert.Condition == AlertCondition.Formula ? "formula" : "metadata");
        }
    }

    /// <summary>A formula's own complaint as the API tells it: the message, and where.</summary>
    public static TidemarkException Refused(FormulaException wrong, string field) => new(
        ErrorCode.ValidationFailed,
        char.ToUpperInvariant(wrong.Message[0]) + wrong.Message[1..] + ".",
        new Dictionary<string, object?>
        {
            ["fields"] = new Dictionary<string, object?> { [field] = new[] { wrong.Message } },
            ["line"] = wrong.Position.Line,
            ["column"] = wrong.Position.Column,
        });

    static Timeframe? TimeframeOf(NewAlert request) => request.Timeframe is { } text
        ? CandleEndpoints.StoredTimeframe(text)
        : request.Condition.JudgedOn switch
        {
            JudgedOn.Price => Timeframe.M1,
            JudgedOn.Candles => request.Condition.IsPercent ? Timeframe.M1 : Timeframe.H1,
            _ => null,
        };

    static ConfluenceGrade? Grade(string? word) =>
        word is { Length: > 0 } && char.IsAsciiLetter(word[0]) && Enum.TryParse<ConfluenceGrade>(word, ignoreCase: true, out var grade) && Enum.IsDefined(grade) ? grade : null;

    static string Word(ConfluenceGrade grade) => char.ToLowerInvariant(grade.ToString()[0]) + grade.ToString()[1..];

    static TimeOnly? Hour(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
