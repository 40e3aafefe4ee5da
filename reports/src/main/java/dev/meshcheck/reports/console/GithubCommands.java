package dev.meshcheck.reports.console;

/**
 * Lines that GitHub Actions acts on, see
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands.
 */
final class GithubCommands {

  private GithubCommands() {}

  static String group(String title) {
    return "::group::" + data(title);
  }

  static String endGroup() {
    return "::endgroup::";
  }

  static String error(String title, String message) {
    return "::error title=" + property(title) + "::" + data(message);
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
