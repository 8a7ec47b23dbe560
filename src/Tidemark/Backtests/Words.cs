namespace Tidemark.Backtests;

/// <summary>Sentences that stand under every result.</summary>
public static class Words
{
    public const string Disclaimer = "What happened in the past says nothing certain about the future. Nothing here is advice.";
}
