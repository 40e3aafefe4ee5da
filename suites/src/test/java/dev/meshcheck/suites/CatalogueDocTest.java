package dev.meshcheck.suites;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meshcheck.suites.run.Listing;
import dev.meshcheck.suites.run.Suites;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Keeps docs/catalogue.md in step with the checks. */
class CatalogueDocTest {

  private static final String PAGE = "docs/catalogue.md";

  @Test
  void pageIsCurrent() throws Exception {
    String catalogue = Listing.markdown(Suites.catalogue());
    if (Boolean.getBoolean("meshcheck.update-docs")) {
      Files.writeString(ProjectFiles.root().resolve(PAGE), catalogue);
    }
    assertEquals(
        catalogue,
        ProjectFiles.read(PAGE),
        PAGE + " is out of date; renew it with: ./run.sh list --format markdown > " + PAGE);
  }
}
