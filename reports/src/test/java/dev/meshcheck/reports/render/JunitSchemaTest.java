package dev.meshcheck.reports.render;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.meshcheck.reports.Samples;
import dev.meshcheck.reports.model.KnownFailuresReport;
import dev.meshcheck.reports.model.KnownFailuresReport.Stale;
import dev.meshcheck.reports.model.RunReport;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

class JunitSchemaTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyOutcomeIsValid(boolean strict) {
    isValid(Samples.run(strict, Samples.oneOfEach()));
  }

  @Test
  void anEmptyRunIsValid() {
    isValid(Samples.run(false, List.of()));
  }

  @Test
  void aStaleListIsValid() {
    RunReport run = Samples.run(false, Samples.oneOfEach());
    KnownFailuresReport stale =
        new KnownFailuresReport(
            "known.yaml", List.of(), List.of(new Stale(3, "a.b", "passes", "a.b passes now")));
    isValid(run.ended(run.run(), Optional.empty(), Optional.of(stale), run.clients()));
  }

  private static void isValid(RunReport report) {
    String xml = JunitXml.render(report);
    assertDoesNotThrow(
        () -> schema().newValidator().validate(new StreamSource(new StringReader(xml))), xml);
  }

  private static Schema schema() throws SAXException {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(JunitSchemaTest.class.getResource("junit.xsd"));
  }
}
