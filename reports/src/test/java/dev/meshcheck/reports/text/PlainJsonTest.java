package dev.meshcheck.reports.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class PlainJsonTest {

  private static final JsonMapper JSON = JsonMapper.builder(PlainJson.factory()).build();

  @Test
  void whatTerminalsObeyAndNobodySeesIsEscaped() throws Exception {
    String text = "a\u001b[2J\u007f\u009b31m\u202e\u2066\u2028\ufeff\u200bz";

    String json = JSON.writeValueAsString(text);

    assertEquals("\"a\\u001B[2J\\u007F\\u009b31m\\u202e\\u2066\\u2028\\ufeff\\u200bz\"", json);
    assertEquals(text, JSON.readValue(json, String.class));
  }

  @Test
  void whatPeopleReadStaysAsItIs() throws Exception {
    String text = "‹redacted› é 日本 …";
    String beyond = "\uD83D\uDC69\u200D\uD83D\uDCBB";

    assertEquals('"' + text + '"', JSON.writeValueAsString(text));
    assertEquals(beyond, JSON.readValue(JSON.writeValueAsBytes(beyond), String.class));
  }
}
