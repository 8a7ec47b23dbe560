using Tidemark.Notifications.Templates;

namespace Tidemark.Notifications;

[Trait("Threat", "T39")]
public sealed class Templates_take_text_as_data
{
    static readonly Dictionary<string, string> Values = new() { ["symbol"] = "{{threshold}}", ["threshold"] = "64000" };

    [Fact]
    public void A_value_is_not_read_as_a_template() =>
        Template.Parse("{{symbol}} is above {{ threshold }}").Fill(Values).ShouldBe("{{threshold}} is above 64000");

    [Theory]
    [InlineData("{{password}}")]
    [InlineData("{{symbol.GetType}}")]
    [InlineData("{{symbol")]
    [InlineData("{{}}")]
    [InlineData("{{ {{symbol}} }}")]
    [InlineData("{{1+1}}")]
    public void An_unknown_or_broken_place_is_refused_when_it_is_written(string text) =>
        Should.Throw<TemplateException>(() => Template.Parse(text, ["symbol", "threshold"]));

    [Fact]
    public void A_place_without_a_value_is_an_error_and_no_gap() =>
        Should.Throw<TemplateException>(() => Template.Parse("{{price}}").Fill(Values)).Message.ShouldContain("{{price}}");

    [Fact]
    public void Braces_can_be_written() => Template.Parse(@"\{{symbol}} {{threshold}}").Fill(Values).ShouldBe("{{symbol}} 64000");

    [Fact]
    [Trait("Threat", "T37")]
    public void A_title_is_one_line_whatever_stands_in_it()
    {
        var text = TemplateBook.Tidy("a\r\nBcc: x\u2028y\0z", "one\r\ntwo\u0007");
        text.Title.ShouldBe("a  Bcc: x y z");
        text.Body.ShouldBe("one\ntwo");
    }

    [Fact]
    public void Half_a_character_is_none() => PlainText.Cut("ab😀", 3).ShouldBe("ab…");
}
