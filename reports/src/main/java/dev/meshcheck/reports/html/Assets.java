package dev.meshcheck.reports.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The style sheet and the script of a page, and the policy that lets nothing else run: should a
 * hostile body ever get past the escaping, the browser still refuses it.
 *
 * @param policy the content security policy of the page
 */
public record Assets(String style, String script, String policy) {

  /** A night has a page for each of its environments. */
  private static final Assets SHIPPED =
      of(read("report.css"), read("theme.js") + read("report.js"));

  /** Those of the page of a run. */
  static Assets shipped() {
    return SHIPPED;
  }

  /** Those of the page of a night, which looks the same. */
  public static Assets fleet() {
    return of(read("report.css") + read("fleet.css"), read("theme.js") + read("fleet.js"));
  }

  /** Those of the page that has hosts side by side. */
  public static Assets matrix() {
    return of(read("report.css") + read("matrix.css"), read("theme.js"));
  }

  private static Assets of(String style, String script) {
    String policy =
        "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'";
    return new Assets(style, script, policy.formatted(hash(style), hash(script)));
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String read(String name) {
    try (InputStream file = Assets.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is missing", e);
    }
  }
}
