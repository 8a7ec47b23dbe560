using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals;

/// <summary>Entry 100, stop 98, targets 102, 104 and 106, minute by minute, a tenth of a percent a side.</summary>
public sealed class A_signal_is_followed_to_its_end
{
    const double Cost = 0.001;

    static SignalTerms Terms(bool atOnce = false) => new()
    {
        Origin = SignalOrigin.Smc,
        Direction = Direction.Bullish,
        Timeframe = Timeframe.H1,
        Score = 3,
        Entry = 100,
        Stop = 98,
        Targets = [102, 104, 106],
        EntersAtOnce = atOnce,
        KnownAt = 0,
        ValidUntil = 60 * 60_000,
        Rule = "a test's",
    };

    /// <summary>Lives a signal through minutes of these lows and highs.</summary>
    static SignalLife Live(SignalTerms terms, params (double Low, double High)[] minutes)
    {
        var signal = new FollowedSignal(terms, Cost);
        for (var i = 0; i < minutes.Length; i++)
        {
            var (low, high) = minutes[i];
            signal.Next(new Candle(i * 60_000L, (low + high) / 2, high, low, high, 1), (i + 1) * 60_000L);
        }
        return signal.Life;
    }

    /// <summary>The result of leaving in thirds at these prices, after costs.</summary>
    static double Result(params double[] exits) => exits.Average(exit => (exit - 100 - (Cost * (100 + exit))) / 2);

    [Fact]
    public void It_waits_for_its_price_however_far_price_goes_before() =>
        Live(Terms(), (103, 107), (100.1, 103)).ShouldBe(new SignalLife(SignalStatus.Open, null, 0, null, null, false));

    [Fact]
    public void It_is_entered_at_its_price() =>
        Live(Terms(), (101, 103), (99.9, 101)).ShouldBe(new SignalLife(SignalStatus.Triggered, 120_000, 0, null, null, false));

    [Fact]
    public void A_target_in_the_minute_of_entry_may_have_come_before_and_does_not_count() =>
        Live(Terms(), (99.9, 102.5)).TargetsHit.ShouldBe(0);

    [Fact]
    public void It_says_which_targets_it_reached() =>
        Live(Terms(), (99.9, 101), (100, 104.2)).ShouldBe(new SignalLife(SignalStatus.Target, 60_000, 2, null, null, false));

    [Fact]
    public void All_targets_complete_it()
    {
        var life = Live(Terms(), (99.9, 101), (100, 104.2), (103, 106));

        (life.Status, life.TargetsHit, life.EndedAt).ShouldBe((SignalStatus.Completed, 3, 180_000));
        life.Outcome!.Value.ShouldBe(Result(102, 104, 106), 1e-12);
    }

    [Fact]
    public void Taken_up_again_from_where_it_stood_it_ends_as_if_never_left()
    {
        var halfway = new FollowedSignal(Terms(), Cost, Live(Terms(), (99.9, 101), (100, 104.2)));

        halfway.Next(new Candle(120_000, 103, 106, 103, 106, 1), 180_000);

        halfway.Life.ShouldBe(Live(Terms(), (99.9, 101), (100, 104.2), (103, 106)));
    }

    [Fact]
    public void A_price_that_jumps_over_the_stop_is_the_price_it_leaves_at()
    {
        var signal = new FollowedSignal(Terms(), Cost);
        signal.Next(new Candle(0, 101, 101, 99.9, 100.5, 1), 60_000);
        signal.Next(new Candle(60_000, 96, 97, 95, 96.5, 1), 120_000);

        signal.Life.Status.ShouldBe(SignalStatus.Stopped);
        signal.Life.Outcome!.Value.ShouldBe(Result(96), 1e-12);
    }

    [Fact]
    public void A_jump_over_entry_and_stop_at_once_loses_what_was_risked()
    {
        var signal = new FollowedSignal(Terms(), Cost);
        signal.Next(new Candle(0, 96, 97, 95, 96.5, 1), 60_000);

        signal.Life.Outcome!.Value.ShouldBe(Result(98), 1e-12);
    }

    [Fact]
    public void What_is_left_leaves_at_the_stop()
    {
        var life = Live(Terms(), (99.9, 101), (100, 102), (97, 101));

        (life.Status, life.TargetsHit, life.IsAmbiguous).ShouldBe((SignalStatus.Stopped, 1, false));
        life.Outcome!.Value.ShouldBe(Result(102, 98, 98), 1e-12);
    }

    [Fact]
    public void Stop_and_target_in_one_minute_count_as_the_stop_and_say_so()
    {
        var life = Live(Terms(), (99.9, 101), (97.9, 102.1));

        (life.Status, life.TargetsHit, life.IsAmbiguous).ShouldBe((SignalStatus.Stopped, 0, true));
        life.Outcome!.Value.ShouldBe(Result(98), 1e-12);
    }

    [Fact]
    public void Price_that_falls_through_entry_and_stop_at_once_is_stopped() =>
        Live(Terms(), (97, 101)).ShouldSatisfyAllConditions(life => life.Status.ShouldBe(SignalStatus.Stopped), life => life.TriggeredAt.ShouldBe(60_000));

    [Fact]
    public void Without_an_entry_it_expires_when_its_time_is_over()
    {
        var minutes = Enumerable.Repeat((101.0, 103.0), 61).ToArray();

        Live(Terms(), minutes[..60]).Status.ShouldBe(SignalStatus.Open);
        Live(Terms(), minutes).ShouldBe(new SignalLife(SignalStatus.Expired, null, 0, 61 * 60_000, null, false));
    }

    [Fact]
    public void Once_entered_it_has_as_long_again_and_leaves_at_the_last_price()
    {
        var minutes = Enumerable.Repeat((99.5, 101.0), 121).ToArray();

        Live(Terms(atOnce: true), minutes[..120]).Status.ShouldBe(SignalStatus.Triggered);
        var life = Live(Terms(atOnce: true), minutes);
        (life.Status, life.EndedAt).ShouldBe((SignalStatus.Expired, 121 * 60_000));
        life.Outcome!.Value.ShouldBe(Result(101), 1e-12);
    }

    [Fact]
    public void The_opposite_cancels_what_was_not_entered_and_nothing_else()
    {
        var (waiting, running) = (new FollowedSignal(Terms(), Cost), new FollowedSignal(Terms(atOnce: true), Cost));

        waiting.Contradict(5 * 60_000);
        running.Contradict(5 * 60_000);
        waiting.Next(new Candle(300_000, 100, 100, 99, 99, 1), 360_000);

        waiting.Life.ShouldBe(new SignalLife(SignalStatus.Cancelled, null, 0, 300_000, null, false));
        running.Life.Status.ShouldBe(SignalStatus.Triggered);
    }

    [Fact]
    public void A_short_is_the_mirror_of_a_long()
    {
        var terms = Terms() with { Direction = Direction.Bearish, Stop = 102, Targets = [98, 96, 94] };

        Live(terms, (97, 99)).Status.ShouldBe(SignalStatus.Open);
        Live(terms, (99, 100.5), (93.9, 99)).Status.ShouldBe(SignalStatus.Completed);
        Live(terms, (99, 100.5), (99, 102)).Status.ShouldBe(SignalStatus.Stopped);
    }
}
