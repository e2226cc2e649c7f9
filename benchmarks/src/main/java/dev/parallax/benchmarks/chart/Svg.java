package dev.parallax.benchmarks.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a drawing as SVG: shapes in pixels from the top left corner, on white. Coordinates are
 * rounded to a tenth of a pixel, so equal drawings have equal bytes on every machine.
 */
public final class Svg {

  private static final double STROKE = 1.5;

  private final int width;
  private final int height;
  private final String description;
  private final StringBuilder shapes = new StringBuilder();

  /**
   * An empty drawing.
   *
   * @param description what it shows, for readers who do not see it
   */
  public Svg(int width, int height, String description) {
    this.width = width;
    this.height = height;
    this.description = description;
  }

  /** Where a text stands beside its point. */
  public enum Anchor {
    /** To the right of it. */
    START,
    /** Over it. */
    MIDDLE,
    /** To the left of it. */
    END;

    private String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a value is marked, so that colour is not all that tells series apart. */
  public enum Mark {
    /** Filled. */
    CIRCLE,
    /** Filled. */
    SQUARE,
    /** Filled, pointing upwards. */
    TRIANGLE
  }

  /** A point. */
  public record Point(double x, double y) {}

  /** A straight line. */
  public Svg line(Point from, Point to, Ink ink) {
    return stroke(from, to, ink, "");
  }

  /** A dashed line. */
  public Svg dashed(Point from, Point to, Ink ink) {
    return stroke(from, to, ink, " stroke-dasharray=\"5 4\"");
  }

  private Svg stroke(Point from, Point to, Ink ink, String dashes) {
    return shape(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"%s/>",
        pixel(from.x()),
        pixel(from.y()),
        pixel(to.x()),
        pixel(to.y()),
        ink.code(),
        pixel(STROKE),
        dashes);
  }

  /** A line through points. */
  public Svg path(List<Point> points, Ink ink) {
    return shape(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>",
        joined(points), ink.code(), pixel(STROKE));
  }

  /** A pale area within points. */
  public Svg area(List<Point> points, Ink ink) {
    return shape(
        "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"0.18\"/>", joined(points), ink.code());
  }

  /** A mark of about 8 pixels. */
  public Svg mark(Mark mark, Point at, Ink ink) {
    return switch (mark) {
      case CIRCLE ->
          shape(
              "<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\"/>",
              pixel(at.x()), pixel(at.y()), ink.code());
      case SQUARE ->
          shape(
              "<rect x=\"%s\" y=\"%s\" width=\"7\" height=\"7\" fill=\"%s\"/>",
              pixel(at.x() - 3.5), pixel(at.y() - 3.5), ink.code());
      case TRIANGLE ->
          shape(
              "<polygon points=\"%s\" fill=\"%s\"/>",
              joined(
                  List.of(
                      new Point(at.x(), at.y() - 4.8),
                      new Point(at.x() + 4.5, at.y() + 3.4),
                      new Point(at.x() - 4.5, at.y() + 3.4))),
              ink.code());
    };
  }

  /** A text whose middle line is at a point. */
  public Svg text(String text, Point at, Anchor anchor, Ink ink) {
    return text(text, at, anchor, ink, "");
  }

  /** A heading. */
  public Svg bold(String text, Point at, Anchor anchor) {
    return text(text, at, anchor, Ink.BLACK, " font-weight=\"bold\"");
  }

  private Svg text(String text, Point at, Anchor anchor, Ink ink, String style) {
    return shape(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>",
        pixel(at.x()),
        // A third of the letters' height below their middle line is the line that they stand on.
        pixel(at.y() + 4.2),
        anchor.code(),
        ink.code(),
        style,
        escaped(text));
  }

  private Svg shape(String format, Object... values) {
    shapes.append("  ").append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  private static String joined(List<Point> points) {
    return points.stream()
        .map(point -> pixel(point.x()) + "," + pixel(point.y()))
        .collect(Collectors.joining(" "));
  }

  private static String pixel(double value) {
    String tenths = String.format(Locale.ROOT, "%.1f", value);
    return tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" \
            viewBox="0 0 %1$d %2$d" role="img" font-family="sans-serif" font-size="12">
              <title>%3$s</title>
              <rect width="%1$d" height="%2$d" fill="%4$s"/>
            """,
            width,
            height,
            escaped(description),
            Ink.WHITE.code())
        + shapes
        + "</svg>\n";
  }

  /** Writes the drawing to a file. */
  public void write(Path file) throws IOException {
    Files.writeString(file, toString());
  }
}
