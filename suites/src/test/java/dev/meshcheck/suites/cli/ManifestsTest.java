package dev.meshcheck.suites.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.meshcheck.suites.exporter.ExporterCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What containers say in deploy/kubernetes is what the command line knows. */
class ManifestsTest {

  private static final Path DEPLOY = Path.of("../deploy/kubernetes");

  private static List<List<String>> all() throws IOException {
    List<List<String>> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
        for (JsonNode args : new YAMLMapper().readTree(Files.readString(file)).findValues("args")) {
          all.add(args.valueStream().map(JsonNode::asText).toList());
        }
      }
    }
    return all;
  }

  private static ParseResult parsed(List<String> args) {
    return Commands.build().parseArgs(args.toArray(String[]::new)).subcommand();
  }

  @Test
  void theCommandLineKnowsWhatContainersSay() throws IOException {
    List<String> commands = new ArrayList<>();
    for (List<String> args : all()) {
      commands.add(parsed(args).commandSpec().name());
      UnmatchedArgumentException refused =
          assertThrows(
              UnmatchedArgumentException.class,
              () -> parsed(Stream.concat(args.stream(), Stream.of("--targts=a")).toList()));
      assertThat(refused.getMessage(), containsString("--targts"));
    }
    assertEquals(List.of(Commands.NIGHTLY, Commands.EXPORTER), commands);
  }

  @Test
  void theExporterListensForItsService() throws IOException {
    assertEquals(
        new ExporterCommand("/etc/meshcheck/targets.yaml", "0.0.0.0", 9464, 16, 64),
        Arguments.exporter(parsed(all().get(1))));
  }
}
