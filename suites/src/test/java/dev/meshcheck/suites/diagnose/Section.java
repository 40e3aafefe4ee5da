package dev.meshcheck.suites.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A part of docs/reliability.md that a test writes and keeps current. */
public enum Section {
  DIAGNOSIS("diagnosis"),
  SETUPS("set-ups"),
  HELD_OUT("held-out"),
  PEERS("peers"),
  HOSTILE("hostile hosts");

  private final String begin;
  private final String end;

  Section(String name) {
    this.begin = "<!-- " + name + ": begin -->";
    this.end = "<!-- " + name + ": end -->";
  }

  /** Fails where the page holds another text, or writes it there when it is to be renewed. */
  public void mustBe(String content, Class<?> test) throws IOException {
    Path page = root().resolve("docs/reliability.md");
    String text = Files.exists(page) ? Files.readString(page) : "# Reliability\n";
    String wanted = begin + "\n\n" + content + "\n" + end;
    if (Boolean.getBoolean("meshcheck.update-docs")) {
      text = replaced(text, wanted);
      Files.writeString(page, text);
    }
    assertEquals(
        wanted,
        current(text),
        "docs/reliability.md is out of date; renew it with: mvn test -Pproof -pl suites -am -Dtest="
            + test.getSimpleName()
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dmeshcheck.update-docs=true");
  }

  private String current(String text) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    return from < 0 || to < from ? "" : text.substring(from, to + end.length());
  }

  private String replaced(String text, String section) {
    String old = current(text);
    return old.isEmpty()
        ? text.stripTrailing() + "\n\n" + section + "\n"
        : text.replace(old, section);
  }

  /** The folder that holds the whole project. */
  public static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow();
  }
}
