package dev.meshcheck.reports.cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the look of a credential tells. It holds no part of it.
 *
 * @param owner whose keys look like that: {@code Tensormesh}, another provider, or nobody known
 * @param isToken whether it is an access token, a JSON Web Token that is
 * @param from when the token says that it begins
 * @param expires when the token says that it ends
 * @param encodes whose key it is in Base64; nobody's where it is none
 */
public record KeyForm(
    Optional<String> owner,
    boolean isToken,
    Optional<Instant> from,
    Optional<Instant> expires,
    Optional<String> encodes,
    boolean isLong) {

  /** Characters of a key above which those are long that carry more than a name: tokens do. */
  static final int LONG = 1_500;

  /** The owner of {@code ak-…}, see https://docs.tensormesh.ai/codex. */
  public static final String TENSORMESH = "Tensormesh";

  /** What keys are made of, and at least so long that no chance decodes to it. */
  private static final Pattern INNER = Pattern.compile("[\\w.-]{12,}");

  /** The longest prefix first. */
  private static final Map<String, String> OWNERS = new LinkedHashMap<>();

  static {
    OWNERS.put("ak-", TENSORMESH);
    OWNERS.put("sk-ant-", "Anthropic");
    OWNERS.put("sk-or-", "OpenRouter");
    OWNERS.put("sk-", "OpenAI");
    OWNERS.put("gsk_", "Groq");
    OWNERS.put("hf_", "Hugging Face");
    OWNERS.put("AIza", "Google");
    OWNERS.put("xai-", "xAI");
    OWNERS.put("nvapi-", "NVIDIA");
    OWNERS.put("r8_", "Replicate");
    OWNERS.put("tm_", "the Tensormesh artifact registry");
  }

  /** The form of that credential. */
  public static KeyForm of(String key) {
    boolean token = key.startsWith("eyJ") && key.chars().filter(c -> c == '.').count() == 2;
    JsonNode claims = token ? claims(key) : MissingNode.getInstance();
    return new KeyForm(
        owner(key),
        token,
        time(claims, "nbf").or(() -> time(claims, "iat")),
        time(claims, "exp"),
        encodes(key),
        key.length() > LONG);
  }

  private static Optional<String> owner(String key) {
    return OWNERS.entrySet().stream()
        .filter(e -> key.startsWith(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Optional<String> encodes(String key) {
    if (owner(key).isPresent()) {
      return Optional.empty();
    }
    try {
      String inner = new String(Base64.getDecoder().decode(key), StandardCharsets.ISO_8859_1);
      return owner(inner).filter(o -> INNER.matcher(inner.strip()).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether it is a key of somebody else. */
  public Optional<String> stranger() {
    return owner.filter(o -> !o.equals(TENSORMESH));
  }

  private static Optional<Instant> time(JsonNode claims, String name) {
    return Optional.of(claims.path(name))
        .filter(JsonNode::isNumber)
        .map(at -> Instant.ofEpochSecond(at.asLong()));
  }

  private static JsonNode claims(String token) {
    try {
      String payload = token.split("\\.", -1)[1];
      return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
    } catch (IOException | IllegalArgumentException e) {
      // It only looked like one.
      return MissingNode.getInstance();
    }
  }
}
