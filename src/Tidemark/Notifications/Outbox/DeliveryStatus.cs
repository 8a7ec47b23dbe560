namespace Tidemark.Notifications.Outbox;

/// <summary>Where a delivery is on its way.</summary>
public enum DeliveryStatus
{
    /// <summary>For its turn, or for the next attempt.</summary>
    Waiting,
    Sending,

    /// <summary>The mail queue has it.</summary>
    Handed,

    /// <summary>The channel accepted it.</summary>
    Sent,

    /// <summary>For the end of quiet hours.</summary>
    Held,

    /// <summary>It was part of a digest.</summary>
    Digested,

    /// <summary>It was not to be sent; why says so.</summary>
    Skipped,

    /// <summary>Another channel stands in.</summary>
    Replaced,

    /// <summary>Given up.</summary>
    Dead,
}

static class DeliveryWords
{
    public static string Word(this DeliveryStatus status) => status.ToString().ToUpperInvariant();
    public static DeliveryStatus Parse(string word) => Enum.Parse<DeliveryStatus>(word, true);

    /// <summary>Why something was done, as long as the table takes it.</summary>
    public static string Why(string text) => Templates.PlainText.Cut(Templates.PlainText.OneLine(text), 500);
}
