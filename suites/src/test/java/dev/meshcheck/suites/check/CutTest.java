package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | {'choices':[{'finish_reason':'length'}]}",
        "false | {'choices':[{'finish_reason':'stop'}]}",
        "false | {'choices':[{'finish_reason':null}]}",
        "false | {'choices':[]}",
        "true  | {'status':'incomplete'}",
        "false | {'status':'completed'}",
        "true  | {'status':'completed','max_output_tokens':16,'usage':{'output_tokens':16}}",
        "false | {'status':'completed','max_output_tokens':16,'usage':{'output_tokens':15}}",
        "false | {'status':'completed','max_output_tokens':null,'usage':{'output_tokens':15}}",
        "false | {'status':'completed','usage':{'output_tokens':'15'}}"
      },
      quoteCharacter = '"')
  void everyRouteTellsOfACutInItsOwnWay(boolean cut, String answer) {
    assertEquals(cut, Cut.is(Json.parse("an answer", answer.replace('\'', '"'))));
  }

  @Test
  void aStreamIsCutWhereOneOfItsChoicesIs() {
    Json chunk =
        Json.parse("a chunk", "{\"choices\":[{\"index\":1,\"finish_reason\":\"length\"}]}");
    Inapplicable cut = assertThrows(Inapplicable.class, () -> Cut.isNot(List.of(chunk)));
    assertEquals("the stream was cut by its limit", cut.getMessage());
  }
}
