package dev.meshcheck.suites.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.gateway.Fault;
import dev.meshcheck.fixtures.gateway.GatewayOptions;
import dev.meshcheck.fixtures.gateway.GatewaySurface;
import dev.meshcheck.fixtures.gateway.Hooks;
import dev.meshcheck.fixtures.gateway.ReferenceGateway;
import dev.meshcheck.fixtures.gateway.wire.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that look otherwise than those of Tensormesh, of which near ones are refused all the same.
 */
class KeyFormsTest {

  @TempDir Path scratch;

  /** A gateway that knows this key alone, or any that ends as it does. */
  private Command.Ended nearKeysAt(String key, boolean lenient) {
    try (ReferenceGateway gateway =
        ReferenceGateway.start(GatewayOptions.of(GatewaySurface.SERVERLESS))) {
      String own = "Bearer " + gateway.credentials().inferenceKey();
      Hooks hooks = Hooks.onCall(call -> isShown(call, key, lenient) ? shown(call, own) : call);
      gateway.misbehave(List.of(Fault.of(hooks)));
      return Cli.in(scratch)
          .with("MESHCHECK_HOST", gateway.url().toString())
          .with("MESHCHECK_SURFACE", "openai-compatible")
          .with("TENSORMESH_INFERENCE_API_KEY", key)
          .run("verify", "--strict", "--select", "auth.refuses-a-key-with-more-or-less");
    }
  }

  private static boolean isShown(Call call, String key, boolean lenient) {
    Optional<String> shown = call.header("Authorization").map(s -> s.replace("Bearer ", ""));
    return shown.filter(s -> s.equals(key) || (lenient && isNear(s, key))).isPresent();
  }

  private static boolean isNear(String shown, String key) {
    return shown.length() == key.length() && shown.endsWith(key.substring(1));
  }

  private static Call shown(Call call, String authorization) {
    return call.withHeader("Authorization", authorization);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xai-0123456789abcdef", "sk-0123456789abcdef", "0123456789ABCDEF"})
  void onlyTheKeyItselfIsTaken(String key) {
    Command.Ended ended = nearKeysAt(key, false);
    assertEquals(0, ended.exit(), ended.out() + ended.err());
    assertThat(ended.out(), containsString("pass  auth.refuses-a-key-with-more-or-less"));
  }

  @Test
  void oneWithAnotherBeginningThatIsTakenIsTold() {
    Command.Ended ended = nearKeysAt("xai-0123456789abcdef", true);
    assertEquals(1, ended.exit(), ended.out() + ended.err());
    assertThat(ended.out(), containsString("the key has another beginning"));
  }
}
