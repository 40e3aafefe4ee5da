package dev.meshcheck.reports.cause;

import dev.meshcheck.reports.outcome.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that can be wrong, as causes.yaml tells it.
 *
 * @param slug never reused and never renamed
 * @param layer where it lies
 * @param title one sentence in plain words
 * @param explanation what is going on
 * @param caller whether it lies in the caller's settings, key, user, model or network, so that what
 *     it explains says nothing of the host
 * @param harmless whether requests are answered all the same
 * @param contract whether it is the host's contract that is broken, while requests are answered
 * @param predicts the reasons that results have because of it
 * @param rivals causes that look alike
 * @param checks ids of checks that it makes fail, for a reason that it predicts, whatever their
 *     exchanges look like
 * @param supersedes causes that are not told beside this one
 * @param next what to type or to change, by surface
 * @param settle what would make a suspicion sure
 * @param source the page that it comes from
 */
public record Cause(
    String slug,
    Layer layer,
    String title,
    String explanation,
    boolean caller,
    boolean harmless,
    boolean contract,
    Set<Reason> predicts,
    List<String> rivals,
    List<String> checks,
    List<String> supersedes,
    Map<String, List<String>> next,
    Optional<String> settle,
    Optional<URI> source) {

  /** What to do next on that surface, with gaps such as {@code {host}} still in it. */
  public List<String> next(String surface) {
    return Optional.ofNullable(next.get(surface))
        .orElseGet(() -> next.getOrDefault("any", List.of()));
  }

  /** Whether requests fail because of it. */
  public boolean breaksRequests() {
    return !harmless && !contract;
  }
}
