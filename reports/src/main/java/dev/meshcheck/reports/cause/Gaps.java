package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.network.Contact;
import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.TlsPicture;
import dev.meshcheck.fixtures.settings.Draft.Trouble.Kind;
import dev.meshcheck.fixtures.settings.HostNames;
import dev.meshcheck.fixtures.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What goes into the gaps of next steps. A gap that has no value here has no place here. */
final class Gaps {

  /** What stands in a gap for somebody who reads of the cause without having it. */
  static final Map<String, String> IN_GENERAL =
      Map.ofEntries(
          Map.entry("name", "{host}"),
          Map.entry("api", "{base}/v1"),
          Map.entry("found-there", "--host {base} --api-path PATH-WITHOUT-/models"),
          Map.entry("here", "--host {base}"),
          Map.entry("with-user", "--host {base} --user-id USER_ID"),
          Map.entry("as-serverless", "--host {base} --surface serverless"),
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
          Map.entry("remedy", "Do what the words of the answer ask for, where they are known."),
          Map.entry("key-header", "X-Api-Key"),
          Map.entry("tls-remedy", "Do what the certificate or the alert says, where it is known."),
          Map.entry("other-key", "Look whether another key stands in a weaker place."),
          Map.entry("no-proxy", "Correct NO_PROXY, where it is meant to name the host."),
          Map.entry(
              "own-limit", "Raise the time limit (--timeout), where it is shorter than by itself."),
          Map.entry("decode", "Decode it, where it is Base64: base64 -d"),
          Map.entry("sni", " -servername {host}"),
          Map.entry(
              "pin", "Take the host out of --resolve, or correct its address there, where one is."),
          Map.entry("unpinned", "{here} --resolve ''"),
          Map.entry("named", "as --host"),
          Map.entry("shown", "{base}/PATH-OF-THE-EVIDENCE"),
          Map.entry("with-other-model", "--host {base} --model ANOTHER"),
          Map.entry("lost", "the paths of the evidence"),
          Map.entry("broke", "those that answer 500"),
          Map.entry("beside-v1", "/health, /version, /tokenize and /detokenize"),
          Map.entry("wait", "as long as Retry-After says, or a minute"),
          Map.entry("broke-off", "the same time"),
          Map.entry("shown-certificate", "CLIENT.pem"),
          Map.entry("through", "{proxy}"),
          Map.entry(
              "made-up",
              "-X POST {base}/v1/chat/completions -H 'Authorization: Bearer made-up-key' …"),
          Map.entry(
              "stream",
              "curl -sSN -X POST {base}/v1/chat/completions … --data '{\"stream\": true, …}'"),
          Map.entry("headers", "-H \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\""),
          Map.entry("each-address", "--connect-to ::ADDRESS: {base}/health"));

  /** A proxy that stops waiting for a stream has waited longer than this. */
  private static final double SHORTEST_WAIT_MS = 1000;

  private final Commands commands;
  private final Evidence evidence;
  private final List<Trial> shown;

  /**
   * The gaps of one diagnosis.
   *
   * @param shown the exchanges that the cause rests on, those of its evidence first
   */
  Gaps(Commands commands, Evidence evidence, List<Trial> shown) {
    this.commands = commands;
    this.evidence = evidence;
    this.shown = shown;
  }

  /** The values by the names of the gaps. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.putAll(ofTheHost());
    values.putAll(ofTheSettings());
    values.putAll(ofTheModel());
    values.putAll(ofTheEvidence());
    values.putAll(ofTheNetwork());
    return values;
  }

  private Map<String, String> ofTheHost() {
    Subject subject = evidence.subject();
    URI base = subject.base();
    Map<String, String> values = new HashMap<>();
    values.put("base", commands.base());
    values.put("api", commands.api());
    values.put("host", base.getHost());
    values.put("port", String.valueOf(subject.port()));
    if (!HostNames.isAddress(base.getHost()) && !HostNames.isLoopback(base.getHost())) {
      values.put("name", base.getHost());
    }
    values.put("here", commands.here());
    values.put("with-user", commands.here(Setting.USER_ID, "USER_ID"));
    values.put("as-serverless", commands.here(Setting.SURFACE, "serverless"));
    values.put("https", commands.at("https://" + secured().orElseGet(() -> place(base, 80))));
    values.put("http", commands.at("http://" + place(base, -1)));
    String other = commands.other().orElse("URL");
    boolean plane = subject.isControlPlane();
    String inference = plane ? other : commands.base();
    values.put(
        "swapped",
        "--host "
            + (plane ? commands.base() : other)
            + " --control-plane "
            + (plane ? other : commands.base()));
    values.put("beside", "--host " + inference);
    return values;
  }

  /** Where the host itself says that https is. */
  private Optional<String> secured() {
    URI base = evidence.subject().base();
    return evidence.trials().stream()
        .flatMap(t -> t.location().stream())
        .filter(l -> "https".equals(l.getScheme()) && base.getHost().equalsIgnoreCase(l.getHost()))
        .findFirst()
        .map(l -> base.getHost() + port(l, 443) + path(base))
        .map(Commands::address);
  }

