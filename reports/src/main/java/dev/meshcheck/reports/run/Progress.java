package dev.meshcheck.reports.run;

import dev.meshcheck.reports.model.CheckResult;
import dev.meshcheck.reports.model.RunReport;
import dev.meshcheck.reports.model.Summary;
import java.util.function.Supplier;

/**
 * How far a run has come.
 *
 * @param planned how many checks were planned
 * @param latest the result that came in last
 * @param summary the results so far
 * @param snapshot gives a valid partial report of this moment or later; may be called from any
 *     thread
 */
public record Progress(
    int planned, CheckResult latest, Summary summary, Supplier<RunReport> snapshot) {}
