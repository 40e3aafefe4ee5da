package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.outcome.ExitCode;
import java.io.PrintWriter;
import java.util.Optional;

/** Says what it was asked for, and ends as a test wants it to. */
final class FakeEngine implements Engine {

  private Optional<RuntimeException> broken = Optional.empty();
  private ExitCode code = ExitCode.PASSED;

  FakeEngine breaksWith(RuntimeException exception) {
    broken = Optional.of(exception);
    return this;
  }

  FakeEngine endsWith(ExitCode ending) {
    code = ending;
    return this;
  }

  @Override
  public ExitCode verify(Settings settings, PrintWriter out, PrintWriter err) {
    broken.ifPresent(
        exception -> {
          throw exception;
        });
    out.println("verify host " + settings.value(Setting.HOST).map(Object::toString).orElse("-"));
    out.println("select " + settings.select() + " strict " + settings.strict());
    return code;
  }

  @Override
  public ExitCode diagnose(Sources sources, boolean json, PrintWriter out) {
    out.println("diagnose " + sources.flags() + " json " + json);
    return code;
  }

  @Override
  public ExitCode list(ListFormat format, PrintWriter out) {
    out.println("list " + format);
    return code;
  }

  @Override
  public ExitCode gateway(GatewayOptions options, PrintWriter out, PrintWriter err) {
    out.println(
        "gateway %s %s %s %s %s"
            .formatted(
                options.port(),
                options.surface(),
                options.faults(),
                options.latency(),
                options.listFaults()));
    return code;
  }
}
