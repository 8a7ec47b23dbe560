namespace Tidemark.Platform.Web;

public sealed class The_asset_manifest_is_read
{
    const string Built = """
        {
          "src/main.tsx": { "file": "assets/app-1.js", "css": ["assets/app-1.css"], "imports": ["_shared.js"] },
          "src/docs/main.ts": { "file": "assets/docs-1.js", "css": ["assets/docs-1.css"], "imports": ["_shared.js"] },
          "src/public/public.css": { "file": "assets/public-1.css" },
          "src/preferences/boot.ts": { "file": "assets/appearance-1.js" },
          "_shared.js": { "file": "assets/shared-1.js", "css": ["assets/base-1.css"] },
          "inter": { "file": "assets/inter-latin-wght-normal-1.woff2" }
        }
        """;

    [Fact]
    public void An_entry_needs_the_styles_of_what_it_imports_before_its_own()
    {
        var app = new AssetManifest(Built).App;

        app.Script.ShouldBe("/assets/app-1.js");
        app.Styles.ShouldBe(["/assets/base-1.css", "/assets/app-1.css"]);
        app.Preloads.ShouldBe(["/assets/shared-1.js"]);
    }

    [Fact]
    public void An_entry_that_is_a_style_sheet_is_its_own_style() =>
        new AssetManifest(Built).Public.Styles.ShouldBe(["/assets/public-1.css"]);

    [Fact]
    public void A_build_of_other_sources_is_told_apart() =>
        Should.Throw<InvalidOperationException>(() => new AssetManifest(Built.Replace("src/docs/main.ts", "src/docs/other.ts", StringComparison.Ordinal)))
            .Message.ShouldContain("src/docs/main.ts");
}
