package dev.meshcheck.suites.diagnose;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that people put in front of an API, each with the few lines that a scene is about. */
final class Fronts {

  private Fronts() {}

  /** nginx with that in its only server block. */
  static URI nginx(Stage stage, String server) throws Exception {
    return nginx(stage, "", server);
  }

  /** nginx with that in its http block, and that in its only server block. */
  static URI nginx(Stage stage, String http, String server) throws Exception {
    int port = Program.freePort();
    Path folder =
        nginx(stage, port, http + "server { listen 127.0.0.1:" + port + "; " + server + " }");
    return start(stage, folder, port, "nginx", "-p", "" + folder, "-c", folder + "/conf");
  }

  /** nginx on a TLS port; {@code PORT} in that http block is its port. */
  static URI nginxTls(Stage stage, String http) throws Exception {
    int port = Program.freePort();
    Path folder = nginx(stage, port, http.replace("PORT", "127.0.0.1:" + port));
    return https(start(stage, folder, port, "nginx", "-p", "" + folder, "-c", folder + "/conf"));
  }

  private static Path nginx(Stage stage, int port, String http) throws IOException {
    return folder(
        stage,
        """
        %3$s daemon off; worker_processes 1; pid %%1$s/nginx.pid; error_log %%1$s/error.log;
        events {}
        http {
          access_log off; proxy_http_version 1.1; proxy_buffering off;
          client_body_temp_path %%1$s/t1; proxy_temp_path %%1$s/t2; fastcgi_temp_path %%1$s/t3;
          uwsgi_temp_path %%1$s/t4; scgi_temp_path %%1$s/t5;
          %2$s
        }
        """
            .formatted(port, http, isRoot() ? "user root;" : ""));
  }

  /** haproxy with that in its only frontend, and these other sections. */
  static URI haproxy(Stage stage, String bind, String frontend, String sections) throws Exception {
    int port = Program.freePort();
    Path folder =
        folder(
            stage,
            """
            defaults
              mode http
              option http-no-delay
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            frontend here
              bind 127.0.0.1:%d %s
            %s
            %s
            """
                .formatted(port, bind, frontend, sections));
    return start(stage, folder, port, "haproxy", "-db", "-f", folder + "/conf");
  }

  /** A backend of haproxy with these servers. */
  static String backend(String name, URI... servers) {
    StringBuilder lines = new StringBuilder("backend " + name + "\n");
    for (int i = 0; i < servers.length; i++) {
      lines.append("  server s%d 127.0.0.1:%d\n".formatted(i, servers[i].getPort()));
    }
    return lines.toString();
  }

  /** Apache with that in its main server. */
  static URI apache(Stage stage, String server) throws Exception {
    int port = Program.freePort();
    String module = "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n";
    StringBuilder modules = new StringBuilder();
    for (String name :
        "mpm_event authn_core authz_core authz_host authz_user auth_basic authn_file headers proxy proxy_http rewrite socache_shmcb ssl"
            .split(" ", -1)) {
      modules.append(module.formatted(name, name));
    }
    Path folder =
        folder(
            stage,
            """
            ServerName localhost
            ServerRoot %%1$s
            PidFile %%1$s/pid
            ErrorLog %%1$s/error.log
            DefaultRuntimeDir %%1$s
            Mutex file:%%1$s
            DocumentRoot %%1$s
            <IfModule unixd_module>
            User www-data
            Group www-data
            </IfModule>
            %2$s
            Listen 127.0.0.1:%1$d
            %3$s
            """
                .formatted(port, modules, server));
    return start(stage, folder, port, "apache2", "-DFOREGROUND", "-f", folder + "/conf");
  }

  /** nghttpx, which then speaks HTTP/2 alone, with TLS by that certificate and key. */
  static URI nghttpx(Stage stage, URI upstream, Path pair) throws Exception {
    int port = Program.freePort();
    Path folder = folder(stage, "");
    URI front =
        start(
            stage,
            folder,
            port,
            "nghttpx",
            "--conf=" + folder + "/conf",
            "--frontend=127.0.0.1," + port,
            "--backend=127.0.0.1," + upstream.getPort(),
            "--npn-list=h2",
            "--workers=1",
            pair.toString(),
            pair.toString());
    return https(front);
  }

