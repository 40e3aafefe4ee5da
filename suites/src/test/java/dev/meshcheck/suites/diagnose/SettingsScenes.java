package dev.meshcheck.suites.diagnose;

import dev.meshcheck.fixtures.settings.Setting;
import java.util.List;

/** What is wrong before anything is sent. */
final class SettingsScenes {

  private SettingsScenes() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "settings-unusable",
            "timeout 'soon' (from --timeout) is not a number of seconds",
            "with the same options and --show-settings",
            stage -> stage.flag(Setting.TIMEOUT, "soon").diagnose("https://127.0.0.1:1"),
            stage -> stage.flag(Setting.TIMEOUT, "9").diagnose(stage.serverless())),
        new Scenario(
            "http-instead-of-https",
            "would send the key in clear over the internet; so it was not sent",
            "./run.sh diagnose --host https://no-such-host.invalid",
            stage -> stage.user("serverless").diagnose("http://no-such-host.invalid"),
            stage -> stage.diagnose(stage.serverless())),
        new Scenario(
            "base-url-has-doubled-v1",
            "/v1 stands there twice",
            "export OPENAI_BASE_URL=http://127.0.0.1",
            stage -> stage.diagnose(stage.onDemand() + "/v1/v1"),
            stage -> stage.diagnose(stage.onDemand() + "/v1")),
        new Scenario(
            "key-missing",
            "no inference key is set for serverless",
            "tm init --sync",
            stage -> {
              String host = stage.serverless().toString();
              return stage.noEnv("TENSORMESH_INFERENCE_API_KEY").diagnose(host);
            },
            stage -> {
              String host = stage.serverless().toString();
              return stage.key(Stage.WRONG_KEY).diagnose(host);
            }),
        new Scenario(
            "key-malformed",
            "without that, the key is accepted: POST /v1/chat/completions",
            "copy the key again, alone; it came from TENSORMESH_INFERENCE_API_KEY",
            stage -> {
              String host = stage.onDemand().toString();
              return stage.key("Bearer " + Stage.KNOWN.inferenceKey() + " ").diagnose(host);
            },
            stage -> {
              String host = stage.onDemand().toString();
              return stage.key(Stage.WRONG_KEY).diagnose(host);
            }),
        new Scenario(
            "missing-user-id",
            "The X-User-Id header is required.",
            "tm auth whoami",
            stage -> {
              String host = stage.onDemand().toString();
              return stage.noFlag(Setting.USER_ID).diagnose(host);
            },
            stage -> {
              String host = stage.onDemand().toString();
              return stage.flag(Setting.USER_ID, Stage.NOBODY).diagnose(host);
            }),
        new Scenario(
            "value-ends-with-white-space",
            "model (from TENSORMESH_MODEL) ends with a carriage return",
            "sed -i",
            stage -> {
              String host = stage.serverless().toString();
              return stage.env("TENSORMESH_MODEL", "meshcheck/reference-1\r").diagnose(host);
            },
            stage -> {
              String host = stage.serverless().toString();
              return stage.env("TENSORMESH_MODEL", "meshcheck/reference-1").diagnose(host);
            }),
        new Scenario(
            "user-id-malformed",
            "user-id 'somebody' (from --user-id) is no UUID",
            "what is set came from --user-id",
            stage -> {
              String host = stage.onDemand().toString();
              return stage.flag(Setting.USER_ID, "somebody").diagnose(host);
            },
            stage -> {
              String host = stage.onDemand().toString();
              return stage.flag(Setting.USER_ID, Stage.NOBODY).diagnose(host);
            }));
  }
}
