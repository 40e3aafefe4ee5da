package dev.meshcheck.suites.diagnose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Self-signed certificates, made by the JDK's keytool when they are needed. */
enum Certificates {
  GOOD("-1d", 400, "ip:127.0.0.1,dns:localhost"),
  EXPIRED("-30d", 10, "ip:127.0.0.1"),
  ENDING("-85d", 90, "ip:127.0.0.1"),
  /** For names that only a proxy, or --resolve, knows. */
  NAMED("-1d", 400, "dns:gateway,dns:inference.corp.example"),
  ELSEWHERE("-1d", 400, "dns:elsewhere.example"),
  /** Lives for days by design, as those of short-lived authorities do. */
  SHORT("-1d", 6, "ip:127.0.0.1,dns:localhost");

  static final String PASSWORD = "changeit";

  private final String start;
  private final int days;
  private final String names;

  Certificates(String start, int days, String names) {
    this.start = start;
    this.days = days;
    this.names = names;
  }

  KeyStore store(Path folder) throws Exception {
    Path file = folder.resolve(name() + ".p12");
    if (!Files.exists(file)) {
      make(file);
    }
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  /** The certificate as a PEM file, for those who trust it. */
  Path pem(Path folder) throws Exception {
    byte[] bytes = store(folder).getCertificate("host").getEncoded();
    return Files.writeString(
        folder.resolve(name() + ".pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END CERTIFICATE-----\n");
  }

  /** Private key and certificate in one PEM file, as servers take them. */
  Path pair(Path folder) throws Exception {
    byte[] key = store(folder).getKey("host", PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(
        folder.resolve(name() + ".pair.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n"
            + Files.readString(pem(folder)));
  }

  private void make(Path file) throws IOException, InterruptedException, GeneralSecurityException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "host",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name().toLowerCase(java.util.Locale.ROOT) + ".example",
                "-startdate",
                start,
                "-validity",
                String.valueOf(days),
                "-ext",
                "san=" + names,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
