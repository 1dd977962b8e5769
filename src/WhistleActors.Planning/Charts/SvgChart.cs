using System.Globalization;
using System.Net;
using System.Text;
using WhistleActors.Domain;

namespace WhistleActors.Planning.Charts;

/// <summary>Draws charts as inline SVG that needs no script and no network; texts are there in both languages, and <see cref="HtmlPage"/> shows one.</summary>
public static class SvgChart
{
    private const int Width = 720;
    private const int Height = 260;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 16;
    private const int Bottom = 30;
    private const int RowHeight = 20;
    private const int NameWidth = 236;
    private const int MostOfName = 38;

    // Eight that colour-blind people can tell apart (Okabe and Ito, 2008), the yellow left out on white.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    /// <summary>Lines over a common X axis, with a legend.</summary>
    public static string Lines(LocalizedText title, Axes axes, IReadOnlyList<Series> series)
    {
        var points = series.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Y)).ToList();
        if (points.Count == 0)
            return Figure(title, "", Legend([]), Height, axes);
        var (minX, maxX) = (points.Min(point => point.X), points.Max(point => point.X));
        var ticks = Ticks(axes.Max ?? points.Max(point => point.Y));
        double PlaceX(double x) => Left + ((maxX > minX ? (x - minX) / (maxX - minX) : 0.5) * (Width - Left - Right));
        double PlaceY(double y) => Height - Bottom - (Math.Clamp(y / ticks[^1], 0, 1) * (Height - Top - Bottom));

        var drawing = new StringBuilder();
        foreach (var tick in ticks)
        {
            drawing.Append(Inv($"<line class=\"rule\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{PlaceY(tick):0.#}\" y2=\"{PlaceY(tick):0.#}\"/>"));
            drawing.Append(Inv($"<text class=\"tick end\" x=\"{Left - 6}\" y=\"{PlaceY(tick) + 4:0.#}\">{Number(tick)}</text>"));
        }

        for (var i = 0; i <= 6; i++)
        {
            var x = minX + ((maxX - minX) * i / 6);
            drawing.Append(Inv($"<text class=\"tick middle\" x=\"{PlaceX(x):0.#}\" y=\"{Height - 10}\">{WebUtility.HtmlEncode(axes.X?.Invoke(x) ?? Number(x))}</text>"));
        }

        foreach (var (line, index) in series.Select((line, index) => (line, index)))
        {
            var path = new StringBuilder();
            var begun = false;
            foreach (var (x, y) in line.Points)
            {
                if (double.IsFinite(y))
                    path.Append(Inv($"{(begun ? 'L' : 'M')}{PlaceX(x):0.#} {PlaceY(y):0.#}"));
                begun = double.IsFinite(y);
            }

            drawing.Append(Inv($"<path class=\"line\" stroke=\"{Colours[index % Colours.Length]}\" d=\"{path}\"/>"));
        }

        return Figure(title, drawing.ToString(), Legend([.. series.Select(line => line.Name)]), Height, axes);
    }

    /// <summary>Horizontal bars, one a row, with their intervals.</summary>
    public static string Bars(LocalizedText title, Axes axes, IReadOnlyList<Bar> bars) => Bars(title, axes, [new LocalizedText("", "")], [.. bars.Select(bar => (IReadOnlyList<Bar>)[bar])]);

    /// <summary>Rows of horizontal bars that are to be compared; each row has one bar of each kind and the name of its first.</summary>
    public static string Bars(LocalizedText title, Axes axes, IReadOnlyList<LocalizedText> kinds, IReadOnlyList<IReadOnlyList<Bar>> rows)
    {
        var ticks = Ticks(axes.Max ?? rows.SelectMany(row => row).Select(bar => Math.Max(bar.High ?? 0, bar.Value)).DefaultIfEmpty(1).Max());
        var thickness = kinds.Count > 1 ? 9 : 12;
        var rowHeight = Math.Max(RowHeight, (thickness * kinds.Count) + 6);
        var height = (rows.Count * rowHeight) + Bottom;
        double Place(double value) => NameWidth + (Math.Clamp(value / ticks[^1], 0, 1) * (Width - NameWidth - 56));

        var drawing = new StringBuilder();
        foreach (var tick in ticks)
        {
            drawing.Append(Inv($"<line class=\"rule\" x1=\"{Place(tick):0.#}\" x2=\"{Place(tick):0.#}\" y1=\"0\" y2=\"{height - Bottom}\"/>"));
            drawing.Append(Inv($"<text class=\"tick middle\" x=\"{Place(tick):0.#}\" y=\"{height - 12}\">{Number(tick)}</text>"));
        }

        for (var row = 0; row < rows.Count; row++)
        {
            var top = row * rowHeight;
            drawing.Append(Texts(Short(rows[row][0].Name), Inv($"class=\"name end\" x=\"{NameWidth - 8}\" y=\"{top + (rowHeight / 2) + 4}\"")));
            for (var kind = 0; kind < rows[row].Count; kind++)
            {
                var bar = rows[row][kind];
                var y = top + 3 + (kind * thickness);
                drawing.Append(Inv($"<rect fill=\"{Colours[kind % Colours.Length]}\" x=\"{NameWidth}\" y=\"{y}\" width=\"{Place(bar.Value) - NameWidth:0.#}\" height=\"{thickness - 1}\"/>"));
                var end = bar.Value;
                if (bar is { Low: { } low, High: { } high } && high > low)
                {
                    var middle = y + ((thickness - 1) / 2.0);
                    drawing.Append(Inv($"<path class=\"interval\" d=\"M{Place(low):0.#} {middle}H{Place(high):0.#}M{Place(low):0.#} {middle - 3}v6M{Place(high):0.#} {middle - 3}v6\"/>"));
                    end = high;
                }

                drawing.Append(Inv($"<text class=\"tick\" x=\"{Place(end) + 5:0.#}\" y=\"{y + thickness - 2}\">{Number(bar.Value)}</text>"));
            }
        }

        return Figure(title, drawing.ToString(), kinds.Count > 1 ? Legend(kinds) : "", height, axes);
    }

    /// <summary>A text in both languages, as HTML.</summary>
    public static string Spans(LocalizedText text) =>
        $"<span lang=\"zh\">{WebUtility.HtmlEncode(text.Zh)}</span><span lang=\"en\">{WebUtility.HtmlEncode(text.En)}</span>";

    private static string Figure(LocalizedText title, string drawing, string legend, int height, Axes axes) =>
        Inv($"<figure><figcaption>{Spans(title)} <small>{Spans(axes.Unit)}</small></figcaption><svg viewBox=\"0 0 {Width} {height}\" role=\"img\">{drawing}</svg>{legend}</figure>\n");

    private static string Legend(IReadOnlyList<LocalizedText> names) => names.Count == 0
        ? $"<p class=\"legend\">{Spans(new LocalizedText("没有数据", "No data"))}</p>"
        : $"<p class=\"legend\">{string.Concat(names.Select((name, index) => $"<span><i style=\"background:{Colours[index % Colours.Length]}\"></i>{Spans(name)}</span>"))}</p>";

    private static string Texts(LocalizedText text, string attributes) =>
        $"<text lang=\"zh\" {attributes}>{WebUtility.HtmlEncode(text.Zh)}</text><text lang=\"en\" {attributes}>{WebUtility.HtmlEncode(text.En)}</text>";

    // The end of a name tells departments apart; they begin alike.
    private static LocalizedText Short(LocalizedText name) => name.En.Length <= MostOfName ? name : name with { En = "…" + name.En[^(MostOfName - 1)..] };

    // Round steps of 1, 2 or 5 times a power of ten, four to eight of them.
    private static double[] Ticks(double max)
    {
        if (!(max > 0))
            return [0, 1];
        var power = Math.Pow(10, Math.Floor(Math.Log10(max / 4)));
        var step = power * (max / 4 / power) switch { < 1.5 => 1, < 3.5 => 2, _ => 5 };
        return [.. Enumerable.Range(0, (int)Math.Ceiling((max / step) - 1e-9) + 1).Select(i => i * step)];
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
