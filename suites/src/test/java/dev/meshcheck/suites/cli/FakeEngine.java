package dev.meshcheck.suites.cli;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.settings.Settings;
import dev.meshcheck.fixtures.settings.Sources;
import dev.meshcheck.reports.outcome.ExitCode;
import dev.meshcheck.suites.run.Engine;
import dev.meshcheck.suites.run.GatewayCommand;
import dev.meshcheck.suites.run.ListCommand;
import java.io.PrintWriter;
import java.util.List;
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
  public ExitCode list(ListCommand command, PrintWriter out) {
    out.println("list " + command.format());
    return code;
  }

  @Override
  public ExitCode merge(List<String> nights, Settings settings, PrintWriter out) {
    out.println("merge " + String.join(" ", nights));
    return ExitCode.PASSED;
  }

  @Override
  public ExitCode matrix(List<String> runs, Settings settings, PrintWriter out) {
    out.println("matrix " + String.join(" ", runs));
    return ExitCode.PASSED;
  }

  @Override
  public ExitCode accept(String run, Settings settings, PrintWriter out) {
    out.println("accept " + run);
    return ExitCode.PASSED;
  }

  @Override
  public ExitCode explain(String what, Settings settings, PrintWriter out) {
    out.println("explain " + what);
    return ExitCode.PASSED;
  }

  @Override
  public ExitCode replay(String what, Sources sources, PrintWriter out) {
    out.println("replay " + what);
    return ExitCode.PASSED;
  }

  @Override
  public ExitCode compare(String before, String now, Settings settings, PrintWriter out) {
    out.println("compare " + before + " " + now);
    return code;
  }

  @Override
  public ExitCode gateway(GatewayCommand command, PrintWriter out, PrintWriter err) {
    out.println(
        "gateway %s %s %s %s %s"
            .formatted(
                command.port(),
                command.surface(),
                command.faults(),
                command.latency(),
                command.listFaults()));
    return code;
  }
}
