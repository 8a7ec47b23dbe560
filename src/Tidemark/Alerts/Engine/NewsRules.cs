using Tidemark.Alerts.Kinds;

namespace Tidemark.Alerts.Engine;

/// <summary>Whether news are what an alert waits for.</summary>
static class NewsRules
{
    public static bool Fits(AlertTerms terms, MarketNews news) =>
        news.Series.Symbol == terms.Symbol
        && (!terms.IsOfTimeframe || news.Series.Timeframe == terms.Timeframe)
        && (terms.Direction is null || terms.Direction == news.Direction)
        && (terms.Pattern is null || terms.Pattern == news.Pattern)
        && (terms.SignalClass is null || news.Class >= (int)TermsOf.Grade(terms.SignalClass));
}
