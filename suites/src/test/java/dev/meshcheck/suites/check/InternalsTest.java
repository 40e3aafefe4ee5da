package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meshcheck.suites.CountedText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a word about the inside of a host, and what is not. */
class InternalsTest {

  private static String told(String text) {
    return Internals.in(text, known -> false).map(Internals.Told::what).orElse("nothing");
  }

  private static String path(String text) {
    return Internals.pathIn(text, known -> false).map(Internals.Told::told).orElse("nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Traceback (most recent call last):",
        "File \"/x/vllm/serving.py\", line 214, in create",
        "at com.acme.Router.route(Router.java:88)",
        "at java.base/java.lang.Thread.run(Thread.java:833)",
        "at app//com.acme.gw.RouterKt$route$1.invokeSuspend(Router.kt:88)",
        "at java.base/jdk.internal.misc.Unsafe.park(Native Method)",
        "at Object.<anonymous> (/srv/gateway/dist/index.js:10:5)",
        "at async Server.handle (node:internal/http:12:3)",
        "at file:///opt/gw/router.mjs:10:5",
        "at Acme.Router.Route(HttpContext c) in C:\\src\\Router.cs:line 42",
        "at System.Threading.Tasks.Task.Execute()",
        "app/controllers/chat.rb:12:in `create'",
        "app/chat.rb:12:in 'Chat#create'",
        "Error in /var/www/index.php:12",
        "Warning: boom in /var/www/index.php on line 12",
        "#0 /var/www/index.php(12): route()",
        "thread 'main' panicked at src/main.rs:2:5",
        "goroutine 12 [running]:",
        "gw/router.go:88 +0x1d",
        "(app 0.1.0) lib/gw/router.ex:12: Gw.route/1"
      })
  void framesOfEveryRuntimeAreAStackTrace(String text) {
    assertEquals("a stack trace", told(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at noon (see the docs) the model was moved",
        "look at the error (code 12:30:45)",
        "meta-llama/Llama-3.1-8B-Instruct is not served at this host",
        "see https://docs.acme.example/errors/at/index.js:1",
        "POST /v1/chat/completions: max_tokens must be at least 1",
        "2026-01-15T12:00:00.000Z",
        "version 10.2.1, build 1.2.3.4, 10.30 o'clock",
        "id 3f0a6c1e-9b7d-4e52-8c34-1d2e3f4a5b6c",
        "chatcmpl-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "0x1f is no number"
      })
  void ordinaryWordsTellNothing(String text) {
    assertEquals("nothing", told(text));
    assertEquals("nothing", path(text));
  }

  @ParameterizedTest
  @CsvSource({
    "upstream http://10.42.3.17:8000 refused, an internal address",
    "upstream localhost:8000, an internal address",
    "asked 169.254.169.254, an internal address",
    "asked [::1]:8000, an internal address",
    "engine.models.svc.cluster.local is down, an internal address",
    "gpu-7.corp:8000 is down, an internal address",
    "vllm-engine-7c9d8f6b5d-x2x9q is down, a pod name",
    "<vllm.Request object at 0x7f3a1c0b2d90>, a memory address"
  })
  void addressesAndPodsAreTold(String text, String what) {
    assertEquals(what, told(text));
  }

  @ParameterizedTest
  @CsvSource({
    "cannot open /zfs7/engines/llama.safetensors, /zfs7/engines/llama.safetensors",
    "/models/qwen/vl is not a multimodal model, /models/qwen/vl",
    "in /usr/local/lib/python3.12/x.py now, /usr/local/lib/python3.12/x.py",
    "in file:///x, file:///x",
    "in venv/site-packages/vllm, site-packages/vllm",
    "'D:\\engines\\llama', D:\\engines\\llama"
  })
  void pathsBelowAnyRootAreTold(String text, String told) {
    assertEquals(told, path(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /models/llama/cards",
        "no route /v1/models/llama",
        "see https://acme.example/home/x/y.html",
        "either/or/neither",
        "1/2/2026",
        "/docs/errors/limits"
      })
  void routesAndUrlsAreNoPaths(String text) {
    assertEquals("nothing", path(text));
  }

  @Test
  void whatTheClientKnowsIsNoNews() {
    String text = "asked 10.0.0.7";
    assertEquals(Optional.empty(), Internals.in(text, "http://10.0.0.7/x"::contains));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/", "at ", "a-", "a.", "/a", "at a.", "#1 ", "x", "a.b(", "10.", "in a"})
  void aTextTwiceAsLongIsReadTwiceAsOften(String piece) {
    long once = reads(piece.repeat(4_000));
    long twice = reads(piece.repeat(8_000));
    assertTrue(twice <= 3 * once, () -> piece + ": " + once + " reads, then " + twice);
  }

  private static long reads(String text) {
    CountedText counted = new CountedText(text);
    Internals.in(counted, known -> true);
    Internals.pathIn(counted, known -> true);
    return counted.reads();
  }
}
