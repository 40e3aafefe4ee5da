package dev.meshcheck.suites.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * What is well-formed and known to no host. The same in every run, so that equal requests are sent
 * once, logs show who asked, and nobody meets a stranger's id by chance.
 */
public final class Unknown {

  public static final String KEY = "ak-meshcheck-this-key-is-wrong-7c41e09d";

  public static final String MODEL = "meshcheck/no-such-model";

  /** In the form of a control-plane modelId. */
  public static final String MODEL_ID = "3f0a6c1e-9b7d-4e52-8c34-1d2e3f4a5b6c";

  public static final String USER_ID =
      UUID.nameUUIDFromBytes("meshcheck: nobody".getBytes(UTF_8)).toString();

  private Unknown() {}
}
