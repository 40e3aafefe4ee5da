package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.settings.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fills the gaps in what to do next. Whatever a host said goes into a command only if harmless. */
final class NextSteps {

  private static final Pattern HARMLESS = Pattern.compile("[\\w./:@+-]{1,128}");

  private static final Pattern GAP = Pattern.compile("\\{([a-z-]+)}");

  private NextSteps() {}

  static List<String> of(Cause cause, Evidence evidence) {
    Map<String, String> values = values(evidence);
    return cause.next(evidence.subject().surface().name()).stream()
        .map(
            step ->
                GAP.matcher(step)
                    .replaceAll(
                        gap ->
                            java.util.regex.Matcher.quoteReplacement(
                                values.getOrDefault(gap.group(1), gap.group()))))
        .toList();
  }

  /** What a plain request of the route sends beside its body. */
  private static String headers(Subject subject) {
    StringBuilder headers = new StringBuilder("-H 'Content-Type: application/json'");
    if (subject.key().isPresent()) {
      headers.append(" -H \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\"");
    }
    if (subject.userGiven()) {
      headers.append(" -H \"X-User-Id: $TENSORMESH_USER_ID\"");
    }
    return headers.toString();
  }

  private static Map<String, String> values(Evidence evidence) {
    Subject subject = evidence.subject();
    Optional<String> served =
        evidence.modelList().stream().flatMap(t -> t.models().stream()).findFirst();
    Map<String, String> values = new HashMap<>();
    values.put("base", address(subject.base().toString()));
    values.put("host", subject.base().getHost());
    values.put("port", String.valueOf(subject.port()));
    values.put("served", served.map(NextSteps::harmless).orElse("MODEL"));
    values.put("model", subject.model().or(() -> served).map(NextSteps::harmless).orElse("MODEL"));
    values.put("headers", headers(subject));
    values.put(
        "stream",
        "curl -sSN -X POST "
            + values.get("base")
            + "/v1/chat/completions "
            + values.get("headers")
            + " --data '{\"model\": \""
            + values.get("model")
            + "\", \"stream\": true, \"max_tokens\": 16, \"messages\": [{\"role\": \"user\","
            + " \"content\": \"Hi\"}]}'");
    values.put("key-from", origin(subject, subject.keySetting()));
    values.put("user-from", origin(subject, Setting.USER_ID));
    values.put("model-from", origin(subject, Setting.MODEL));
    values.put("host-from", origin(subject, Setting.HOST));
    values.put(
        "proxy",
        evidence
            .network()
            .flatMap(NetworkPicture::proxy)
            .map(p -> p.proxy().address())
            .orElse("the proxy"));
    values.put(
        "proxy-place",
        evidence
            .network()
            .flatMap(NetworkPicture::proxy)
            .map(p -> p.proxy().place())
            .orElse("PROXY:PORT"));
    return values;
  }

  private static String origin(Subject subject, Setting setting) {
    return Optional.ofNullable(subject.origins().get(setting)).orElse("from the settings");
  }

  private static String harmless(String name) {
    return HARMLESS.matcher(name).matches() ? name : "MODEL";
  }

  /** What a shell would act on has no business in an address. */
  private static String address(String base) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < base.length(); i++) {
      char c = base.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || "-._~:/%[]".indexOf(c) >= 0;
      safe.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return safe.toString();
  }
}