  /** Caddy with that site block. */
  static URI caddy(Stage stage, String site) throws Exception {
    int port = Program.freePort();
    Path folder =
        folder(
            stage,
            "{\n admin off\n auto_https disable_redirects\n skip_install_trust\n}\n"
                + site.replace("PORT", "" + port));
    return start(
        stage,
        folder,
        port,
        "caddy",
        "run",
        "--adapter",
        "caddyfile",
        "--config",
        folder + "/conf");
  }

  /** Caddy, plain, with these directives. */
  static URI caddyHttp(Stage stage, String directives) throws Exception {
    return caddy(stage, "http://127.0.0.1:PORT {\n" + directives + "\n}\n");
  }

  /** Varnish in front of a server, with these subroutines. */
  static URI varnish(Stage stage, URI upstream, String subroutines) throws Exception {
    int port = Program.freePort();
    Path folder =
        folder(
            stage,
            "vcl 4.1;\nbackend default { .host = \"127.0.0.1\"; .port = \"%d\"; }\n%s\n"
                .formatted(upstream.getPort(), subroutines));
    return start(
        stage,
        folder,
        port,
        "varnishd",
        "-F",
        "-a",
        "127.0.0.1:" + port,
        "-f",
        folder + "/conf",
        "-n",
        folder + "/v",
        "-j",
        "none",
        "-s",
        "malloc,16m");
  }

  /** A squid as a forward proxy that resolves names from that hosts file and keeps these rules. */
  static URI squid(Stage stage, String hosts, String rules) throws Exception {
    return squid(stage, "", hosts, rules);
  }

  /** A squid in front of a server at that port of this machine. */
  static URI squidInFront(Stage stage, int port) throws Exception {
    return squid(
        stage,
        "accel defaultsite=llm.example no-vhost",
        "",
        "http_access allow all\nnever_direct allow all\ncache_peer 127.0.0.1 parent "
            + port
            + " 0 no-query originserver");
  }

  private static URI squid(Stage stage, String mode, String hosts, String rules) throws Exception {
    int port = Program.freePort();
    // It reads the file as a user of its own.
    Files.setPosixFilePermissions(stage.home(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Path names = stage.file("hosts", hosts);
    Path folder =
        folder(
            stage,
            """
            http_port 127.0.0.1:%d %s
            hosts_file %s
            pid_filename none
            cache deny all
            access_log none
            cache_log %%1$s/cache.log
            coredump_dir %%1$s
            netdb_filename none
            visible_hostname proxy.example
            %s
            """
                .formatted(port, mode, names, rules));
    return start(stage, folder, port, "squid", "-N", "-n", "p" + port, "-f", folder + "/conf");
  }

  /** stunnel in front of a server, with these lines in its service. */
  static URI stunnel(Stage stage, URI upstream, Path certificate, String lines) throws Exception {
    int port = Program.freePort();
    Path folder =
        folder(
            stage,
            """
            foreground = yes
            pid =
            [here]
            accept = 127.0.0.1:%d
            connect = 127.0.0.1:%d
            cert = %s
            %s
            """
                .formatted(port, upstream.getPort(), certificate, lines));
    return https(start(stage, folder, port, "stunnel4", folder + "/conf"));
  }

  static URI https(URI plain) {
    return URI.create(plain.toString().replaceFirst("^http:", "https:"));
  }

  private static URI start(Stage stage, Path folder, int port, String name, String... arguments)
      throws Exception {
    return stage.keep(Program.start(folder, port, name, arguments)).url();
  }

  private static Path folder(Stage stage, String config) throws IOException {
    Path folder = Files.createTempDirectory(stage.home(), "front");
    Files.writeString(folder.resolve("conf"), config.replace("%1$s", folder.toString()));
    return folder;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
