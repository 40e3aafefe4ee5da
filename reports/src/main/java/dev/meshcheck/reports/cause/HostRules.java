package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.network.NetworkPicture;
import dev.meshcheck.fixtures.network.ProxyPicture;
import dev.meshcheck.fixtures.settings.HostNames;
import dev.meshcheck.fixtures.surface.RouteName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Causes that lie in who answers: the wrong host, or something in front of the right one. */
final class HostRules {

  /** Who sends elsewhere for good, to no login, is a web site. */
  private static final Pattern LOGIN =
      Pattern.compile("(?i)(log-?in|sign-?(in|on)|auth|sso|saml|portal|captive|hotspot|account)");

  private static final Pattern BROWSED = Pattern.compile("https?", Pattern.CASE_INSENSITIVE);

  private static final Pattern OTHER_PROVIDERS =
      Pattern.compile(
          "^(api\\.openai\\.com|api\\.anthropic\\.com|.*\\.openai\\.azure\\.com|api\\.groq\\.com|"
              + "openrouter\\.ai|api\\.together\\.(ai|xyz)|api\\.fireworks\\.ai|api\\.mistral\\.ai|"
              + "api\\.deepseek\\.com|generativelanguage\\.googleapis\\.com|.*\\.huggingface\\.co)");

  static final Map<String, Rule> ALL =
      Map.of(
          "host-is-control-plane", HostRules::controlPlane,
          "control-plane-is-inference-host", HostRules::inferenceHost,
          "proxy-answers-instead", HostRules::proxy,
          "host-is-captive-portal", HostRules::portal,
          "host-redirects", HostRules::redirects,
          "host-is-other-provider", HostRules::otherProvider,
          "host-is-ingress-default", HostRules::ingress,
          "base-url-wrong-prefix", HostRules::wrongPrefix,
          "host-is-web-page", HostRules::webPage,
          "vllm-without-gateway", HostRules::vllm);

  private HostRules() {}

  private static Finding controlPlane(Evidence e) {
    if (e.subject().isControlPlane()) {
      return Finding.ruledOut("the control plane is what is expected here");
    }
    Predicate<Trial> speaks = t -> t.has(Mark.CONTROL_PLANE_ERROR);
    // Gateways in the same framework ask for a key in these words, too; only a path tells them
    // apart.
    Predicate<Trial> lacks = speaks.and(t -> !t.is(400, 401, 403, 429));
    if (!e.apiAnswers() && e.any(lacks)) {
      return Finding.found(0.95, e.lines(speaks), speaks);
    }
    return unlessSilent(
        e,
        e.any(speaks) && !e.any(lacks)
            ? "what is worded as the control plane's errors says nothing of paths"
            : "no error is worded as the control plane's");
  }

  private static Finding inferenceHost(Evidence e) {
    if (!e.subject().isControlPlane()) {
      return Finding.SILENT;
    }
    Predicate<Trial> speaks =
        t ->
            t.has(Mark.FRAMEWORK_404)
                || t.has(Mark.MODEL_LIST)
                || (t.has(Mark.API_ERROR) && t.is(404));
    return e.any(speaks)
        ? Finding.found(0.9, e.lines(speaks), speaks)
        : unlessSilent(e, "it answers as a control plane does");
  }

  private static Finding proxy(Evidence e) {
    Predicate<Trial> marked = t -> t.has(Mark.PROXY);
    boolean straight = e.network().filter(n -> n.through().isEmpty()).isPresent();
    if (straight && e.any(marked) && e.where(marked).stream().allMatch(t -> t.is(502, 503, 504))) {
      return Finding.ruledOut("what a proxy's program says is that nobody answers it");
    }
    if (e.any(marked)) {
      return Finding.found(0.95, e.lines(marked), marked);
    }
    // What is named as a proxy, and is a web server, answers requests for any host itself.
    Optional<ProxyPicture> through = e.network().flatMap(NetworkPicture::through);
    boolean readable = e.subject().base().getScheme().equals("http");
    // A front that is named, or handed on by Via, is the host's.
    Predicate<Trial> page =
        t ->
            t.isPage()
                || t.has(Mark.DEFAULT_404)
                || (t.is(502, 503, 504) && !t.voice().namesProxy());
    if (through.isPresent()
        && readable
        && !gets(e).isEmpty()
        && !e.apiAnswers()
        && gets(e).stream().allMatch(page)) {
      List<String> lines = new ArrayList<>(e.lines(page));
      lines.add("requests go through " + through.get().proxy() + ", which may answer itself");
      return Finding.found(0.7, lines, page);
    }
    return unlessSilent(e, "no answer has the marks of a proxy");
  }

  /** Whether a proxy of the user's may be who says all of that, for nobody else says anything. */
  static boolean mayBeOfTheProxy(Evidence e, Predicate<Trial> says) {
    return e.network().flatMap(NetworkPicture::through).isPresent()
        && e.subject().base().getScheme().equals("http")
        && e.where(t -> t.status().isPresent()).stream()
            .allMatch(t -> says.test(t) && !t.voice().namesProxy());
  }

