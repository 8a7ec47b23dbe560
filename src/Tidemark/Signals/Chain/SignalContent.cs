using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Stored;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Chain;

/// <summary>What a row of the chain says, in one canonical form: the same fields in the same order, numbers as short as they read back, times in UTC.</summary>
static class SignalContent
{
    /// <summary>The hash before the first row.</summary>
    public static string Genesis { get; } = new('0', 64);

    public static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>The nonce is what keeps the rest from being guessed by its hash: prices, classes and rules are few.</summary>
    public static string Issued(long sequence, string previous, DateTimeOffset recordedAt, string nonce, StoredSignal signal) =>
        Write(sequence, previous, recordedAt, "issued", nonce, json => Terms(json, signal));

    public static string Changed(long sequence, string previous, DateTimeOffset recordedAt, string kind, string nonce, StoredSignal signal) =>
        Write(sequence, previous, recordedAt, kind, nonce, json => Life(json, signal));

    /// <summary>What was said when the signal was issued, as it stands in its own row.</summary>
    public static string TermsOf(StoredSignal signal) => Text(json => Terms(json, signal));

    /// <summary>How the signal went, as it stands in its own row.</summary>
    public static string LifeOf(StoredSignal signal) => Text(json => Life(json, signal));

    static string Write(long sequence, string previous, DateTimeOffset recordedAt, string kind, string nonce, Action<Utf8JsonWriter> signal) => Text(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", sequence);
        json.WriteString("previous", previous);
        json.WriteString("recordedAt", Time(recordedAt));
        json.WriteString("kind", kind);
        json.WriteString("nonce", nonce);
        json.WritePropertyName("signal");
        signal(json);
        json.WriteEndObject();
    });

    static void Terms(Utf8JsonWriter json, StoredSignal signal)
    {
        var terms = signal.Terms;
        json.WriteStartObject();
        json.WriteNumber("id", signal.Id);
        json.WriteString("symbol", signal.Of.Symbol.ToString());
        json.WriteString("source", signal.Of.Source.Name);
        json.WriteString("provenance", SeriesCatalog.NameOf(signal.Of.Source.Provenance));
        json.WriteString("origin", terms.Origin.ToString().ToLowerInvariant());
        json.WriteString("strategy", terms.Strategy);
        json.WriteString("direction", terms.Direction.Word());
        json.WriteString("timeframe", terms.Timeframe.ToString());
        json.WriteString("class", terms.Class is { } grade ? StoredSignal.Word(grade) : "");
        json.WriteNumber("score", terms.Score);
        json.WriteNumber("entry", terms.Entry);
        json.WriteNumber("stop", terms.Stop);
        json.WriteStartArray("targets");
        foreach (var target in terms.Targets)
        {
            json.WriteNumberValue(target);
        }
        json.WriteEndArray();
        json.WriteBoolean("entersAtOnce", terms.EntersAtOnce);
        json.WriteString("knownAt", Time(CandleTable.TimeOf(terms.KnownAt)));
        json.WriteString("issuedAt", Time(signal.IssuedAt));
        json.WriteString("validUntil", Time(CandleTable.TimeOf(terms.ValidUntil)));
        json.WriteString("rule", terms.Rule);
        json.WriteStartArray("basis");
        foreach (var basis in terms.Basis)
        {
            json.WriteStartObject();
            json.WriteString("timeframe", basis.Timeframe);
            json.WriteString("kind", basis.Kind);
            json.WriteString("knownAt", Time(basis.KnownAt));
            json.WriteNumber("bottom", basis.Zone.Bottom);
            json.WriteNumber("top", basis.Zone.Top);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Life(Utf8JsonWriter json, StoredSignal signal)
    {
        var life = signal.Life;
        json.WriteStartObject();
        json.WriteNumber("id", signal.Id);
        json.WriteString("status", life.Status.ToString().ToLowerInvariant());
        json.WriteNumber("targetsHit", life.TargetsHit);
        OptionalTime(json, "triggeredAt", life.TriggeredAt);
        OptionalTime(json, "endedAt", life.EndedAt);
        if (life.Outcome is { } outcome)
        {
            json.WriteNumber("outcomeR", outcome);
        }
        json.WriteBoolean("ambiguous", life.IsAmbiguous);
        json.WriteEndObject();
    }

    static void OptionalTime(Utf8JsonWriter json, string name, long? time)
    {
        if (time is { } at)
        {
            json.WriteString(name, Time(CandleTable.TimeOf(at)));
        }
    }

    /// <summary>To the microsecond, as the database keeps times.</summary>
    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
