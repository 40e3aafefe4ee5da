package dev.meshcheck.reports.fleet;

import dev.meshcheck.reports.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets fleet.test.mjs look at index.html in Chromium, where there is one. */
@Tag("long")
class FleetBrowserTest {

  @TempDir Path reports;
  @TempDir Path large;

  @Test
  void thePageOfANightWorksInARealBrowser() throws IOException, InterruptedException {
    Browser.needed();
    for (int day = 0; day < 10; day++) {
      Nights.many(reports, 60, day);
    }
    Nights.many(large, 500, 8);
    Nights.many(large, 500, 9);
    Path green = reports.resolve("green.html");
    Files.writeString(green, FleetPage.render(Nights.many(reports.resolve("green"), 1, 0)));

    Browser.run(
        "fleet.test.mjs",
        Map.of(
            "NIGHT",
            reports.resolve("latest-night/index.html"),
            "LARGE",
            large.resolve("latest-night/index.html"),
            "GREEN",
            green),
        reports.resolve("log.txt"));
  }
}
