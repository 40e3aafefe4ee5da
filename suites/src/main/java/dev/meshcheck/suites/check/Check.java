package dev.meshcheck.suites.check;

import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.outcome.Level;
import dev.meshcheck.reports.outcome.Reason;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One sentence of the contract, judged once on each target of a run. The method takes a {@link
 * Probe} and returns where the sentence holds; it throws through the probe's words where not.
 *
 * <p>Unless {@link #first}, a check runs only where the plain request of its route is answered with
 * 200: so a refusal that it wants to see is a refusal of what the check sent, and not of
 * everything.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Check {

  /** The slug, group first; never reused, never renamed. */
  String id();

  /** The sentence of the contract, in the present tense, without a full stop. */
  String title();

  /** How strongly the check speaks. */
  Level level();

  /**
   * How strongly it speaks of hosts that Tensormesh promises nothing about, where that is less; at
   * most one.
   */
  Level[] elsewhere() default {};

  /** The route that the check is about. */
  RouteName route();

  /** The public page that the rule comes from, see {@link Sources}. */
  String source();

  /**
   * What is probably wrong when an answer is not as it should be, most likely first. It is told of
   * no failure for another reason, unless the check is {@link #about} that one.
   */
  String[] ifItFails() default {};

  /** What is probably wrong when the host breaks instead of answering, most likely first. */
  String[] ifItBreaks() default {};

  /**
   * Reasons that elsewhere say that no answer came that could be looked at, and are what this check
   * looks for: {@link #ifItFails} holds for them, too.
   */
  Reason[] about() default {};

  /** What a surface must have for the check to be about it. */
  Trait when() default Trait.ROUTE;

  /** What a run must be for the check to be in it by default. */
  Pack pack() default Pack.STANDARD;

  /** Whether this is the check that judges the plain request of its route. */
  boolean first() default false;
}
