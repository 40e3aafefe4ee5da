package dev.meshcheck.reports.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.settings.Setting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginVariableTest {

  @ParameterizedTest
  @CsvSource({
    "from GATEWAY_API_KEY,GATEWAY_API_KEY",
    "from targets.yaml:14 (EU_KEY),EU_KEY",
    "from --model,''",
    "from [managed].gateway_api_key,''",
    "from key.txt (--inference-key-file),''"
  })
  void onlyAVariableIsOne(String origin, String name) {
    assertEquals(Optional.of(name).filter(n -> !n.isEmpty()), OriginVariable.in(origin));
  }

  @Test
  void textsNameTheVariablesOfThisRun() {
    Map<Setting, String> origins =
        Map.of(
            Setting.INFERENCE_KEY,
            "from targets.yaml:3 (EU_KEY)",
            Setting.USER_ID,
            "from GATEWAY_USER_ID",
            Setting.MODEL,
            "from --model");
    assertEquals(
        "EU_KEY, GATEWAY_USER_ID, TENSORMESH_MODEL, TENSORMESH_CONTROL_PLANE_TOKEN, MY_TENSORMESH_USER_ID",
        OriginVariable.named(
            "TENSORMESH_INFERENCE_API_KEY, TENSORMESH_USER_ID, TENSORMESH_MODEL, TENSORMESH_CONTROL_PLANE_TOKEN,"
                + " MY_TENSORMESH_USER_ID",
            origins));
  }
}
