package dev.meshcheck.reports.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The clients that reports speak of, read from {@code clients.yaml}. */
public final class Clients {

  private static final List<Client> ALL = read();

  private Clients() {}

  /** Every client, in the order of the file. */
  public static List<Client> all() {
    return ALL;
  }

  /** What it needs, and what everything that it is built on needs, which comes first. */
  public static List<Ground> needsOf(Client client) {
    return withBasis(client, Client::needs);
  }

  /** What limits it, and everything that it is built on, which comes first. */
  public static List<Ground> limitsOf(Client client) {
    return withBasis(client, Client::limits);
  }

  private static List<Ground> withBasis(Client client, Function<Client, List<Ground>> part) {
    List<Ground> grounds = new ArrayList<>();
    client.builtOn().ifPresent(id -> grounds.addAll(withBasis(named(id), part)));
    grounds.addAll(part.apply(client));
    return List.copyOf(grounds);
  }

  private static Client named(String id) {
    return ALL.stream()
        .filter(client -> client.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("clients.yaml has no client " + id));
  }

  private static List<Client> read() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    try (InputStream file = Clients.class.getResourceAsStream("clients.yaml")) {
      return List.copyOf(mapper.readValue(file, new TypeReference<List<Client>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("clients.yaml is broken", e);
    }
  }
}
