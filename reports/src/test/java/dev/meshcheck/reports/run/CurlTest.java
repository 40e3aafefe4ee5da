package dev.meshcheck.reports.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.fixtures.exchange.Exchange;
import dev.meshcheck.fixtures.exchange.Headers;
import dev.meshcheck.fixtures.exchange.Redactor;
import dev.meshcheck.fixtures.exchange.Request;
import dev.meshcheck.fixtures.settings.Passage;
import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.Target;
import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.ReportJson;
import dev.meshcheck.reports.outcome.Reason;
import dev.meshcheck.reports.outcome.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest {

  private final Target target = Samples.target("on-demand");
  private final Target controlPlane = Samples.target("control-plane");
  private final Curl curl =
      new Curl(
          new Redactor(List.of(Samples.KEY, Samples.TOKEN)),
          List.of(
              new PlannedTarget(target, List.of()), new PlannedTarget(controlPlane, List.of())));

  /** In a night, the key of an environment comes from a variable that its file names. */
  @Test
  void aKeyOfATargetsFileIsCalledAsThereEverywhere() {
    Target one = Samples.target("openai-compatible").withName("one");
    Exchange refused =
        Samples.exchange("e1", one, Samples.chat(one), Samples.json(401, "{\"error\": {}}"));
    Verdict verdict = Samples.failed("chat.answers", one, Reason.UNAUTHORIZED, refused);
    RunPlan plan = Samples.plan(false, List.of(verdict));
    PlannedTarget planned =
        new PlannedTarget(
            one,
            "eu",
            List.of(),
            Map.of(Setting.INFERENCE_KEY, "from targets.yaml:14 (EU_KEY)"),
            Passage.PLAIN);
    RunLog log =
        RunLog.start(
            new RunPlan(
                plan.id(),
                plan.startedAt(),
                plan.selection(),
                plan.parallelism(),
                plan.strict(),
                plan.catalogue(),
                plan.settings(),
                List.of(planned),
                plan.checks()),
            new Redactor(List.of(Samples.KEY)),
            List.of());
    log.judged(verdict);

    String told = ReportJson.write(log.finish(Samples.START.plusSeconds(3)));

    assertTrue(told.contains("$EU_KEY"), told);
    assertFalse(told.contains("TENSORMESH_INFERENCE_API_KEY"), told);
  }

  @Test
  void aPost() {
    assertEquals(
        "curl -sS -X POST 'https://on-demand.example/v1/chat/completions'"
            + " -H \"Authorization: Bearer $TENSORMESH_INFERENCE_API_KEY\""
            + " -H \"X-User-Id: $TENSORMESH_USER_ID\""
            + " -H 'Content-Type: application/json'"
            + " --data '{\"model\": \"org/model\", \"messages\": []}'",
        curl.line(Samples.chat(target)));
  }

  @Test
  void aGetOfTheControlPlane() {
    assertEquals(
        "curl -sS 'https://control-plane.example/auth/profile'"
            + " -H \"Authorization: Bearer $TENSORMESH_CONTROL_PLANE_TOKEN\"",
        curl.line(Samples.get(controlPlane, "/auth/profile")));
  }

  @Test
  void aStreamIsNotBuffered() {
    assertTrue(curl.line(Samples.chat(target).asStream()).startsWith("curl -sS -N -X POST "));
  }

  @Test
  void theCredentialThatWasSentIsTheOneNamed() {
    // The access token at the gateway: the variable is that of the token.
    assertTrue(
        line("Bearer " + Samples.TOKEN).contains("Bearer $TENSORMESH_CONTROL_PLANE_TOKEN\""));
    assertTrue(line(Samples.KEY).endsWith(" -H \"Authorization: $TENSORMESH_INFERENCE_API_KEY\""));
  }

  @Test
  void anAlmostRightKeyIsMadeFromTheRightOne() {
    assertTrue(
        line("Bearer " + Samples.KEY + "x")
            .endsWith(" -H \"Authorization: Bearer ${TENSORMESH_INFERENCE_API_KEY}x\""));
    assertTrue(
        line("Bearer " + Samples.KEY.toUpperCase(java.util.Locale.ROOT))
            .endsWith("Bearer $(echo $TENSORMESH_INFERENCE_API_KEY | tr a-z A-Z)\""));
    assertTrue(line("Bearer").endsWith(" -H 'Authorization: Bearer'"));
  }

  @Test
  void everyOtherCredentialIsAPlaceholder() {
    assertTrue(line("Bearer made-up").endsWith(" -H 'Authorization: Bearer wrong-key'"));
    assertTrue(line("Basic abc").endsWith(" -H 'Authorization: Basic wrong-key'"));
    assertTrue(line("made-up").endsWith(" -H 'Authorization: wrong-key'"));
    assertTrue(line("Bearer ").endsWith(" -H 'Authorization: Bearer '"));
  }

  @Test
  void oddRequestsKeepTheirOddities() {
    Headers none = Headers.NONE;
    URI uri = URI.create("http://[::1]:8080/v1/models?x=%20");
    assertEquals(
        "curl -sS -g -X DELETE 'http://[::1]:8080/v1/models?x=%20' -H 'X-User-Id;'",
        curl.line(Request.of("DELETE", uri, none.with("X-User-Id", ""))));
    assertEquals(
        "curl -sS -X POST 'http://h/' -H 'Content-Type:' --data-raw '@file'",
        curl.line(
            Request.of("POST", URI.create("http://h/"), none.with("Content-Length", "5"))
                .withBody("@file")));
    assertEquals(
        "curl -sS -X GET 'http://h/' -H 'Content-Type: text/plain' --data ''",
        curl.line(
            Request.of("GET", URI.create("http://h/"), none.with("Content-Type", "text/plain"))
                .withBody("")));
    assertEquals(
        "curl -sS --head 'http://h/'",
        curl.line(Request.of("HEAD", URI.create("http://h/"), none)));
  }

  @Test
  void largeBodiesAreCutAndSaySo() {
    String line = curl.line(Samples.post(target, "/tokenize", "x".repeat(9000)));

    assertTrue(
        line.endsWith(
            "x' # cut: the first 8192 of 9000 characters of the body; this line alone does not"
                + " reproduce it"),
        line.substring(line.length() - 120));
    assertTrue(line.length() < 9000);
  }

  @Test
  void secretsInBodyAndAddressAreMasked() {
    String line =
        curl.line(
            Samples.post(
                target, "/tokenize?k=" + Samples.KEY, "{\"prompt\": \"" + Samples.KEY + "\"}"));

    assertFalse(line.contains(Samples.KEY), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's \"quoted\" $HOME `id` \\ back",
        "line one\nline 'two'\r\n\ttab \\n",
        "ünïcödé 日本 🎉 \u0085\u009b and \u001b[31m1",
        "!history !! {a,b} * ? ~ # ; & | < >",
        "",
        "'",
        "\n",
      })
  void aShellReadsBackWhatWasSent(String body) throws IOException, InterruptedException {
    Path bash = Path.of("/bin/bash");
    Assumptions.assumeTrue(Files.isExecutable(bash), "no bash here");
    String line = curl.line(Samples.post(target, "/tokenize", body));
    assertEquals(1, line.lines().count(), line);

    // A function in curl's place prints its last argument.
    String script = "curl() { printf %s \"${@: -1}\"; }; LC_ALL=C.UTF-8; " + line;
    Process shell = new ProcessBuilder(bash.toString(), "-c", script).start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, shell.waitFor());
    assertEquals(body, read);
  }

  private String line(String authorization) {
    return curl.line(
        Request.of(
            "GET", target.at("/v1/models"), Headers.NONE.with("Authorization", authorization)));
  }
}
