package dev.meshcheck.reports.cause;

import dev.meshcheck.fixtures.settings.Setting;
import dev.meshcheck.fixtures.surface.RouteName;
import dev.meshcheck.reports.guidance.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Causes that lie in the model that is asked for. */
final class ModelRules {

  static final Map<String, Rule> ALL =
      Map.of(
          "model-is-control-plane-id", ModelRules::modelIsId,
          "no-model-served", ModelRules::noModel,
          "model-does-no-chat", ModelRules::noChat,
          "model-not-served", ModelRules::modelNotServed,
          "listed-model-unknown", ModelRules::listedUnknown);

  /** How hosts say that there is no such model, and not what it cannot do. */
  private static final Pattern NOT_THERE =
      Pattern.compile(
          "(?i)(not (be )?found|(could not|cannot|can't|couldn't) find|(does not|doesn't) exist|unknown|no such|invalid model|not a valid"
              + "|not (currently )?(available|served|deployed|loaded|recogni[sz]ed|configured|registered)"
              + "|not supported by any|resolve (a|any|the) provider|unable to (access|find|locate)"
              + "|no (available |healthy )?(endpoint|deployment|provider|channel)s?)");

  /** How hosts say what a model that they have cannot do, or lacks for it. */
  private static final Pattern NO_CHAT =
      Pattern.compile(
          "(?i)((does not|doesn't|do not|don't|cannot|not) support (the )?"
              + "(chat|generat|completion|text.generation|conversation)|chat[-_ ]template"
              + "|not (a|an) (chat|generative|text.generation|instruct|completion)"
              + "|(embedding|pooling|rerank\\w{0,4}|reward)( only)? model|only supports? embedding)");

  private ModelRules() {}

  private static Finding modelIsId(Evidence e) {
    if (e.subject().model().isEmpty()) {
      return Finding.SILENT;
    }
    if (!Probe.isUuid(e.subject().model().get())) {
      return Finding.ruledOut("the model is no UUID");
    }
    if (listed(e) || e.accepted()) {
      return Finding.ruledOut("the host serves a model of this name");
    }
    Predicate<Trial> refused = t -> t.model() == Sent.CONFIGURED && t.is(400, 404, 422);
    List<String> lines = new ArrayList<>();
    lines.add("the model" + SettingsRules.from(e, Setting.MODEL) + " is a UUID");
    lines.addAll(e.lines(refused).stream().limit(1).toList());
    served(e).ifPresent(names -> lines.add(e.subject().surface().modelList() + " lists " + names));
    boolean shown = e.any(refused) || e.modelList().isPresent();
    return Finding.found(shown ? 0.95 : 0.6, lines, refused);
  }

  private static Finding noModel(Evidence e) {
    if (e.modelList().isEmpty()) {
      return Finding.SILENT;
    }
    if (e.accepted()) {
      return Finding.ruledOut("requests for the model are answered, whatever is listed");
    }
    return e.modelList().get().has(Mark.NO_MODELS)
        ? Finding.found(
            0.95,
            Evidence.told(List.of(e.modelList())),
            t -> t.on(RouteName.MODELS) || (t.model() == Sent.CONFIGURED && t.is(400, 404, 503)))
        : Finding.ruledOut(
            e.subject().surface().modelList()
                + " lists "
                + served(e).orElse("a model without a name"));
  }

  /** What would refute it: one chat that is answered. The words decide, for nothing is compared. */
  private static Finding noChat(Evidence e) {
    Predicate<Trial> cannot =
        t ->
            t.model() == Sent.CONFIGURED
                && (t.is(400, 403, 404, 405, 422, 500, 501) || t.has(Mark.HIDDEN_ERROR))
                && NO_CHAT.matcher(t.said()).find()
                && !t.isPage();
    boolean plain = e.plain().stream().anyMatch(t -> t.on(RouteName.CHAT) && cannot.test(t));
    if (e.plain().isEmpty() || e.accepted() || !plain) {
      return e.plain().isEmpty()
          ? Finding.SILENT
          : Finding.ruledOut("no answer says that the model does not do what is asked");
    }
    List<String> lines = new ArrayList<>(e.lines(cannot.and(e::asConfigured)));
    e.first(t -> t.guarded() && t.good() && e.asConfigured(t))
        .ifPresent(t -> lines.add("while " + t));
    return Finding.found(0.95, lines, cannot);
  }

  static Finding modelNotServed(Evidence e) {
    if (e.subject().model().isEmpty()) {
      return Finding.SILENT;
    }
    if (listed(e)) {
      return Finding.ruledOut(e.subject().surface().modelList() + " lists the model");
    }
    if (e.accepted()) {
      return Finding.ruledOut("requests for the model are answered");
    }
    boolean known = e.modelList().stream().anyMatch(t -> !t.models().isEmpty());
    Predicate<Trial> refused =
        t ->
            t.model() == Sent.CONFIGURED
                && (t.is(400, 404, 422)
                    || (t.is(403) && isNotThere(t))
                    || (t.has(Mark.HIDDEN_ERROR) && t.has(Mark.ABOUT_MODEL)))
                && (!t.has(Mark.ABOUT_BODY) || t.has(Mark.ABOUT_MODEL))
                && !Complaint.CHOICES.isOf(t)
                && (!t.voice().isForeign() || isNotThere(t));
    Optional<Trial> chat =
        e.plain().stream()
            .filter(t -> refused.test(t) && (known || t.has(Mark.ABOUT_MODEL)))
            .findFirst();
    if (chat.isEmpty()) {
      return e.plain().isEmpty()
          ? Finding.SILENT
          : Finding.ruledOut("no answer says that the model is not there");
    }
    List<String> lines = new ArrayList<>();
    lines.add(chat.get().toString());
    served(e).ifPresent(names -> lines.add(e.subject().surface().modelList() + " lists " + names));
    return Finding.found(known ? 0.95 : 0.85, lines, refused);
  }

  /** What would refute it: one good answer for the model, or a refusal that is not about it. */
  private static Finding listedUnknown(Evidence e) {
    if (!listed(e) || e.accepted()) {
      return Finding.SILENT;
    }
    Predicate<Trial> unknown =
        t ->
            t.model() == Sent.CONFIGURED
                && t.is(400, 403, 404, 410, 422)
                && !Complaint.CHOICES.isOf(t)
                && (isNotThere(t) || (Complaint.MODEL_WITHDRAWN.isOf(t) && !t.voice().isForeign()));
    if (e.plain().stream().noneMatch(t -> t.on(RouteName.CHAT) && unknown.test(t))) {
      return Finding.ruledOut("no answer says that the listed model is not there, or not any more");
    }
    List<String> lines = new ArrayList<>();
    served(e).ifPresent(names -> lines.add(e.subject().surface().modelList() + " lists " + names));
    lines.addAll(e.lines(unknown));
    return Finding.found(0.9, lines, unknown);
  }

  /** Whether it says that there is no such model. */
  static boolean isNotThere(Trial t) {
    return t.has(Mark.ABOUT_MODEL) && NOT_THERE.matcher(t.said()).find();
  }

  /** Whether the host lists a model that it then does not know. */
  static boolean isListedUnknown(Evidence e) {
    return listedUnknown(e) instanceof Finding.Found;
  }

  private static boolean listed(Evidence e) {
    return e.any(
        t -> t.has(Mark.MODEL_LIST) && t.models().contains(e.subject().model().orElse("")));
  }

  private static Optional<String> served(Evidence e) {
    return e.modelList()
        .filter(t -> !t.models().isEmpty())
        .map(t -> String.join(", ", t.models().subList(0, Math.min(5, t.models().size()))));
  }
}
