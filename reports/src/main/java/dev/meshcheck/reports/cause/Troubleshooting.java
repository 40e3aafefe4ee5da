package dev.meshcheck.reports.cause;

import dev.meshcheck.reports.text.NextStep;
import java.util.List;
import java.util.Map;

/** Writes docs/troubleshooting.md from the causes. */
public final class Troubleshooting {

  private static final String HEAD =
      """
      # Troubleshooting

      `./run.sh diagnose --host URL` looks at a host layer by layer and names the causes below; a `verify` run names
      them at the top of its reports, where one of them explains several failures. A lower layer has to be in order
      before a higher one can be judged. What stands in `{braces}` is filled in by the tool. A cause that is less than
      80 % sure is told as a suspicion ("Perhaps"), with what would settle it; how often each level of sureness is right
      stands in [reliability.md](reliability.md).

      This page is made from the list of causes in the code (`mvn test -pl reports -am -Dtest=TroubleshootingTest
      -Dsurefire.failIfNoSpecifiedTests=false -Dmeshcheck.update-docs=true`).
      """;

  private Troubleshooting() {}

  /** The page. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Layer layer : Layer.values()) {
      List<Cause> causes = Causes.all().stream().filter(c -> c.layer() == layer).toList();
      page.append("\n## ").append(capital(layer.title())).append("\n");
      causes.forEach(cause -> describe(page, cause));
    }
    return page.toString();
  }

  private static void describe(StringBuilder page, Cause cause) {
    page.append("\n### `").append(cause.slug()).append("`\n\n");
    page.append("**").append(cause.title()).append(".** ").append(cause.explanation().strip());
    if (cause.harmless()) {
      page.append(" Requests are answered all the same.");
    }
    page.append("\n\nWhat to do next:\n");
    cause.next().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            steps -> {
              if (cause.next().size() > 1) {
                page.append("\n")
                    .append(steps.getKey().equals("any") ? "otherwise" : "on " + steps.getKey())
                    .append(":\n");
              }
              page.append("\n```sh\n");
              // A sentence becomes a comment, so that the block can be pasted.
              steps
                  .getValue()
                  .forEach(
                      s -> page.append(NextStep.of(NextSteps.inGeneral(s)).shell()).append("\n"));
              page.append("```\n");
            });
    if (!cause.rivals().isEmpty()) {
      List<String> names = cause.rivals().stream().map(r -> "[`" + r + "`](#" + r + ")").toList();
      page.append("\nLooks like it: ").append(String.join(", ", names)).append(".\n");
    }
    cause
        .settle()
        .ifPresent(
            how ->
                page.append("\nTold as a suspicion, it is settled by ").append(how).append(".\n"));
    cause.source().ifPresent(url -> page.append("\nSource: <").append(url).append(">\n"));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
