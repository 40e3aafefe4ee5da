package dev.meshcheck.reports.cause;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The rule of each cause. */
final class Rules {

  private static final Map<String, Rule> ALL = collect();

  private Rules() {}

  /** What the rule of that cause says. */
  static Finding judge(String slug, Evidence evidence) {
    Rule rule = ALL.get(slug);
    return rule == null ? Finding.SILENT : rule.judge(evidence);
  }

  /** The causes that have a rule: all but {@link Causes#UNKNOWN}. */
  static Set<String> slugs() {
    return ALL.keySet();
  }

  private static Map<String, Rule> collect() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.putAll(SettingsRules.ALL);
    rules.putAll(NetworkRules.ALL);
    rules.putAll(TlsRules.ALL);
    rules.putAll(HostRules.ALL);
    rules.putAll(FrontRules.ALL);
    rules.putAll(StrangerRules.ALL);
    rules.putAll(WayRules.ALL);
    rules.putAll(RouteRules.ALL);
    rules.putAll(KeyRules.ALL);
    rules.putAll(TokenRules.ALL);
    rules.putAll(UserRules.ALL);
    rules.putAll(RefusalRules.ALL);
    rules.putAll(ModelRules.ALL);
    rules.putAll(OpenRules.ALL);
    rules.putAll(ConfigRules.ALL);
    rules.putAll(LoadRules.ALL);
    rules.putAll(UpstreamRules.ALL);
    rules.putAll(ServiceRules.ALL);
    rules.putAll(StreamRules.ALL);
    rules.putAll(BodyRules.ALL);
    rules.putAll(ChangeRules.ALL);
    rules.putAll(ShutOutRules.ALL);
    rules.putAll(CacheRules.ALL);
    rules.putAll(RemarkRules.ALL);
    return Collections.unmodifiableMap(rules);
  }
}
