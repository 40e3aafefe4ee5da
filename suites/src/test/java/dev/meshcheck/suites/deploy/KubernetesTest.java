package dev.meshcheck.suites.deploy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deployed to Kubernetes has no field that Kubernetes does not have, and is safe. */
class KubernetesTest {

  private static final Path DEPLOY = Path.of("../deploy/kubernetes");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The models take whatever they do not know for an addition; here that is a mistake. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated any) {
                  return false;
                }
              })
          .build();

  @Test
  void theNightIsSafeAndKeepsItsReports() throws IOException {
    CronJob job = read("base/cronjob.yaml", CronJob.class);
    assertEquals("Forbid", job.getSpec().getConcurrencyPolicy());
    PodSpec pod = night();
    assertEquals("Never", pod.getRestartPolicy());
    isSafe(pod);
    PersistentVolumeClaim reports = read("base/reports.yaml", PersistentVolumeClaim.class);
    assertThat(
        pod.getVolumes().stream()
            .flatMap(v -> Optional.ofNullable(v.getPersistentVolumeClaim()).stream())
            .map(claim -> claim.getClaimName())
            .toList(),
        hasItem(reports.getMetadata().getName()));
  }

  private static PodSpec night() throws IOException {
    CronJob job = read("base/cronjob.yaml", CronJob.class);
    return job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
  }

  private static PodSpec exporter() throws IOException {
    return read("exporter/deployment.yaml", Deployment.class).getSpec().getTemplate().getSpec();
  }

  @Test
  void keysComeFromASecretAndAreThoseOfTheTargets() throws IOException {
    keysAreThoseOf("base/targets.yaml", night());
    keysAreThoseOf("exporter/targets.yaml", exporter());
  }

  private static void keysAreThoseOf(String file, PodSpec pod) throws IOException {
    String targets = Files.readString(DEPLOY.resolve(file));
    Container container = pod.getContainers().get(0);
    for (EnvVar variable : container.getEnv()) {
      assertEquals(
          variable.getName(), variable.getValueFrom().getSecretKeyRef().getKey(), "its own key");
      assertThat(targets, containsString("${" + variable.getName() + "}"));
    }
  }

  @Test
  void theExporterIsSafeAndPrometheusFindsIt() throws IOException {
    Deployment deployment = read("exporter/deployment.yaml", Deployment.class);
    Service service = read("exporter/service.yaml", Service.class);
    PodSpec pod = exporter();
    isSafe(pod);
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
    assertEquals(labels, deployment.getSpec().getSelector().getMatchLabels());
    assertEquals(labels, service.getSpec().getSelector());
    Container container = pod.getContainers().get(0);
    ContainerPort port = container.getPorts().get(0);
    assertThat(container.getArgs(), hasItem("--port=" + port.getContainerPort()));
    assertEquals(port.getName(), service.getSpec().getPorts().get(0).getTargetPort().getStrVal());
    for (Probe probe : List.of(container.getReadinessProbe(), container.getLivenessProbe())) {
      assertEquals("/-/healthy", probe.getHttpGet().getPath());
      assertEquals(port.getName(), probe.getHttpGet().getPort().getStrVal());
    }
    JsonNode monitor = yaml("exporter/servicemonitor.yaml");
    assertEquals(
        service.getMetadata().getLabels(),
        new ObjectMapper().convertValue(monitor.at("/spec/selector/matchLabels"), Map.class));
  }

  /**
   * No registry has a model of what the Prometheus operator reads, so its fields are those of
   * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint.
   */
  @Test
  void everyEnvironmentOfTheExporterIsProbed() throws IOException {
    JsonNode monitor = yaml("exporter/servicemonitor.yaml");
    assertEquals("monitoring.coreos.com/v1", monitor.path("apiVersion").asText());
    assertEquals("ServiceMonitor", monitor.path("kind").asText());
    assertEquals(Set.of("selector", "endpoints"), names(monitor.path("spec")));
    String port =
        read("exporter/service.yaml", Service.class).getSpec().getPorts().get(0).getName();
    List<String> probed = new ArrayList<>();
    for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
      assertThat(
          names(endpoint),
          everyItem(
              is(oneOf("port", "path", "params", "interval", "scrapeTimeout", "relabelings"))));
      assertEquals(port, endpoint.path("port").asText());
      if (endpoint.path("path").asText().equals("/probe")) {
        String target = endpoint.at("/params/target/0").asText();
        probed.add(target);
        assertEquals(Set.of("target"), names(endpoint.path("params")));
        assertEquals(Set.of("targetLabel", "replacement"), names(endpoint.at("/relabelings/0")));
        assertEquals("instance", endpoint.at("/relabelings/0/targetLabel").asText());
        assertEquals(target, endpoint.at("/relabelings/0/replacement").asText());
      }
    }
    assertEquals(
        yaml("exporter/targets.yaml").path("environments").findValuesAsText("name"), probed);
  }

  private static Set<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  /** Kustomize itself is in no registry that the build knows, so its patches are applied here. */
  @Test
  void theShardedNightIsTheSameInFourParts() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode patched = yaml("base/cronjob.yaml");
    JsonNode overlay = yaml("sharded/kustomization.yaml");
    assertEquals("../base", overlay.at("/resources/0").asText());
    JsonNode operations = YAML.readTree(overlay.at("/patches/0/patch").asText());
    for (JsonNode one : operations) {
      assertEquals("add", one.path("op").asText());
      Patches.add(patched, one.path("path").asText(), one.path("value"));
    }
    CronJob job = STRICT.readValue(mapper.writeValueAsString(patched), CronJob.class);
    var spec = job.getSpec().getJobTemplate().getSpec();
    assertEquals("Indexed", spec.getCompletionMode());
    assertEquals(spec.getCompletions(), spec.getParallelism());
    // Kubernetes tells a pod its own index, but not of how many.
    assertThat(
        spec.getTemplate().getSpec().getContainers().get(0).getEnv().stream()
            .filter(variable -> variable.getName().equals("JOB_COMPLETIONS"))
            .map(EnvVar::getValue)
            .toList(),
        hasItem(spec.getCompletions().toString()));
  }

  @Test
  void everyFileThatKustomizeIsToldOfIsThere() throws IOException {
    for (String directory : List.of("base", "sharded", "exporter")) {
      JsonNode file = yaml(directory + "/kustomization.yaml");
      Stream<String> resources = texts(file.path("resources"));
      Stream<String> generated = texts(file.at("/configMapGenerator/0/files"));
      Stream.concat(resources, generated)
          .forEach(
              name ->
                  assertTrue(Files.exists(DEPLOY.resolve(directory).resolve(name)), () -> name));
      assertThat(
          texts(file.findPath("newTag")).toList(), everyItem(matchesPattern("\\d+\\.\\d+\\.\\d+")));
    }
  }

  @Test
  void aFieldThatKubernetesDoesNotHaveIsNoticed() throws IOException {
    String misspelled =
        YAML.writeValueAsString(yaml("base/cronjob.yaml"))
            .replace("readOnlyRootFilesystem", "readOnlyRootFileSystem");
    JsonNode tree = YAML.readTree(misspelled);
    JsonMappingException refused =
        assertThrows(
            JsonMappingException.class,
            () -> STRICT.readValue(new ObjectMapper().writeValueAsString(tree), CronJob.class));
    assertThat(refused.getMessage(), containsString("readOnlyRootFileSystem"));
  }

  private static void isSafe(PodSpec pod) {
    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertEquals(false, pod.getAutomountServiceAccountToken());
    for (Container container : pod.getContainers()) {
      assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
      assertEquals(false, container.getSecurityContext().getAllowPrivilegeEscalation());
      assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
      assertThat(container.getResources().getLimits().keySet(), hasItem("memory"));
      // A key in the arguments could be read by whoever may list pods.
      assertThat(container.getArgs(), everyItem(not(containsString("$("))));
    }
  }

  private static <T> T read(String file, Class<T> kind) throws IOException {
    return STRICT.readValue(new ObjectMapper().writeValueAsString(yaml(file)), kind);
  }

  private static JsonNode yaml(String file) throws IOException {
    return YAML.readTree(Files.readString(DEPLOY.resolve(file)));
  }

  private static Stream<String> texts(JsonNode list) {
    return Stream.concat(
        list.isTextual() ? Stream.of(list.asText()) : Stream.of(),
        list.valueStream().map(JsonNode::asText));
  }
}
