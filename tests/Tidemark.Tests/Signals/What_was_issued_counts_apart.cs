using Tidemark.Market;
using Tidemark.Signals.Reading;

namespace Tidemark.Signals;

public sealed class What_was_issued_counts_apart
{
    static SignalRecord Record(int hits, int misses) =>
        SignalRecord.Of(Provenance.Live, hits + misses, hits, misses, 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [], []);

    [Fact]
    public void Thirty_issued_signals_speak_for_themselves()
    {
        var record = SignalRecord.Choose(Record(10, 20), Record(900, 100));

        (record.IsRecomputed, record.Decided, record.DecidedIssued, record.DecidedRecomputed).ShouldBe((false, 30, 30, 1000));
    }

    [Fact]
    public void Until_then_history_does_and_says_so()
    {
        var record = SignalRecord.Choose(Record(10, 19), Record(900, 100));

        (record.IsRecomputed, record.Decided, record.DecidedIssued, record.DecidedRecomputed).ShouldBe((true, 1000, 29, 1000));
    }

    [Fact]
    public void Without_a_history_the_few_that_were_issued_are_all_there_is() =>
        SignalRecord.Choose(Record(1, 2), null).ShouldSatisfyAllConditions(record => record.IsRecomputed.ShouldBeFalse(), record => record.IsEnough.ShouldBeFalse());
}
