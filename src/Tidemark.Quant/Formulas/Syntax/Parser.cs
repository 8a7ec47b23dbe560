namespace Tidemark.Quant.Formulas.Syntax;

/// <summary>
/// Reads a formula by operator precedence: a part is read, then every operator that binds tighter than what stands before it.
/// Nesting and tree depth are bounded, so no input can exhaust the stack.
/// </summary>
sealed class Parser
{
    public const int DeepestNesting = 64;

    readonly Lexer lexer;
    readonly Vocabulary vocabulary;
    readonly CallParser calls;
    int nesting;

    public Parser(string text, Vocabulary vocabulary)
    {
        lexer = new Lexer(text);
        this.vocabulary = vocabulary;
        calls = new CallParser(this);
        Current = lexer.Next();
        Following = lexer.Next();
    }

    internal Token Current { get; private set; }

    internal Token Following { get; private set; }

    internal Vocabulary Vocabulary => vocabulary;

    public Expression ReadAll()
    {
        if (Current.Kind == TokenKind.End)
        {
            throw new FormulaException(Current.At, "the formula is empty; write something like RSI(14) or close > EMA(close, 200)");
        }

        var expression = Read(0);
        return Current.Kind == TokenKind.End ? expression : throw Unexpected("an operator or the end");
    }

    /// <summary>Reads a part and all operators after it that bind tighter than the given strength.</summary>
    internal Expression Read(int binding)
    {
        if (++nesting > DeepestNesting)
        {
            throw TooDeep(Current.At);
        }

        var left = ReadOperand();
        while (PeekOperator() is { } found && found.Binding > binding)
        {
            left = ReadRight(left, found);
        }

        nesting--;
        return left;
    }

    internal Token Take()
    {
        var taken = Current;
        Current = Following;
        Following = lexer.Next();
        return taken;
    }

    internal void Expect(string symbol)
    {
        if (!Current.Is(symbol))
        {
            throw Unexpected(symbol);
        }

        Take();
    }

    internal FormulaException Unexpected(string wanted) =>
        new(Current.At, $"expected {wanted} at {Current.At}, found {Current}");

    internal static Expression Bounded(Expression expression) =>
        expression.Depth <= DeepestNesting ? expression : throw TooDeep(expression.At);

    internal static Expression RequireType(Expression expression, FormulaType wanted, string where)
    {
        if (expression.Type == wanted)
        {
            return expression;
        }

        var (needed, found) = wanted == FormulaType.Number ? ("a number", "a condition") : ("a condition", "a number");
        throw new FormulaException(expression.At, $"{where} needs {needed}, but {found} stands at {expression.At}");
    }

    static FormulaException TooDeep(TextPosition at) => new(at, $"the formula is nested deeper than {DeepestNesting} levels at {at}; split it");

    Expression ReadOperand()
    {
        var at = Current.At;
        if (Current.Is("-"))
        {
            Take();
            var operand = RequireType(Read(Operator.NegationBinding - 1), FormulaType.Number, "-");
            return Bounded(new Expression.Negation(at, operand));
        }

        if (Current.Is("+"))
        {
            throw new FormulaException(at, $"+ at {at} has nothing on its left");
        }

        if (Current.Is("not"))
        {
            Take();
            var operand = RequireType(Read(Operator.NotBinding), FormulaType.Condition, "not");
            return Bounded(new Expression.Not(at, operand));
        }

        return ReadPostfix(ReadPrimary());
    }

    Expression ReadPrimary()
    {
        switch (Current.Kind)
        {
            case TokenKind.Number:
                var number = Take();
                return new Expression.Number(number.At, number.Value);
            case TokenKind.Name when !Vocabulary.IsKeyword(Current.Text):
                return Following.Is("(") ? calls.Read() : vocabulary.Value(Take());
            case TokenKind.Symbol when Current.Is("("):
                Take();
                var inner = Read(0);
                Expect(")");
                return inner;
            case TokenKind.Timeframe:
                throw new FormulaException(Current.At, $"the timeframe {Current} at {Current.At} must follow @, as in RSI(14) @ {Current}");
            default:
                throw Unexpected("a value");
        }
    }

    Expression ReadPostfix(Expression operand)
    {
        while (true)
        {
            if (Current.Is("["))
            {
                Take();
                var candles = CallParser.RequireCount(Read(0), "[ ]", least: 0);
                Expect("]");
                operand = Bounded(new Expression.History(operand.At, operand, candles));
            }
            else if (Current.Is("@"))
            {
                var at = Take().At;
                operand = Bounded(new Expression.OnTimeframe(operand.At, operand, RequireMultiples(operand, ReadTimeframe(), at)));
            }
            else if (Current.Is("."))
            {
                throw new FormulaException(Current.At, $". at {Current.At} must follow an indicator, as in MACD().signal");
            }
            else
            {
                return operand;
            }
        }
    }

    // What is seen on a longer timeframe cannot look at a shorter one within it: those candles are gone.
    static Series.Timeframe RequireMultiples(Expression operand, Series.Timeframe outer, TextPosition at)
    {
        var rest = new Stack<Expression>([operand]);
        while (rest.TryPop(out var part))
        {
            if (part is Expression.OnTimeframe inner)
            {
                if (!inner.Timeframe.IsMultipleOf(outer))
                {
                    throw new FormulaException(at, $"@ {outer} at {at} holds @ {inner.Timeframe}, which cannot be made of {outer} candles; use a multiple of {outer} inside");
                }

                continue;
            }

            foreach (var inside in part.Parts)
            {
                rest.Push(inside);
            }
        }

        return outer;
    }

    Series.Timeframe ReadTimeframe() =>
        Current.Kind == TokenKind.Timeframe
            ? Series.Timeframe.Parse(Take().Text)
            : throw Unexpected("a timeframe such as 15m, 4h or 1d");

    Operator? PeekOperator()
    {
        if (Current.Is("crosses"))
        {
            return Following.Is("above") ? Operator.CrossesAbove
                : Following.Is("below") ? Operator.CrossesBelow
                : throw new FormulaException(Following.At, $"expected above or below at {Following.At}, found {Following}");
        }

        return Current.Kind is TokenKind.Symbol or TokenKind.Name
            ? Operator.All.FirstOrDefault(candidate => Current.Is(candidate.Text))
            : null;
    }

    Expression ReadRight(Expression left, Operator found)
    {
        var at = Take().At;
        if (found == Operator.CrossesAbove || found == Operator.CrossesBelow)
        {
            Take();
        }

        if (found.Compares && left is Expression.Binary { Operator.Compares: true })
        {
            throw new FormulaException(at, $"{found.Text} at {at} compares a comparison; join two with and, as in a < b and b < c");
        }

        RequireType(left, found.Takes, found.Text);
        var right = RequireType(Read(found.Binding), found.Takes, found.Text);
        return Bounded(new Expression.Binary(left.At, found, left, right));
    }
}
