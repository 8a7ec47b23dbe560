namespace Tidemark.Quant.Indicators;

/// <summary>Two numbers of the same moment, each in its own unit: the series looked at and the series it is held against.</summary>
public readonly record struct ValuePair(double Value, double Against);
