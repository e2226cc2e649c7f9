package dev.parallax.exporter.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * The documentation that is in this jar, as pages: {@code /docs/<name>.md} and {@code
 * /docs/runbooks/<name>.md}, where links between them work as they do in the repository. So a
 * runbook can be read where nothing but this server can be reached.
 *
 * <p>Links to other files of the repository, which are not here, become plain text; pictures become
 * their descriptions.
 */
final class Manual {

  private static final String ROOT = "/docs/";

  /** Names only, so that no request can reach any other resource. */
  private static final Pattern PAGE = Pattern.compile("/docs/(runbooks/)?[a-z0-9-]+\\.md");

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).sanitizeUrls(true).build();

  /** The page with this path, if there is one. */
  Optional<Reply> get(String path) {
    return read(path).map(markdown -> page(path, parser.parse(markdown)));
  }

  private Reply page(String path, Node document) {
    Links links = new Links(path);
    document.accept(links);
    return Reply.of(
        200,
        "text/html; charset=utf-8",
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s · Parallax</title>
        <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/status.css">
        <link rel="stylesheet" href="/assets/views.css">
        </head>
        <body class="manual">
        <header class="top">
        <p class="brand"><img src="/assets/favicon.svg" alt="" width="22" height="22">Parallax</p>
        <nav aria-label="Views"><a href="/#/">Fleet</a><a href="/#/alerts">Alerts</a></nav>
        </header>
        <main>
        %s</main>
        </body>
        </html>
        """
            .formatted(escaped(links.title), renderer.render(document)));
  }

  private static Optional<String> read(String path) {
    if (!PAGE.matcher(path).matches()) {
      return Optional.empty();
    }
    try (InputStream in = Manual.class.getResourceAsStream(path.substring(1))) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean exists(String path) {
    return PAGE.matcher(path).matches() && Manual.class.getResource(path.substring(1)) != null;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** Finds the title, and unlinks what is not here. */
  private static final class Links extends AbstractVisitor {
    private final String page;
    private String title = "";

    Links(String page) {
      this.page = page;
    }

    @Override
    public void visit(Heading heading) {
      if (title.isEmpty()) {
        title = TextContentRenderer.builder().build().render(heading);
      }
      visitChildren(heading);
    }

    @Override
    public void visit(Image image) {
      visitChildren(image);
      unwrap(image);
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      if (!leads(link.getDestination())) {
        unwrap(link);
      }
    }

    private boolean leads(String destination) {
      if (destination.startsWith("#") || destination.startsWith("https://")) {
        return true;
      }
      try {
        String target = URI.create(page).resolve(destination).getPath();
        return target.startsWith(ROOT) && exists(target);
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private static void unwrap(Node node) {
      Node child = node.getFirstChild();
      while (child != null) {
        Node next = child.getNext();
        node.insertBefore(child);
        child = next;
      }
      node.unlink();
    }
  }
}
