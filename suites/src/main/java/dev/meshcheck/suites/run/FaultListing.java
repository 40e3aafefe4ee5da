package dev.meshcheck.suites.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meshcheck.fixtures.gateway.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** The faults and legal variations of the reference gateway in print. */
final class FaultListing {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private FaultListing() {}

  /** An array of objects; a fault that touches no route by name touches all of them. */
  static String json(List<Fault> faults) {
    ArrayNode all = JSON.createArrayNode();
    for (Fault fault : faults) {
      ObjectNode one = all.addObject();
      one.put("name", fault.name()).put("title", fault.title());
      one.put("kind", fault.kind().name().toLowerCase(Locale.ROOT));
      ArrayNode routes = one.putArray("routes");
      fault.routeSlugs().forEach(routes::add);
    }
    try {
      return JSON.writeValueAsString(all) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
