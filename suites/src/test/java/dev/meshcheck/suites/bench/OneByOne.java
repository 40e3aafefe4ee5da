package dev.meshcheck.suites.bench;

import static io.restassured.RestAssured.given;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What people write by hand, for {@code bench/peers}: one test for each request, one by one. */
class OneByOne {

  private static final String REQUESTS = "meshcheck.bench.requests";

  /** Sends the requests of that file. */
  public static void main(String[] arguments) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(OneByOne.class)).build();
    System.setProperty(REQUESTS, arguments[0]);
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    System.out.printf(
        "%d passed, %d failed%n",
        summary.getSummary().getTestsSucceededCount(), summary.getSummary().getTestsFailedCount());
  }

  @TestFactory
  Stream<DynamicTest> requests() throws IOException {
    JsonNode all = new ObjectMapper().readTree(Path.of(System.getProperty(REQUESTS)).toFile());
    return StreamSupport.stream(all.spliterator(), false)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.at("/method").asText() + " " + one.at("/url").asText(), () -> send(one)));
  }

  private static void send(JsonNode one) {
    RequestSpecification specification = given().urlEncodingEnabled(false);
    one.at("/headers").forEach(h -> specification.header(h.get(0).asText(), h.get(1).asText()));
    if (one.has("body")) {
      specification.body(one.at("/body").asText());
    }
    specification
        .when()
        .request(one.at("/method").asText(), one.at("/url").asText())
        .then()
        .statusCode(one.at("/status").asInt());
  }
}