  private Map<String, String> ofTheSettings() {
    Subject subject = evidence.subject();
    Map<String, String> values = new HashMap<>();
    values.put("set-user", commands.set(Setting.USER_ID, "USER_ID"));
    values.put("set-key", commands.set(Setting.INFERENCE_KEY, "…"));
    values.put("set-ak-key", commands.set(Setting.INFERENCE_KEY, "ak-…"));
    values.put(
        "set-token",
        commands.set(Setting.CONTROL_PLANE_TOKEN, "$(tm auth print-token --yes-i-know)"));
    values.put("identity", commands.identity());
    values.put("key", commands.key());
    values.put("headers", "-H 'Content-Type: application/json'" + commands.identity());
    subject
        .trouble(Kind.KEY_PASSED_OVER)
        .ifPresent(
            t ->
                values.put(
                    "other-key",
                    "Look which of the two keys is of this host: " + t.message() + "."));
    subject
        .trouble(Kind.NO_PROXY_MISSPELT)
        .ifPresent(t -> values.put("no-proxy", "Correct NO_PROXY first: " + t.message() + "."));
    if (subject.origins().containsKey(Setting.TIMEOUT)) {
      values.put(
          "own-limit",
          "Raise the time limit, which is your own ("
              + commands.origin(Setting.TIMEOUT)
              + ") and shorter than that of Meshcheck itself: the host may only need longer.");
    }
    subject
        .key()
        .flatMap(KeyForm::encodes)
        .ifPresent(
            owner ->
                values.put(
                    "decode",
                    "Decode the key where it came from: base64 -d, as for what kubectl get secret -o yaml shows."));
    values.put("key-from", commands.origin(subject.keySetting()));
    values.put("user-from", commands.origin(Setting.USER_ID));
    values.put("model-from", commands.origin(Setting.MODEL));
    values.put("host-from", commands.origin(Setting.HOST));
    return values;
  }

  private Map<String, String> ofTheModel() {
    String served = served().map(Commands::harmless).orElse("MODEL");
    Map<String, String> values = new HashMap<>();
    other()
        .map(Commands::harmless)
        .ifPresent(other -> values.put("with-other-model", commands.here(Setting.MODEL, other)));
    values.putAll(
        Map.of(
            "served", served,
            "model", model(),
            "set-model", commands.set(Setting.MODEL, served),
            "made-up", commands.withMadeUpKey(served),
            "stream",
                "curl -sSN "
                    + commands.chat(
                        commands.identity(), model(), "\"stream\": true, \"max_tokens\": 16, ")));
    return values;
  }

  /** A listed model that was not asked, where there is one. */
  private Optional<String> other() {
    Optional<String> asked = evidence.subject().model().or(this::served);
    return evidence.modelList().stream()
        .flatMap(t -> t.models().stream())
        .filter(one -> !asked.equals(Optional.of(one)))
        .findFirst();
  }

  private Optional<String> served() {
    return evidence.modelList().stream().flatMap(t -> t.models().stream()).findFirst();
  }

  private String model() {
    return evidence.subject().model().or(this::served).map(Commands::harmless).orElse("MODEL");
  }

  private Map<String, String> ofTheEvidence() {
    Map<String, String> values = new HashMap<>();
    values.put(
        "shown",
        shown.stream()
            .findFirst()
            .map(trial -> commands.again(trial, model()))
            .orElseGet(() -> commands.api() + "/models" + commands.identity()));
    values.put(
        "wait",
        shown.stream()
            .flatMap(t -> t.retryAfter().stream())
            .findFirst()
            .map(Gaps::told)
            .orElse("a minute"));
    values.put(
        "key-header",
        shown.stream()
            .flatMap(t -> StrangerRules.nameOfOtherHeader(t).stream())
            .findFirst()
            .orElse("X-Api-Key"));
    Remedy.of(shown).ifPresent(step -> values.put("remedy", step));
    elsewhere().ifPresent(path -> values.put("found-there", commands.here(Setting.API_PATH, path)));
    List<String> paths =
        shown.stream().filter(t -> !t.good()).map(Trial::path).distinct().limit(4).toList();
    paths(false).ifPresent(lost -> values.put("lost", lost));
    paths(true).ifPresent(broke -> values.put("broke", broke));
    List<String> beside =
        paths.stream().filter(path -> !evidence.subject().surface().isApi(path)).toList();
    if (!beside.isEmpty()) {
      values.put("beside-v1", IN_GENERAL.get("beside-v1"));
    }
    shown.stream()
        .filter(t -> t.flow().isPresent() && t.totalMs() >= SHORTEST_WAIT_MS)
        .findFirst()
        .map(t -> String.format(Locale.ROOT, "%.0f s", t.totalMs() / 1000))
        .ifPresent(after -> values.put("broke-off", after));
    return values;
  }