  private static Finding portal(Evidence e) {
    Predicate<Trial> caught =
        t ->
            t.has(Mark.PORTAL)
                || t.location()
                    .filter(l -> isBrowsed(l) && !isHere(e, l) && !keeps(t, l))
                    .filter(l -> !t.is(301, 308) || LOGIN.matcher(l.toString()).find())
                    .isPresent();
    Predicate<Trial> told = caught.and(t -> !isBeforeTheDoor(e, t) && !isBesideTheApi(e, t));
    return e.any(told)
        ? Finding.found(0.85, located(e, told), told)
        : unlessSilent(e, "nothing redirects to a login page elsewhere");
  }

  private static Finding redirects(Evidence e) {
    Predicate<Trial> sentOn =
        t ->
            t.location().isPresent()
                && t.route().isPresent()
                && !isBeforeTheDoor(e, t)
                && !isBesideTheApi(e, t);
    return e.any(sentOn)
        ? Finding.found(0.9, located(e, sentOn), sentOn)
        : unlessSilent(e, "nothing is redirected");
  }

  /**
   * Who answers on the routes of the API may have /health with a slash behind it, or for people.
   */
  static boolean isBesideTheApi(Evidence e, Trial t) {
    boolean answers = e.any(Trial::provesApi) || e.apiAnswers();
    return answers
        && t.route().stream().noneMatch(route -> e.subject().surface().isApi(route.path()));
  }

  /** Some send whoever shows no key to their documentation, and answer a key as the API does. */
  private static boolean isBeforeTheDoor(Evidence e, Trial t) {
    return t.key() == Sent.NONE && e.any(o -> o.key() != Sent.NONE && Evidence.isOfApi(o));
  }

  private static List<String> located(Evidence e, Predicate<Trial> which) {
    return e.where(which).stream()
        .map(t -> t + t.location().map(l -> ", to " + place(l) + amiss(e, t, l)).orElse(""))
        .distinct()
        .limit(4)
        .toList();
  }

  /** Without its query, which may hold a session. */
  private static String place(URI location) {
    return location.toString().replaceFirst("[?#].*", "");
  }

  /** What is wrong with a redirect, by its looks alone. */
  private static String amiss(Evidence e, Trial trial, URI location) {
    URI base = e.subject().base();
    String path = Optional.ofNullable(location.getRawPath()).orElse("");
    if (isHere(e, location) && LOGIN.matcher(path).find()) {
      return ", where people log in, and programs cannot";
    }
    String slash =
        path.equals(base.getRawPath() + trial.path() + "/")
            ? ", the same path with a slash behind it"
            : "";
    if (!isHere(e, location)) {
      return slash
          + (HostNames.isPublic(location.getHost())
              ? ""
              : ", a name that is known inside another network only");
    }
    if (location.toString().equals(base + trial.path())) {
      return ", which is where it came from";
    }
    boolean clear = base.getScheme().equals("https") && !location.getScheme().equals("https");
    boolean port = location.getPort() != base.getPort();
    return slash + (clear ? ", out of TLS" : port ? ", another port of this host" : "");
  }

  /** A login page is for a browser. */
  private static boolean isBrowsed(URI location) {
    return BROWSED.matcher(Optional.ofNullable(location.getScheme()).orElse("")).matches();
  }

  private static boolean isHere(Evidence e, URI location) {
    return location.getHost() == null
        || location.getHost().equalsIgnoreCase(e.subject().base().getHost());
  }

  /** Whether the redirect is to the same route, as that of an API that has moved. */
  private static boolean keeps(Trial trial, URI location) {
    String path = Optional.ofNullable(location.getRawPath()).orElse("");
    return !lastPart(path).isEmpty() && lastPart(path).equals(lastPart(trial.path()));
  }

