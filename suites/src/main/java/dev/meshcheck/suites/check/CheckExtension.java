package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.settings.Program;
import dev.meshcheck.fixtures.surface.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Invokes each check once for each target that the run planned it for. */
final class CheckExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(Check.class);
  }

  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    RunContext run =
        RunContext.named(context.getConfigurationParameter(RunContext.PARAMETER))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "checks run within a run: start them with "
                            + Program.name()
                            + " or mvn verify"));
    Check check = context.getRequiredTestMethod().getAnnotation(Check.class);
    Catalogue.Entry entry = Catalogue.entry(check, context.getRequiredTestClass());
    return run.targetsOf(check.id()).stream()
        .map(
            (Target target) ->
                new CheckInvocation(run, check, entry.infoOn(target.surface()), target));
  }
}
