package dev.meshcheck.suites.deploy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
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
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    PodSpec pod = job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
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

  @Test
  void keysComeFromASecretAndAreThoseOfTheTargets() throws IOException {
    String targets = Files.readString(DEPLOY.resolve("base/targets.yaml"));
    CronJob job = read("base/cronjob.yaml", CronJob.class);
    Container container =
        job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getContainers().get(0);
    for (EnvVar variable : container.getEnv()) {
      assertEquals(
          variable.getName(), variable.getValueFrom().getSecretKeyRef().getKey(), "its own key");
      assertThat(targets, containsString("${" + variable.getName() + "}"));
    }
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
    for (String directory : List.of("base", "sharded")) {
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
