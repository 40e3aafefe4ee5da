package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.render.JunitTally;
import dev.meshcheck.reports.render.JunitXml;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;

/** Takes the junit.xml of a night apart. */
final class JunitSuites {

  private static final String SUITE = "testsuite";

  private JunitSuites() {}

  /** Its suites by the name of the environment. */
  static Map<String, JunitXml.Suite> read(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // The file may come from anywhere, and nothing in it may lead anywhere.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    Map<String, JunitXml.Suite> suites = new LinkedHashMap<>();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      XMLEventReader events = factory.createXMLEventReader(text);
      while (events.hasNext()) {
        XMLEvent event = events.nextEvent();
        if (event.isStartElement() && isSuite(event.asStartElement().getName())) {
          StartElement start = event.asStartElement();
          suites.put(attribute(start, "name"), new JunitXml.Suite(copy(start, events), of(start)));
        }
      }
    } catch (XMLStreamException | NumberFormatException e) {
      throw new IOException(file + " is no whole junit.xml", e);
    }
    return suites;
  }

  private static String copy(StartElement start, XMLEventReader events) throws XMLStreamException {
    StringWriter text = new StringWriter().append("\n  ");
    XMLEventWriter writer = XMLOutputFactory.newDefaultFactory().createXMLEventWriter(text);
    writer.add(start);
    for (XMLEvent event = start; !isEnd(event); ) {
      event = events.nextEvent();
      writer.add(event);
    }
    writer.flush();
    return text.toString();
  }

  private static boolean isEnd(XMLEvent event) {
    return event.isEndElement() && isSuite(event.asEndElement().getName());
  }

  private static boolean isSuite(QName name) {
    return name.getLocalPart().equals(SUITE);
  }

  private static JunitTally of(StartElement suite) {
    return new JunitTally(
        Long.parseLong(attribute(suite, "tests")),
        Long.parseLong(attribute(suite, "failures")),
        Long.parseLong(attribute(suite, "errors")),
        Long.parseLong(attribute(suite, "skipped")),
        1000 * Double.parseDouble(attribute(suite, "time")));
  }

  private static String attribute(StartElement element, String name) {
    return Optional.ofNullable(element.getAttributeByName(new QName(name)))
        .map(Attribute::getValue)
        .orElse("");
  }
}
