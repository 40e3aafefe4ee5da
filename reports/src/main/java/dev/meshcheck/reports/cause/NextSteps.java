package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.network.Contact;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.settings.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fills the gaps in what to do next, so that each command can be typed as it is printed. */
final class NextSteps {

  private static final Pattern GAP = Pattern.compile("\\{([a-z-]+)}");

  /** What stands in a gap for somebody who reads of the cause without having it. */
  private static final Map<String, String> IN_GENERAL =
      Map.ofEntries(
          Map.entry("here", "--host {base}"),
          Map.entry("with-user", "--host {base} --user-id USER_ID"),
          Map.entry("https", "--host https://{host}:{port}"),
          Map.entry("http", "--host http://{host}:{port}"),
          Map.entry("swapped", "--host {control-plane} --control-plane {base}"),
          Map.entry("beside", "--host HOST"),
          Map.entry("set-model", "export TENSORMESH_MODEL={served}"),
          Map.entry("set-user", "export TENSORMESH_USER_ID=USER_ID"),
          Map.entry("set-key", "export TENSORMESH_INFERENCE_API_KEY=…"),
          Map.entry("set-ak-key", "export TENSORMESH_INFERENCE_API_KEY=ak-…"),
          Map.entry(
              "set-token",
              "export TENSORMESH_CONTROL_PLANE_TOKEN=$(tm auth print-token --yes-i-know)"),
          Map.entry("identity", " -H \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\""),
          Map.entry("key", " -H \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\""),
          Map.entry("shown", "{base}/PATH-OF-THE-EVIDENCE"),
          Map.entry(
              "made-up",
              "-X POST {base}/v1/chat/completions -H 'Authorization: Bearer made-up-key' …"),
          Map.entry(
              "stream",
              "curl -sSN -X POST {base}/v1/chat/completions … --data '{\"stream\": true, …}'"),
          Map.entry("headers", "-H \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\""),
          Map.entry("each-address", "--connect-to ::ADDRESS: {base}/health"));

  private NextSteps() {}

  /** A step as it reads where nothing is known of a run. */
  static String inGeneral(String step) {
    return filled(step, IN_GENERAL);
  }

  static List<String> of(Cause cause, Evidence evidence, List<String> told) {
    Commands commands = new Commands(evidence.subject());
    Map<String, String> values = values(commands, evidence, told);
    List<String> steps = new ArrayList<>();
    Set<String> exported = new LinkedHashSet<>();
    for (String step : cause.next(evidence.subject().surface().name())) {
      String typed = filled(step, values);
      boolean sets = typed.startsWith("export ");
      commands
          .unset(sets ? "" : typed)
          .forEach(
              (variable, setting) -> {
                if (exported.add(variable)) {
                  steps.add(
                      "export "
                          + variable
                          + "=…   # what came "
                          + commands.origin(setting)
                          + ", for the line below");
                }
              });
      steps.add(typed);
    }
    return List.copyOf(steps);
  }

  private static String filled(String step, Map<String, String> values) {
    return GAP.matcher(step)
        .replaceAll(
            gap -> Matcher.quoteReplacement(values.getOrDefault(gap.group(1), gap.group())));
  }

  private static Map<String, String> values(
      Commands commands, Evidence evidence, List<String> told) {
    Subject subject = evidence.subject();
    Optional<String> served =
        evidence.modelList().stream().flatMap(t -> t.models().stream()).findFirst();
    String servedName = served.map(Commands::harmless).orElse("MODEL");
    String model = subject.model().or(() -> served).map(Commands::harmless).orElse("MODEL");
    Map<String, String> values = new HashMap<>();
    values.put("base", commands.base());
    values.put("host", subject.base().getHost());
    values.put("port", String.valueOf(subject.port()));
    values.put("served", servedName);
    values.put("model", model);
    values.put("here", commands.here());
    values.put("with-user", commands.here(Setting.USER_ID, "USER_ID"));
    values.put("https", commands.at("https://" + place(subject.base(), 80)));
    values.put("http", commands.at("http://" + place(subject.base(), -1)));
    String other = commands.other().orElse("URL");
    boolean plane = subject.isControlPlane();
    values.put(
        "swapped",
        "--host "
            + (plane ? commands.base() : other)
            + " --control-plane "
            + (plane ? other : commands.base()));
    values.put("beside", "--host " + (plane ? other : commands.base()));
    values.put("set-model", commands.set(Setting.MODEL, servedName));
    values.put("set-user", commands.set(Setting.USER_ID, "USER_ID"));
    values.put("set-key", commands.set(Setting.INFERENCE_KEY, "…"));
    values.put("set-ak-key", commands.set(Setting.INFERENCE_KEY, "ak-…"));
    values.put(
        "set-token",
        commands.set(Setting.CONTROL_PLANE_TOKEN, "$(tm auth print-token --yes-i-know)"));
    values.put("identity", commands.identity());
    values.put("key", commands.key());
    values.put("headers", "-H 'Content-Type: application/json'" + commands.identity());
    values.put("shown", shown(commands, evidence, told, model));
    values.put("made-up", commands.withMadeUpKey(servedName));
    values.put(
        "stream",
        "curl -sSN "
            + commands.chat(commands.identity(), model, "\"stream\": true, \"max_tokens\": 16, "));
    values.put("key-from", commands.origin(subject.keySetting()));
    values.put("user-from", commands.origin(Setting.USER_ID));
    values.put("model-from", commands.origin(Setting.MODEL));
    values.put("host-from", commands.origin(Setting.HOST));
    values.put("each-address", eachAddress(commands, evidence));
    Optional<NetworkPicture> network = evidence.network();
    values.put(
        "proxy",
        network.flatMap(NetworkPicture::proxy).map(p -> p.proxy().address()).orElse("the proxy"));
    values.put(
        "proxy-place",
        network.flatMap(NetworkPicture::proxy).map(p -> p.proxy().place()).orElse("PROXY:PORT"));
    return values;
  }

  /** Host, port where it is no default, and path. */
  private static String place(URI base, int without) {
    String port = base.getPort() > 0 && base.getPort() != without ? ":" + base.getPort() : "";
    String path = Optional.ofNullable(base.getRawPath()).orElse("");
    return Commands.address(base.getHost() + port + path);
  }

  /** The request whose answer is quoted in the evidence: what it shows, it shows again. */
  private static String shown(
      Commands commands, Evidence evidence, List<String> told, String model) {
    return told.stream()
        .flatMap(line -> quoted(evidence, line))
        .findFirst()
        .map(trial -> commands.again(trial, model))
        .orElseGet(() -> commands.base() + "/v1/models" + commands.identity());
  }

  private static Stream<Trial> quoted(Evidence evidence, String line) {
    return evidence.trials().stream().filter(trial -> line.contains(trial.toString()));
  }

  /** One that works, and one that does not, asked by address and not by family. */
  private static String eachAddress(Commands commands, Evidence evidence) {
    List<Contact> contacts = evidence.network().map(NetworkPicture::contacts).orElse(List.of());
    return Stream.of(true, false)
        .flatMap(dead -> contacts.stream().filter(c -> c.failure().isPresent() == dead).limit(1))
        .map(c -> c.isV6() ? "[" + c.address() + "]" : c.address())
        .map(a -> "--connect-to ::" + a + ": " + commands.base() + "/health")
        .reduce((a, b) -> a + "; curl -sS -m 10 " + b)
        .orElse(commands.base() + "/health");
  }
}
