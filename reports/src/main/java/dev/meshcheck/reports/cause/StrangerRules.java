package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.surface.RouteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who answers is somebody else, or wants something that no such API asks for. */
final class StrangerRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "api-not-here", StrangerRules::notHere,
          "speaks-http2-only", StrangerRules::http2Only,
          "under-maintenance", StrangerRules::maintenance,
          "request-head-too-large", StrangerRules::headTooLarge,
          "key-in-other-header", StrangerRules::otherHeader);

  /** What is said of an answer that begins so. */
  private static final String FRAMES = "frames of HTTP/2";

  private static final Pattern MAINTENANCE =
      Pattern.compile(
          "(?i)\\b(maintenance|be right back|back (soon|shortly)|temporarily (down|offline|closed)"
              + "|planned (outage|downtime)|scheduled downtime|wartung(s\\w*|en)?|mantenimiento|manuten[cçz]\\w*"
              + "|onderhoud|underhåll|konserwacj\\w*|bakım)\\b|\u30e1\u30f3\u30c6\u30ca\u30f3\u30b9|\u7ef4\u62a4|\u7dad\u8b77|\uc810\uac80"
              + "|\u0442\u0435\u0445\u043d\u0438\u0447\u0435\u0441\u043a\\S* (\u0440\u0430\u0431\u043e\u0442|\u043e\u0431\u0441\u043b\u0443\u0436)");

  private static final Pattern HEAD_TOO_LARGE =
      Pattern.compile(
          "(?i)(request )?header( or cookie|s| fields?)? (is |are |fields )?too (large|big|long)");

  private static final Pattern OTHER_HEADER =
      Pattern.compile(
          "(?i)(x-api-?key|\\bapi-key header|ocp-apim-subscription-key|x-goog-api-key|\\bapikey header)");

  private static final Pattern CHALLENGE_NAME = Pattern.compile("\\bname=\"([\\w-]{1,40})\"");

  /**
   * The words of Kong's plugin, whose header is apikey where nobody names another.
   *
   * @see <a href="https://docs.konghq.com/hub/kong-inc/key-auth/">Key Authentication</a>
   */
  private static final Pattern NO_KEY_OF_KONG = Pattern.compile("^No API key found in request");

  /** Firewalls say so with 200 as well. */
  private static final Pattern REFUSES =
      Pattern.compile(
          "(?i)\\b(denied|forbidden|blocked|rejected|not (allowed|permitted)|unauthori[sz]ed)\\b");

  private static final String CADDY = "Server: Caddy";

  private StrangerRules() {}

  /**
   * What would refute it: one answer in a dialect of inference hosts, or refusals that say that
   * somebody looks at who asks.
   */
  private static Finding notHere(Evidence e) {
    List<Trial> answered = e.where(t -> t.status().isPresent() && t.route().isPresent());
    boolean elsewhere =
        Stream.of(Clue.PREFIX_ANSWERS, Clue.ROOT_ANSWERS, Clue.PATH_CHANGED)
            .anyMatch(e.clues()::containsKey);
    if (elsewhere) {
      return Finding.ruledOut("the API is here, at another path");
    }
    boolean api = e.any(t -> t.has(Mark.MODEL_LIST) || (t.method().equals("POST") && t.good()));
    if (answered.isEmpty() || api) {
      return api ? Finding.ruledOut("inference hosts answer like that") : Finding.SILENT;
    }
    // Anthropic has chat in this dialect beside its own, and a list of models in its own alone.
    boolean chat =
        answered.stream()
            .filter(t -> t.method().equals("POST"))
            .noneMatch(t -> t.isNowhere() && !t.has(Mark.ABOUT_MODEL));
    Optional<KnownService> known =
        answered.stream()
            .flatMap(t -> KnownService.of(t).stream())
            .filter(who -> who != KnownService.ANTHROPIC || !chat)
            .findFirst();
    // With nothing at all behind it, it is an ingress; a list alone that is missing says little.
    boolean looked =
        answered.stream().anyMatch(Trial::good)
            && answered.stream().anyMatch(t -> t.method().equals("POST"));
    boolean healthy = answered.stream().anyMatch(t -> t.on(RouteName.HEALTH) && t.good());
    // Anything may pass for a good health check.
    Predicate<Trial> absent =
        t ->
            ((t.is(404, 405, 501) && !t.has(Mark.CHALLENGED))
                    || (t.is(400) && t.said().equalsIgnoreCase("not found"))
                    || t.has(Mark.UNKNOWN_PATH)
                    || isUnknownToAmazon(t))
                // An application in the framework of inference servers need be none.
                && (t.voice().isForeign() || (healthy && t.has(Mark.FRAMEWORK_404)))
                && (!t.has(Mark.DEFAULT_404) || looked);
    boolean nothing =
        answered.stream().anyMatch(absent)
            && answered.stream().filter(t -> !t.good()).allMatch(absent)
            && answered.stream().filter(Trial::good).allMatch(t -> t.said().isEmpty());
    String other = e.clues().get(Clue.OTHER_PROTOCOL);
    boolean blind = looksAtNoPath(answered);
    if (known.isEmpty() && !nothing && other == null && !blind) {
      return Finding.ruledOut("not every path is answered as one that is not there");
    }
    List<String> lines = new ArrayList<>();
    if (blind) {
      lines.add("whatever path is asked for, the answer is the same:");
      answered.stream()
          .filter(t -> t.has(Mark.NO_BODY) && t.voice().server().filter(CADDY::equals).isPresent())
          .findFirst()
          .ifPresent(
              t ->
                  lines.add("so does Caddy with a path that no block of its configuration is for"));
    }
    Optional.ofNullable(other).ifPresent(lines::add);
    Optional.ofNullable(e.clues().get(Clue.FRONT_PAGE)).ifPresent(lines::add);
    known.ifPresent(who -> lines.add("so answers " + who + ":"));
    if (known.isEmpty()
        && answered.stream()
            .filter(absent)
            .anyMatch(t -> t.has(Mark.FRAMEWORK_404) && t.has(Mark.VLLM))) {
      lines.add(
          "a web application in the framework that inference servers are built with, and without their routes; vLLM's"
              + " demonstration server (vllm.entrypoints.api_server) is one");
    }
    boolean amazon = e.any(StrangerRules::isUnknownToAmazon);
    if (amazon) {
      lines.add(
          "so answers Amazon's API Gateway to a path that it does not have, often since its stage is missing in the"
              + " address, as /prod, and where requests have to be signed:");
    }
    Predicate<Trial> shown =
        t -> answered.contains(t) && (blind || !t.good() || t.has(Mark.KUBERNETES));
    lines.addAll(e.lines(shown));
    boolean named = known.isPresent() || other != null;
    return Finding.found(named ? 0.95 : blind ? 0.9 : amazon ? 0.75 : 0.8, lines, shown);
  }

  /**
   * Whatever the words say, they are said of paths and methods that nobody has set up, too.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">MISSING_AUTHENTICATION_TOKEN</a>
   */
  static boolean isUnknownToAmazon(Trial t) {
    return t.is(403) && t.said().equals("Missing Authentication Token");
  }

  /**
   * Whether every GET gets one and the same answer, which is no page and no list of models, and
   * every POST the same or none. What would refute it: words of a firewall, or one other answer.
   */
  private static boolean looksAtNoPath(List<Trial> answered) {
    List<Trial> gets = answered.stream().filter(t -> t.method().equals("GET")).toList();
    boolean nothing = answered.stream().allMatch(t -> t.successful() && isEmpty(t));
    Predicate<Trial> same =
        t -> t.like(gets.get(0)) && t.successful() && !t.isPage() && !t.voice().print().isEmpty();
    if (nothing) {
      return answered.size() > gets.size() && gets.stream().anyMatch(t -> t.has(Mark.NO_BODY));
    }
    return answered.size() > gets.size()
        && gets.stream().map(Trial::path).distinct().count() > 1
        && gets.stream().anyMatch(t -> t.has(Mark.MISFIT))
        && gets.stream().allMatch(same)
        && answered.stream().noneMatch(t -> t.has(Mark.HIDDEN_ERROR) || t.has(Mark.WRAPPED))
        && answered.stream().allMatch(t -> t.is(404, 405, 501) || same.test(t))
        && !MAINTENANCE.matcher(gets.get(0).voice().print()).find()
        && !REFUSES.matcher(gets.get(0).voice().print()).find();
  }

  private static boolean isEmpty(Trial t) {
    return t.has(Mark.NO_BODY)
        || (t.on(RouteName.HEALTH) && t.voice().dialect() == Voice.Dialect.SILENT);
  }

  /** What would refute it: one answer over HTTP/1.1. */
  private static Finding http2Only(Evidence e) {
    Predicate<Trial> closed = t -> t.noAnswer().isPresent() && t.route().isPresent();
    Predicate<Trial> framed = t -> closed.test(t) && t.said().contains(FRAMES);
    String answered = e.clues().get(Clue.ANSWERS_HTTP2);
    if (e.any(t -> t.status().isPresent())) {
      return Finding.ruledOut("requests are answered over HTTP/1.1");
    }
    if (answered == null && !e.any(framed)) {
      return Finding.SILENT;
    }
    List<String> lines = new ArrayList<>(e.lines(closed));
    Optional.ofNullable(answered).ifPresent(lines::add);
    return Finding.found(answered == null ? 0.9 : 0.95, lines, closed);
  }

  private static Finding maintenance(Evidence e) {
    // Whoever asks for a key is open, and may announce what comes.
    Predicate<Trial> says =
        t ->
            !t.good()
                && t.route().isPresent()
                && !t.is(401)
                && !t.has(Mark.NO_UPSTREAM)
                && !(t.is(403) && t.has(Mark.ABOUT_KEY))
                && MAINTENANCE.matcher(t.said()).find();
    if (!e.any(says)) {
      return ServiceRules.answered(e, "no answer speaks of maintenance");
    }
    List<String> lines = new ArrayList<>(e.lines(says));
    e.where(says).stream()
        .flatMap(t -> t.retryAfter().stream())
        .findFirst()
        .ifPresent(d -> lines.add("Retry-After asks for " + d.toSeconds() + " seconds"));
    return Finding.found(0.9, lines, says);
  }

  private static Finding headTooLarge(Evidence e) {
    Predicate<Trial> says =
        t -> t.is(431) || (t.is(400, 413, 494) && HEAD_TOO_LARGE.matcher(t.said()).find());
    return e.any(says)
        ? Finding.found(0.95, e.lines(says), says)
        : withALongKey(e)
            .orElseGet(() -> ServiceRules.answered(e, "no answer says that headers are too large"));
  }

  /** What would refute it: one other answer with the key, or the same one without it. */
  private static Optional<Finding> withALongKey(Evidence e) {
    boolean isLong = e.subject().key().filter(KeyForm::isLong).isPresent();
    List<Trial> mine = e.where(t -> t.key() == Sent.CONFIGURED && t.route().isPresent());
    List<Trial> others = e.where(t -> t.key() != Sent.CONFIGURED && t.status().isPresent());
    Predicate<Trial> refuses =
        t -> t.is(400, 413, 414, 500, 502) && t.voice().isForeign() && t.like(mine.get(0));
    if (!isLong
        || mine.size() < 2
        || others.isEmpty()
        || !mine.stream().allMatch(refuses)
        || others.stream().anyMatch(refuses)) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "your key has more than %,d characters, and all requests with it fare alike:"
            .formatted(KeyForm.LONG));
    lines.addAll(e.lines(refuses).stream().limit(3).toList());
    lines.add("while " + others.get(others.size() - 1));
    return Optional.of(Finding.found(0.9, lines, refuses));
  }

  /** What would refute it: that the key is taken as it was sent. */
  private static Finding otherHeader(Evidence e) {
    Predicate<Trial> says = t -> t.key() == Sent.CONFIGURED && asksForOtherHeader(t);
    if (!e.any(says) || e.accepted()) {
      return ServiceRules.answered(e, "no answer asks for the key in another header");
    }
    List<String> lines = new ArrayList<>(e.lines(says));
    e.first(says.and(StrangerRules::challengesOtherwise))
        .ifPresent(
            t ->
                lines.add(
                    "the key was sent as Bearer, and what is asked for is "
                        + t.voice().challenge().orElse("another")));
    boolean named = e.any(says.and(StrangerRules::namesOtherHeader));
    return Finding.found(named ? 0.9 : 0.8, lines, says);
  }

  /** Whether a refusal looks for the key in a header that is not Authorization. */
  static boolean asksForOtherHeader(Trial t) {
    return namesOtherHeader(t) || challengesOtherwise(t);
  }

  private static boolean namesOtherHeader(Trial t) {
    return t.is(400, 401, 403) && OTHER_HEADER.matcher(t.said()).find();
  }

  /** Of a wrong key it would not say that it is missing. */
  private static boolean challengesOtherwise(Trial t) {
    return t.is(401, 403)
        && t.key() == Sent.CONFIGURED
        && t.has(Mark.MISSING)
        && t.voice().wantsKeyOtherwise();
  }

  /** The name of that header, where the refusal tells it. */
  static Optional<String> nameOfOtherHeader(Trial t) {
    Matcher challenge = CHALLENGE_NAME.matcher(t.voice().challenge().orElse(""));
    Matcher words = OTHER_HEADER.matcher(t.said());
    return challenge.find()
        ? Optional.of(challenge.group(1))
        : words.find()
            ? Optional.of(words.group().replaceFirst("(?i) header$", ""))
            : Optional.of("apikey").filter(name -> NO_KEY_OF_KONG.matcher(t.said()).find());
  }
}
