namespace Tidemark.Quant.Backtesting.Proof;

public sealed class The_verdict
{
    [Fact]
    public void Is_evidence_where_everything_speaks_for_it()
    {
        var verdict = Verdict.Of(Convincing);

        verdict.Evidence.ShouldBe(Evidence.Strong);
        verdict.Answers.ShouldAllBe(answer => answer.Passed);
    }

    [Fact]
    public void Is_weak_where_a_second_doubt_remains()
    {
        Weak(Convincing with { ReturnAtTwiceTheCosts = -0.01 }, VerdictQuestion.SurvivesDoubledCosts);
        Weak(Convincing with { Overfitting = Convincing.Overfitting! with { Probability = 0.21 } }, VerdictQuestion.ChoiceHolds);
        Weak(Convincing with { Overfitting = null }, VerdictQuestion.ChoiceHolds);
        Weak(Convincing with { Flags = [new SanityFlag(SanityConcern.SharpeTooHigh, 5, 4)] }, VerdictQuestion.Believable);
        Weak(Convincing with { MissingWarmUp = 12 }, VerdictQuestion.WarmedUp);
        Weak(Convincing with { Record = Convincing.Record with { Deflated = 0.98 } }, VerdictQuestion.AboveLuckOfAllTrials);
    }

    [Fact]
    public void Is_none_where_a_first_doubt_remains()
    {
        None(Convincing with { Trades = 29 }, VerdictQuestion.EnoughTrades);
        None(Convincing with { Rewritten = 1 }, VerdictQuestion.BlindToTheFuture);
        None(Convincing with { Rewritten = null }, VerdictQuestion.BlindToTheFuture);
        None(Convincing with { Record = Convincing.Record with { Deflated = 0.97 } }, VerdictQuestion.AboveLuckOfAllTrials);
        None(Convincing with { Record = Convincing.Record with { ShortestRecord = null } }, VerdictQuestion.LongEnough);
    }

    [Fact]
    public void Does_not_ask_for_overfitting_where_nothing_was_chosen() =>
        Verdict.Of(Convincing with { Chosen = false, Overfitting = null }).Evidence.ShouldBe(Evidence.Strong);

    [Fact]
    public void Finds_nothing_in_noise_more_than_ninety_five_times_in_a_hundred()
    {
        var (random, convincing) = (new Random(11), Convincing);
        var found = Enumerable.Range(0, 2_000).Count(_ =>
        {
            var returns = Noise.Returns(random, 365);
            var record = Significance.Of(returns, TrialTally.None.With(Significance.DailyRatioOf(returns)), random, resamples: 200);
            return Verdict.Of(convincing with { Record = record }).Evidence != Evidence.None;
        });

        found.ShouldBeLessThan(100);
    }

    static VerdictFigures Convincing
    {
        get
        {
            var returns = Noise.Returns(new Random(2), 730, mean: 0.003);
            return new VerdictFigures
            {
                Trades = 140,
                Record = Significance.Of(returns, TrialTally.None.With(Significance.DailyRatioOf(returns)), new Random(1)),
                Chosen = true,
                Overfitting = new Overfitting(0.05, 0.1, 0.4, 48, 730, 16, 12_870),
                ReturnAtTwiceTheCosts = 0.4,
                Flags = [],
                Rewritten = 0,
                MissingWarmUp = 0,
            };
        }
    }

    static void Weak(VerdictFigures figures, VerdictQuestion doubt) => Is(Evidence.Weak, figures, doubt);

    static void None(VerdictFigures figures, VerdictQuestion doubt) => Is(Evidence.None, figures, doubt);

    static void Is(Evidence evidence, VerdictFigures figures, VerdictQuestion doubt)
    {
        var verdict = Verdict.Of(figures);

        verdict.Evidence.ShouldBe(evidence);
        verdict.Answers.Where(answer => !answer.Passed).ShouldAllBe(answer => answer.Question == doubt);
    }
}
