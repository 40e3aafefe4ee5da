package dev.meshcheck.reports.cause;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Services that people take for an inference host, by what they say to paths that they do not have.
 */
enum KnownService {
  OBJECT_STORE(
      "an object store (S3, MinIO)",
      "<Code>(NoSuchBucket|AccessDenied|InvalidArgument|NoSuchKey|MethodNotAllowed)</Code>"),
  KUBERNETES(
      "the API of Kubernetes",
      "system:anonymous|\"kind\": ?\"Status\"|the server could not find the requested resource"),
  ANTHROPIC("an API in Anthropic's dialect", "x-api-key header is required|anthropic-version"),
  WIREMOCK("WireMock without a stub for it", "no stub mappings|Request was not matched"),
  ELASTICSEARCH(
      "Elasticsearch or OpenSearch",
      "no handler found for uri|index_not_found_exception|You Know, for Search"),
  PRISM("a mock server of an API description", "stoplight\\.io|NO_PATH_MATCHED_ERROR"),
  NPM("a registry of npm packages", "no such package available"),
  DOCKER("a registry of images", "repository name not known to registry"),
  GRAFANA("Grafana", "grafana");

  private final String words;
  private final Pattern says;

  KnownService(String words, String says) {
    this.words = words;
    this.says = Pattern.compile("(?i)" + says);
  }

  /** Whose answer that is, where it is one of these. */
  static Optional<KnownService> of(Trial trial) {
    for (KnownService service : values()) {
      if (service.says.matcher(trial.said()).find()) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  /** With an article, for people. */
  @Override
  public String toString() {
    return words;
  }
}
