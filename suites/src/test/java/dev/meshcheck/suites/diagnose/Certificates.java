package dev.meshcheck.suites.diagnose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates, most of them self-signed, made by the JDK's keytool when they are needed. */
enum Certificates {
  GOOD("-1d", 400, "ip:127.0.0.1,dns:localhost"),
  EXPIRED("-30d", 10, "ip:127.0.0.1"),
  ENDING("-85d", 90, "ip:127.0.0.1"),
  /** For names that only a proxy, or --resolve, knows. */
  NAMED("-1d", 400, "dns:gateway,dns:inference.corp.example"),
  ELSEWHERE("-1d", 400, "dns:elsewhere.example"),
  /** Lives for days by design, as those of short-lived authorities do. */
  SHORT("-1d", 6, "ip:127.0.0.1,dns:localhost"),
  /** With a key of RSA that is too short for OpenSSL, and long enough for Java. */
  WEAK("-1d", 400, "ip:127.0.0.1,dns:localhost"),
  /** For an address that is written as a name, which no client takes for one. */
  AS_A_NAME("-1d", 400, "dns:127.0.0.1"),
  /** Signed by an authority. */
  SIGNED("-1d", 400, "ip:127.0.0.1,dns:localhost", "serverAuth"),
  /** Signed by an authority, for clients only. */
  CLIENT("-1d", 400, "ip:127.0.0.1,dns:localhost", "clientAuth");

  static final String PASSWORD = "changeit";
  private static final String HOST = "host";
  private static final String AUTHORITY = "authority";

  private final String start;
  private final int days;
  private final String names;

  /** What it may be used for, of one that is signed by an authority; empty of others. */
  private final String purpose;

  Certificates(String start, int days, String names) {
    this(start, days, names, "");
  }

  Certificates(String start, int days, String names, String purpose) {
    this.start = start;
    this.days = days;
    this.names = names;
    this.purpose = purpose;
  }

  KeyStore store(Path folder) throws Exception {
    Path file = folder.resolve(name() + ".p12");
    if (!Files.exists(file)) {
      make(file);
    }
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    if (!purpose.isEmpty()) {
      // Its key stays with the authority.
      Certificate authority = store.getCertificate(AUTHORITY);
      store.deleteEntry(AUTHORITY);
      store.setCertificateEntry(AUTHORITY, authority);
    }
    return store;
  }

  /** The certificate, or that of its authority, as a PEM file, for those who trust it. */
  Path pem(Path folder) throws Exception {
    return Files.writeString(
        folder.resolve(name() + ".pem"), pem(folder, purpose.isEmpty() ? HOST : AUTHORITY));
  }

  /** The server's own certificate, whoever signed it. */
  Path own(Path folder) throws Exception {
    return Files.writeString(folder.resolve(name() + ".own.pem"), pem(folder, HOST));
  }

  private String pem(Path folder, String alias) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store(folder).getCertificate(alias).getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /** Private key and certificate in one PEM file, as servers take them. */
  Path pair(Path folder) throws Exception {
    byte[] key = store(folder).getKey(HOST, PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(
        folder.resolve(name() + ".pair.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n"
            + pem(folder, HOST));
  }

  private void make(Path file) throws IOException, InterruptedException {
    if (purpose.isEmpty()) {
      keytool(file, HOST, "-ext", "san=" + names);
      return;
    }
    keytool(file, AUTHORITY, "-ext", "bc:c=ca:true");
    keytool(file, HOST, "-ext", "san=" + names, "-ext", "eku=" + purpose, "-signer", AUTHORITY);
  }

  private void keytool(Path file, String alias, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                this == WEAK ? "RSA" : "EC",
                "-keysize",
                this == WEAK ? "1024" : "256",
                "-dname",
                "CN=%s%s.example"
                    .formatted(
                        alias.equals(HOST) ? "" : alias + ".",
                        name().toLowerCase(java.util.Locale.ROOT)),
                "-startdate",
                start,
                "-validity",
                String.valueOf(days),
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
