namespace Tidemark.Quant.Patterns;

/// <summary>Names one candle of the series an engine has seen.</summary>
/// <param name="Index">Position, the first candle seen being 0.</param>
/// <param name="OpenTime">Open time in UTC milliseconds.</param>
public readonly record struct CandleMark(int Index, long OpenTime);

/// <summary>The candles a fact rests on, both ends included; averages that only scale it (ATR, mean body) reach further back.</summary>
/// <param name="First">The earliest candle.</param>
/// <param name="Last">The latest candle, whose close makes the fact known.</param>
public readonly record struct Evidence(CandleMark First, CandleMark Last);
