namespace Tidemark.Quant.Indicators;

public sealed class Indicators_match_the_reference_series
{
    [Theory]
    [InlineData("adl", "ADL()", "adl flow=moneyFlowVolume multiplier=moneyFlowMultiplier")]
    [InlineData("adx", "ADX(14)", "adx plus=pdi minus=mdi dx adxr")]
    [InlineData("alligator", "ALLIGATOR()", "jaw teeth lips")]
    [InlineData("alma", "ALMA(9, 0.85, 6)", "alma")]
    [InlineData("aroon", "AROON(25)", "up=aroonUp down=aroonDown oscillator")]
    [InlineData("atr", "ATR(14)", "atr tr percent=atrp")]
    [InlineData("atr-stop", "ATRSTOP(21, 3)", "stop=atrStop buy=buyStop sell=sellStop atr")]
    [InlineData("awesome", "AO()", "oscillator normalized")]
    [InlineData("barpart", "PRICE()", "price=value")]
    [InlineData("bb", "BB(20, 2)", "middle=sma upper=upperBand lower=lowerBand percentB zScore width")]
    [InlineData("bop", "BOP(14)", "bop")]
    [InlineData("cci", "CCI(20)", "cci")]
    [InlineData("chaikin-osc", "CHAIKIN(3, 10)", "oscillator fast=fastEma slow=slowEma adl flow=moneyFlowVolume multiplier=moneyFlowMultiplier")]
    [InlineData("chexit", "CHANDELIER(22, 3)", "exit=chandelierExit")]
    [InlineData("chop", "CHOP(14)", "chop")]
    [InlineData("cmf", "CMF(20)", "cmf flow=moneyFlowVolume multiplier=moneyFlowMultiplier")]
    [InlineData("cmo", "CMO(14)", "cmo")]
    [InlineData("crsi", "CRSI(3, 2, 100)", "connorsRsi rsi streakRsi=rsiStreak percentRank streak")]
    [InlineData("dema", "DEMA(14)", "dema")]
    [InlineData("doji", "DOJI(0.1)", "match")]
    [InlineData("doji", "SHAPE()", "size=candle.size body=candle.body upperWick=candle.upperWick lowerWick=candle.lowerWick bodyShare=candle.bodyPct upperShare=candle.upperWickPct lowerShare=candle.lowerWickPct")]
    [InlineData("donchian", "DONCHIAN(20)", "upper=upperBand middle=centerline lower=lowerBand width")]
    [InlineData("dpo", "DPO(14)", "dpo sma")]
    [InlineData("dynamic", "DYNAMIC(14, 0.6)", "dynamic")]
    [InlineData("elder-ray", "ELDERRAY(13)", "bull=bullPower bear=bearPower ema")]
    [InlineData("ema", "EMA(20)", "ema")]
    [InlineData("epma", "EPMA(10)", "epma")]
    [InlineData("fcb", "FCB(2)", "upper=upperBand lower=lowerBand")]
    [InlineData("fisher", "FISHER(10)", "fisher trigger")]
    [InlineData("force", "FORCE(2)", "force=forceIndex")]
    [InlineData("fractal", "FRACTAL(2)", "bear=fractalBear bull=fractalBull")]
    [InlineData("gator", "GATOR()", "upper lower upperExpands=upperIsExpanding lowerExpands=lowerIsExpanding")]
    [InlineData("heikinashi", "HEIKINASHI()", "open high low close")]
    [InlineData("hma", "HMA(14)", "hma")]
    [InlineData("htl", "HTL()", "trendline cyclePeriod=dcPeriods smoothPrice")]
    [InlineData("hurst", "HURST(100)", "hurst=hurstExponent corrected=hurstExponentAL")]
    [InlineData("ichimoku", "ICHIMOKU(9, 26, 52, 26)", "tenkan=tenkanSen kijun=kijunSen senkouA=senkouSpanA senkouB=senkouSpanB chikou=chikouSpan")]
    [InlineData("kama", "KAMA(10, 2, 30)", "kama er")]
    [InlineData("keltner", "KELTNER(20, 2, 10)", "middle=centerline upper=upperBand lower=lowerBand width")]
    [InlineData("kvo", "KVO(34, 55, 13)", "oscillator signal")]
    [InlineData("ma-env", "ENVELOPE(20, 2.5)", "middle=centerline upper=upperEnvelope lower=lowerEnvelope")]
    [InlineData("macd", "MACD(12, 26, 9)", "macd signal histogram fast=fastEma slow=slowEma")]
    [InlineData("mama", "MAMA(0.5, 0.05)", "mama fama")]
    [InlineData("marubozu", "MARUBOZU(95)", "match*100")]
    [InlineData("mfi", "MFI(14)", "mfi")]
    [InlineData("obv", "OBV()", "obv")]
    [InlineData("pivot-points", "PIVOTPOINTS(2, 0)", "pp s1 s2 s3 s4 r1 r2 r3 r4")]
    [InlineData("pivots", "PIVOTS(2, 2, 20)", "high=highPoint low=lowPoint")]
    [InlineData("pmo", "PMO(35, 20, 10)", "pmo signal")]
    [InlineData("psar", "PSAR(0.02, 0.2)", "sar reversal=isReversal")]
    [InlineData("pvo", "PVO(12, 26, 9)", "pvo signal histogram")]
    [InlineData("roc", "ROC(14)", "roc momentum")]
    [InlineData("roc-wb", "ROCWB(20, 5, 5)", "roc mean=rocEma upper=upperBand lower=lowerBand")]
    [InlineData("rolling-pivots", "ROLLINGPIVOTS(20, 0, 0)", "pp s1 s2 s3 s4 r1 r2 r3 r4")]
    [InlineData("rsi", "RSI(14)", "rsi")]
    [InlineData("slope", "SLOPE(14)", "slope intercept deviation=stdDev rSquared")]
    [InlineData("sma", "SMA(20)", "sma")]
    [InlineData("sma-analysis", "SMAERROR(20)", "sma mad mse mape")]
    [InlineData("smi", "SMI(13, 25, 2, 3)", "smi signal")]
    [InlineData("smma", "SMMA(20)", "smma")]
    [InlineData("starc", "STARC(5, 2, 10)", "middle=centerline upper=upperBand lower=lowerBand")]
    [InlineData("stc", "STC(10, 23, 50)", "stc")]
    [InlineData("stdev", "STDDEV(14)", "deviation=stdDev mean zScore")]
    [InlineData("stoch", "STOCH(14, 3, 3)", "k=oscillator d=signal j=percentJ")]
    [InlineData("stoch-rsi", "STOCHRSI(14, 14, 3, 1)", "stochRsi signal")]
    [InlineData("supertrend", "SUPERTREND(10, 3)", "line=superTrend upper=upperBand lower=lowerBand")]
    [InlineData("t3", "T3(5, 0.7)", "t3")]
    [InlineData("tema", "TEMA(20)", "tema")]
    [InlineData("tr", "TR()", "tr")]
    [InlineData("trix", "TRIX(14)", "trix ema3")]
    [InlineData("tsi", "TSI(25, 13, 7)", "tsi signal")]
    [InlineData("ulcer", "ULCER(14)", "ulcer=ulcerIndex")]
    [InlineData("uo", "UO(7, 14, 28)", "ultimate")]
    [InlineData("vol-stop", "VOLSTOP(7, 3)", "stop=sar upper=upperBand lower=lowerBand hit=isStop")]
    [InlineData("vortex", "VORTEX(14)", "plus=pvi minus=nvi")]
    [InlineData("vwap", "VWAP(3)", "vwap")]
    [InlineData("vwma", "VWMA(14)", "vwma")]
    [InlineData("willr", "WILLR(14)", "williamsR")]
    [InlineData("wma", "WMA(14)", "wma")]
    public void In_every_value_and_every_undefined_place(string series, string call, string outputs)
    {
        var candles = ReferenceSeries.Candles();
        var rows = ReferenceSeries.Rows(series);
        var indicator = IndicatorCall.Parse(call);

        var columns = indicator.Run(candles.All());

        foreach (var output in outputs.Split(' '))
        {
            var (name, field, scale) = Pairing(output);
            var actual = indicator.DrawnAtItsCandle(columns, name).Select(value => value * scale).ToArray();
            ReferenceSeries.ShouldMatch(actual, ReferenceSeries.Column(rows, field), $"{call}.{name}");
        }
    }

    static (string Output, string Field, double Scale) Pairing(string text)
    {
        var scaled = text.Split('*');
        var names = scaled[0].Split('=');
        return (names[0], names[^1], scaled.Length > 1 ? double.Parse(scaled[1]) : 1);
    }
}