  /** Where the API was found in place of the documented path, which may be meant so. */
  private Optional<String> elsewhere() {
    return Optional.ofNullable(evidence.clues().get(Clue.API_LIES_AT))
        .filter(path -> !evidence.subject().isTensormesh())
        .map(path -> path.isEmpty() ? "/" : Commands.address(path));
  }

  /** The paths that lead nowhere, or those on which the server itself breaks. */
  private Optional<String> paths(boolean broken) {
    return shown.stream()
        .filter(t -> !t.good() && broken == (t.is(500) && !t.voice().isForeign()))
        .map(Trial::path)
        .distinct()
        .limit(4)
        .map(Commands::address)
        .reduce((some, one) -> some + ", " + one);
  }

  private static String told(Duration wait) {
    return "as long as Retry-After says (" + Math.max(0, wait.toSeconds()) + " s)";
  }

  private Map<String, String> ofTheNetwork() {
    Optional<NetworkPicture> network = evidence.network();
    Map<String, String> values = new HashMap<>();
    values.put("each-address", eachAddress());
    String host = evidence.subject().base().getHost();
    network.flatMap(n -> TlsAdvice.of(n, host)).ifPresent(step -> values.put("tls-remedy", step));
    // An address has no place there, and openssl would send it all the same.
    values.put("sni", HostNames.isAddress(host) ? "" : " -servername " + Commands.address(host));
    values.putAll(ofThePin(host));
    values.put(
        "proxy",
        network.flatMap(NetworkPicture::proxy).map(p -> p.proxy().address()).orElse("the proxy"));
    values.put(
        "proxy-place",
        network.flatMap(NetworkPicture::proxy).map(p -> p.proxy().place()).orElse("PROXY:PORT"));
    network
        .flatMap(NetworkPicture::through)
        .ifPresent(p -> values.put("through", p.proxy().address()));
    network
        .flatMap(NetworkPicture::tls)
        .filter(TlsPicture::showsCertificate)
        .ifPresent(tls -> values.put("shown-certificate", "CLIENT.pem"));
    return values;
  }

  /** Where --resolve leads to a server with another name, its own names are a stranger's. */
  private Map<String, String> ofThePin(String host) {
    Subject subject = evidence.subject();
    if (!subject.origins().containsKey(Setting.RESOLVE)) {
      return Map.of("named", "as --host");
    }
    String pin =
        "Take "
            + host
            + " out of --resolve ("
            + commands.origin(Setting.RESOLVE)
            + "), or correct the address there: the server at it shows the certificate of another host.";
    return commands.isTyped(Setting.RESOLVE)
        ? Map.of("pin", pin, "unpinned", commands.here() + " --resolve ''")
        : Map.of("pin", pin);
  }

  /** One that works, and one that does not, asked by address and not by family. */
  private String eachAddress() {
    List<Contact> contacts = evidence.network().map(NetworkPicture::contacts).orElse(List.of());
    return Stream.of(true, false)
        .flatMap(dead -> contacts.stream().filter(c -> c.failure().isPresent() == dead).limit(1))
        .map(c -> c.isV6() ? "[" + c.address() + "]" : c.address())
        .map(a -> "--connect-to ::" + a + ": " + commands.base() + "/health")
        .reduce((a, b) -> a + "; curl -sS -m 10 " + b)
        .orElse(commands.base() + "/health");
  }

  /** Host, port where it is no default, and path. */
  private static String place(URI base, int without) {
    return Commands.address(base.getHost() + port(base, without) + path(base));
  }

  private static String port(URI uri, int without) {
    return uri.getPort() > 0 && uri.getPort() != without ? ":" + uri.getPort() : "";
  }

  private static String path(URI base) {
    return Optional.ofNullable(base.getRawPath()).orElse("");
  }
}
