package io.mooseng.bench.core.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The page around the sections: a head that forbids everything but this program's own style and
 * script, a table of contents, and what is needed to search the tables by keyboard.
 */
final class Page {

  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private final String title;
  private final Html body = new Html();
  private final List<String[]> contents = new ArrayList<>();

  Page(String title) {
    this.title = title;
  }

  /** Where the sections are written. */
  Html html() {
    return body;
  }

  /** Opens a section; {@link #end} closes it. */
  void section(String id, String heading) {
    contents.add(new String[] {id, heading});
    body.open("section", "id", id).element("h2", heading).line();
  }

  void end() {
    body.close().line();
  }

  /** The whole page. */
  String finish() {
    Html html = new Html();
    html.open("html", "lang", "en").line().open("head").line();
    html.empty("meta", "charset", "utf-8").line();
    html.empty(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '%s'; script-src '%s'"
                .formatted(sha256(STYLE), sha256(SCRIPT)))
        .line();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.empty("meta", "name", "color-scheme", "content", "light dark").line();
    html.element("title", title).line();
    html.constant("style", STYLE).line();
    html.close().line().open("body").line();
    html.element("a", "To the content", "href", "#main", "class", "skip").line();
    html.open("header").element("h1", title).line();
    html.open("nav", "aria-label", "Contents").open("ul");
    for (String[] entry : contents) {
      html.open("li").element("a", entry[1], "href", "#" + entry[0]).close();
    }
    html.close().close().line();
    html.open("p", "class", "search", "hidden", "hidden");
    html.element("label", "Show rows with ", "for", "search");
    html.empty("input", "type", "search", "id", "search", "autocomplete", "off");
    html.element("output", "", "id", "found", "for", "search");
    html.close().close().line();
    html.open("main", "id", "main").line().raw(body).close().line();
    html.constant("script", SCRIPT).line();
    html.close().line().close().line();
    return html.finish();
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = Page.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
