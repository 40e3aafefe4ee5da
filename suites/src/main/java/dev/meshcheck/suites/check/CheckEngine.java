package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.hierarchical.ForkJoinPoolHierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;

/**
 * The checks of one run as tests of JUnit's Platform: each on each target that it is planned for.
 * They are known already, so that nothing is searched for them.
 *
 * @see <a href="https://docs.junit.org/5.14.4/user-guide/#test-engines">Test engines</a>
 */
public final class CheckEngine extends HierarchicalTestEngine<RunContext> {

  private final RunContext run;
  private final List<Catalogue.Entry> entries;
  private final int atOnce;

  /**
   * An engine for one run.
   *
   * @param entries what may be planned, in the order in which suites begin
   * @param atOnce checks that run at the same time, 1 or more
   */
  public CheckEngine(RunContext run, List<Catalogue.Entry> entries, int atOnce) {
    this.run = run;
    this.entries = List.copyOf(entries);
    this.atOnce = atOnce;
  }

  @Override
  public String getId() {
    return "meshcheck";
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
    EngineDescriptor engine = new EngineDescriptor(id, "Meshcheck");
    Map<Class<?>, SuiteNode> suites = new LinkedHashMap<>();
    for (Catalogue.Entry entry : entries) {
      SuiteNode suite =
          suites.computeIfAbsent(entry.suite(), type -> new SuiteNode(engine.getUniqueId(), type));
      for (Target target : run.targetsOf(entry.info().id())) {
        int number = suite.getChildren().size();
        suite.addChild(new CheckNode(suite.getUniqueId(), entry, target, number));
      }
    }
    suites.values().forEach(engine::addChild);
    return engine;
  }

  @Override
  protected RunContext createExecutionContext(ExecutionRequest request) {
    return run;
  }

  @Override
  protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
    return atOnce > 1
        ? new ForkJoinPoolHierarchicalTestExecutorService(new AtOnce(atOnce))
        : super.createExecutorService(request);
  }

  /** Without the bound on its size the pool would grow with the checks that wait for others. */
  private record AtOnce(int checks) implements ParallelExecutionConfiguration {

    @Override
    public int getParallelism() {
      return checks;
    }

    @Override
    public int getMinimumRunnable() {
      return checks;
    }

    @Override
    public int getMaxPoolSize() {
      return checks;
    }

    @Override
    public int getCorePoolSize() {
      return checks;
    }

    @Override
    public int getKeepAliveSeconds() {
      return 30;
    }

    @Override
    public Predicate<? super ForkJoinPool> getSaturatePredicate() {
      return pool -> true;
    }
  }
}
