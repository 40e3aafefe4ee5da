package dev.meshcheck.reports.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.fixtures.exchange.JsonText;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\": 401, \"msg\": \"token expired\", \"data\": null} | 401 | token expired",
        "{\"code\": \"500\", \"message\": \"busy\"} | 500 | busy",
        "{\"code\": 1001, \"msg\": \"no Authorization\", \"success\": false} | 1001 | no Authorization",
        "{\"success\": false, \"message\": \"Route not found\"} | 0 | Route not found",
        "{\"status\": 404, \"errmsg\": \"no such model\", \"data\": {}} | 404 | no such model",
        "{\"base_resp\": {\"status_code\": 1004, \"status_msg\": \"login fail\"}} | 1004 | login fail"
      })
  void anErrorIsReadWhateverItsMembersAreCalled(String body, int code, String words) {
    assertEquals(
        Optional.of(new Envelope(code, words)), Envelope.ofError(JsonText.read(body)), body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\": 0, \"msg\": \"anything\", \"data\": null}",
        "{\"code\": 200, \"message\": \"anything\"}",
        "{\"code\": 10000, \"msg\": \"Success\"}",
        "{\"code\": 401}",
        "{\"status\": \"ok\", \"message\": \"all is well\"}",
        "{\"status\": \"error 500\", \"message\": \"of no number\"}",
        "{\"success\": true, \"message\": \"done\"}",
        "{\"code\": 500, \"msg\": \"beside an answer\", \"choices\": [{\"index\": 0}]}",
        "{\"choices\": [{}], \"base_resp\": {\"status_code\": 0, \"status_msg\": \"\"}}",
        "[\"code\", 500]",
        "\"code 500\""
      })
  void whatTellsOfNoErrorIsNone(String body) {
    assertEquals(Optional.empty(), Envelope.ofError(JsonText.read(body)), body);
  }
}