  /** Slashes at the end, and what stands before the route, may come and go. */
  private static String lastPart(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  private static Finding otherProvider(Evidence e) {
    if (!e.subject().isTensormesh()) {
      return Finding.ruledOut("any OpenAI-compatible host is fine here");
    }
    String host = e.subject().base().getHost();
    if (OTHER_PROVIDERS.matcher(host).matches()) {
      return Finding.found(1, List.of(host + " is the host of another provider"), t -> true);
    }
    Predicate<Trial> marked = t -> t.has(Mark.OTHER_PROVIDER);
    Optional<Trial> mine = e.withKey(Sent.CONFIGURED).filter(t -> !t.good());
    Optional<Trial> madeUp = e.withKey(Sent.UNKNOWN).filter(t -> t.status().isPresent());
    if (mine.isPresent() && madeUp.filter(t -> !t.like(mine.get())).isPresent()) {
      return Finding.ruledOut("the host tells your key from a made-up one: " + mine.get());
    }
    return e.any(marked)
        ? Finding.found(0.8, e.lines(marked), marked)
        : unlessSilent(e, "neither name nor headers are those of another provider");
  }

  private static Finding ingress(Evidence e) {
    List<Trial> gets = gets(e);
    boolean all = gets.stream().allMatch(t -> t.has(Mark.DEFAULT_404));
    // Where chat is answered, what is not forwarded are single paths.
    List<String> lines = new ArrayList<>(e.lines(gets::contains));
    Optional.ofNullable(e.clues().get(Clue.FRONT_PAGE)).ifPresent(lines::add);
    return !gets.isEmpty() && all && !e.apiAnswers()
        ? Finding.found(0.9, lines, t -> t.has(Mark.DEFAULT_404))
        : unlessSilent(
            e, "not every path is answered with an ingress's own 404, or the API answers");
  }

  private static Finding wrongPrefix(Evidence e) {
    if (e.subject().isControlPlane()) {
      return Finding.SILENT;
    }
    String root = e.clues().get(Clue.ROOT_ANSWERS);
    List<Trial> gets = gets(e);
    String prefix = e.clues().get(Clue.PREFIX_ANSWERS);
    // The same words to every path, in the API's own dialect, are those of nobody at home.
    boolean none =
        gets.size() > 1
            && gets.stream().allMatch(t -> t.is(404) && t.like(gets.get(0)))
            && gets.stream().allMatch(t -> t.has(Mark.FRAMEWORK_404) || t.has(Mark.API_ERROR))
            && gets.stream().noneMatch(t -> t.has(Mark.ABOUT_USER) || t.has(Mark.ABOUT_MODEL))
            // Who asks for a key, or for a body, at a path below it has the path.
            && !e.any(
                t ->
                    t.method().equals("POST") && t.is(400, 401, 403, 422) && t.has(Mark.API_ERROR));
    if (root == null && prefix == null && !none) {
      boolean exists =
          e.any(
              t ->
                  t.route().isPresent()
                      && t.status().isPresent()
                      && !t.is(404)
                      && (t.good() || !t.voice().isForeign()));
      return unlessSilent(
          e,
          exists
              ? "a documented path exists below " + e.subject().base()
              : "nothing says that the API is at another path");
    }
    List<String> lines = new ArrayList<>(e.lines(gets::contains));
    Optional.ofNullable(root).ifPresent(lines::add);
    Optional.ofNullable(prefix).ifPresent(lines::add);
    gets.stream()
        .filter(t -> prefix == null && root == null && t.voice().namesProxy())
        .findFirst()
        .ifPresent(
            t ->
                lines.add(
                    "%s stands in between, and may pass on another path than the one that came"
                        .formatted(t.voice().told())));
    boolean seen = root != null || prefix != null;
    return Finding.found(seen ? 0.95 : 0.7, lines, t -> t.is(401, 403) || t.isNowhere());
  }

  private static Finding webPage(Evidence e) {
    // A page with 403 may be a firewall's, and one with 500 a proxy's.
    Predicate<Trial> page = t -> t.isPage() && (t.successful() || t.is(404));
    // One page may be that of a path which is not passed on.
    List<Trial> gets = gets(e);
    List<Trial> telling = gets.stream().filter(t -> !t.on(RouteName.HEALTH)).toList();
    // Web applications have a health check of their own, and take no POST where they have a page.
    Predicate<Trial> noPost = page.or(t -> t.is(400, 403, 404, 405, 501));
    List<Trial> posts = e.where(t -> t.method().equals("POST") && t.status().isPresent());
    boolean application = !posts.isEmpty() && posts.stream().allMatch(noPost);
    boolean all =
        !telling.isEmpty()
            && telling.stream().allMatch(page)
            && (gets.stream().allMatch(page) || application);
    // Through a proxy, it may also be he who answers.
    boolean straight = e.network().flatMap(NetworkPicture::through).isEmpty();
    List<String> lines = new ArrayList<>(e.lines(page));
    lines.addAll(
        e.lines(posts::contains).stream().filter(l -> !lines.contains(l)).limit(1).toList());
    return all && !e.apiAnswers()
        ? Finding.found(straight ? 0.85 : 0.6, lines, t -> page.test(t) || posts.contains(t))
        : unlessSilent(e, "the API's paths are answered with something else than pages");
  }

  private static Finding vllm(Evidence e) {
    Predicate<Trial> open = t -> t.guarded() && t.key() == Sent.NONE && t.good();
    boolean named = e.any(t -> t.has(Mark.VLLM));
    if (!e.subject().isTensormesh() || !named || !e.any(open)) {
      return unlessSilent(
          e, named ? "vLLM is behind a gateway that asks for a key" : "nothing says vLLM");
    }
    return Finding.found(
        0.95, e.lines(t -> open.test(t) || (t.has(Mark.MODEL_LIST) && t.key() == Sent.NONE)), open);
  }

  private static List<Trial> gets(Evidence e) {
    return e.where(
        t -> t.method().equals("GET") && t.route().isPresent() && t.status().isPresent());
  }

  /** Whether anything is known of who answers. */
  private static Finding unlessSilent(Evidence e, String because) {
    return e.any(t -> t.status().isPresent()) ? Finding.ruledOut(because) : Finding.SILENT;
  }
}
