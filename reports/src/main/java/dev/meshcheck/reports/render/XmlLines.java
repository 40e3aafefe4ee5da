package dev.meshcheck.reports.render;

import dev.meshcheck.reports.text.Plain;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML with an element on each line, and nothing in it that XML 1.0 does not have. */
final class XmlLines {

  private final XMLStreamWriter xml;

  XmlLines(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** Begins an element on a line of its own. */
  void start(int depth, String element, Map<String, String> attributes) throws XMLStreamException {
    line(depth);
    xml.writeStartElement(element);
    attributes(attributes);
  }

  /** An element with nothing in it. */
  void empty(int depth, String element, Map<String, String> attributes) throws XMLStreamException {
    line(depth);
    xml.writeEmptyElement(element);
    attributes(attributes);
  }

  /** An element with text in it. */
  void text(int depth, String element, Map<String, String> attributes, String text)
      throws XMLStreamException {
    start(depth, element, attributes);
    xml.writeCharacters(Plain.text(text));
    xml.writeEndElement();
  }

  /** Ends an element on a line of its own. */
  void end(int depth) throws XMLStreamException {
    line(depth);
    xml.writeEndElement();
  }

  private void attributes(Map<String, String> attributes) throws XMLStreamException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      xml.writeAttribute(attribute.getKey(), Plain.text(attribute.getValue()));
    }
  }

  private void line(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
