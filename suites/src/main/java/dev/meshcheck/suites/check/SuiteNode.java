package dev.meshcheck.suites.check;

import java.util.Set;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.Node;

/** A suite, whose checks run at the same time as those of others unless it is {@link Alone}. */
final class SuiteNode extends AbstractTestDescriptor implements Node<RunContext> {

  private static final ExclusiveResource EVERYTHING =
      new ExclusiveResource(ExclusiveResource.GLOBAL_KEY, ExclusiveResource.LockMode.READ_WRITE);

  private final boolean alone;

  SuiteNode(UniqueId engine, Class<?> suite) {
    super(engine.append("suite", suite.getName()), suite.getSimpleName());
    this.alone = suite.isAnnotationPresent(Alone.class);
  }

  @Override
  public Type getType() {
    return Type.CONTAINER;
  }

  @Override
  public Set<ExclusiveResource> getExclusiveResources() {
    return alone ? Set.of(EVERYTHING) : Set.of();
  }
}
