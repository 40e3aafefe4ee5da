package dev.meshcheck.reports.cause;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Services that people take for an inference host, by what each says to a path that it does not
 * have, or by the Server header. The words are those that {@link Trial#said} has of such an answer.
 */
enum KnownService {
  OBJECT_STORE(
      "an object store (S3, MinIO)",
      "<Code>(NoSuchBucket|AccessDenied|InvalidArgument|NoSuchKey|MethodNotAllowed)</Code>"),
  KUBERNETES(
      "the API of Kubernetes",
      "User \"system:anonymous\" cannot|the server could not find the requested resource"),
  ANTHROPIC("an API in Anthropic's dialect", "^x-api-key header is required"),
  WIREMOCK("WireMock without a stub for it", "no stub mappings|Request was not matched"),
  ELASTICSEARCH("Elasticsearch or OpenSearch", "^no handler found for uri"),
  TENSORFLOW_SERVING(
      "TensorFlow Serving, which has an API of its own",
      "^(Malformed request: (GET|POST) /|Missing model name in request\\.?$)"),
  TORCHSERVE(
      "TorchServe, which has an API of its own",
      "^Requested resource is not found, please refer to API document"),
  RAY_SERVE(
      "Ray Serve without an application at this path",
      "^Path '[^']{0,200}' not found\\. Please ping"),
  PRISM("a mock server of an API description", "hasn't been found in the specification file"),
  NPM("a registry of npm packages", "^no such package available"),
  AIRPLAY("the AirPlay receiver of macOS, which takes ports 5000 and 7000", "^Server: AirTunes"),
  NOTEBOOKS(
      "Jupyter, or another web application with a login page",
      "'_xsrf' argument missing|^Server: TornadoServer");

  private final String words;
  private final Pattern says;

  KnownService(String words, String says) {
    this.words = words;
    this.says = Pattern.compile("(?i)" + says);
  }

  /** Who gave that answer, where it is one of these. */
  static Optional<KnownService> of(Trial t) {
    if (t.has(Mark.KUBERNETES)) {
      return Optional.of(KUBERNETES);
    }
    // Whoever words errors as an inference host does may be one, whatever it is built with.
    Optional<String> server = t.voice().server().filter(s -> t.voice().isForeign());
    return of(t.said()).or(() -> server.flatMap(KnownService::of));
  }

  /** Who words an answer like that, where it is one of these. */
  static Optional<KnownService> of(String said) {
    return Arrays.stream(values()).filter(one -> one.says.matcher(said).find()).findFirst();
  }

  /** With an article, for people. */
  @Override
  public String toString() {
    return words;
  }
}
