namespace Tidemark.Quant.Patterns.Detection;

/// <summary>Blocks invalidated by the latest candle, waiting to be confirmed as breaker or mitigation blocks of the opposite direction.</summary>
sealed class FailedBlocks
{
    static readonly PatternRule Breaker = new("breaker-block", "leg=took-liquidity structure=10");
    static readonly PatternRule Mitigation = new("mitigation-block", "leg=took-none structure=10");

    FailedBlock[] failed = new FailedBlock[16];

    public int Count { get; private set; }

    /// <summary>Notes a block that failed; of those on one anchor in one direction an order block goes before candidates, else the first stays.</summary>
    public void Note(in FailedBlock block)
    {
        for (var i = 0; i < Count; i++)
        {
            ref var noted = ref failed[i];
            if (noted.Anchor == block.Anchor && noted.Direction == block.Direction)
            {
                noted = noted.Origin == BlockOrigin.Candidate && block.Origin == BlockOrigin.OrderBlock ? block : noted;
                return;
            }
        }

        if (Count == failed.Length)
        {
            Array.Resize(ref failed, Count * 2);
        }

        failed[Count++] = block;
    }

    /// <summary>The oldest anchor first.</summary>
    public void Sort() => failed.AsSpan(0, Count).Sort(static (left, right) => left.Anchor.Index.CompareTo(right.Anchor.Index));

    public void Clear() => Count = 0;

    public Finding At(int position, CandleWindow window)
    {
        ref readonly var block = ref failed[position];
        var last = window.Last;
        var meanBody = window.MeanBodyBefore(last);
        var meanVolume = window.MeanVolumeBefore(last);
        return new Finding
        {
            Kind = block.TookLiquidity ? PatternKind.BreakerBlock : PatternKind.MitigationBlock,
            Direction = block.Direction.Opposite(),
            Rule = block.TookLiquidity ? Breaker : Mitigation,
            Anchor = block.Anchor,
            Evidence = new Evidence(block.Anchor, window.Mark(last)),
            Zone = block.Zone,
            Body = block.Body,
            Origin = block.Origin,
            OriginConfirmed = block.Confirmed,
            Determination = meanBody > 0 ? window.LastBody / meanBody / 2 : 0,
            RelativeVolume = meanVolume > 0 ? window.Volume(last) / meanVolume : 0,
        };
    }
}

/// <summary>A block at the moment it failed.</summary>
readonly record struct FailedBlock(Direction Direction, CandleMark Anchor, CandleMark Confirmed, Zone Zone, Zone? Body, BlockOrigin Origin, bool TookLiquidity);
