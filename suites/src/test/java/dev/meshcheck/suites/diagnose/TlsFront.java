package dev.meshcheck.suites.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** Ends TLS in front of a server and passes the bytes on. */
final class TlsFront implements AutoCloseable {

  private final ServerSocket server;
  private final URI upstream;
  private final int nth;
  private int taken;
  private final ExecutorService threads = Executors.newCachedThreadPool(TlsFront::daemon);

  TlsFront(KeyStore certificate, URI upstream) throws Exception {
    this(certificate, upstream, false);
  }

  /** The same, which chooses one of these protocols in the handshake (ALPN). */
  TlsFront(KeyStore certificate, URI upstream, String... protocols) throws Exception {
    this(certificate, upstream, false);
    SSLParameters offered = ((SSLServerSocket) server).getSSLParameters();
    offered.setApplicationProtocols(protocols);
    ((SSLServerSocket) server).setSSLParameters(offered);
  }

  /** The same, which may let nobody in without a certificate. */
  TlsFront(KeyStore certificate, URI upstream, boolean mutual) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(certificate, Certificates.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    this.server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ((SSLServerSocket) server).setNeedClientAuth(mutual);
    this.upstream = upstream;
    this.nth = Integer.MAX_VALUE;
    threads.execute(this::serve);
  }

  /** Passes the bytes on from an address of this machine, without TLS. */
  TlsFront(InetAddress address, URI upstream) throws IOException {
    this(address, upstream, Integer.MAX_VALUE);
  }

  /** As above, and every n-th connection is closed at once. */
  TlsFront(InetAddress address, URI upstream, int nth) throws IOException {
    this.server = ServerSocketFactory.getDefault().createServerSocket(0, 50, address);
    this.upstream = upstream;
    this.nth = nth;
    threads.execute(this::serve);
  }

  /** Passes the bytes on from that socket. */
  TlsFront(ServerSocket server, URI upstream) {
    this.server = server;
    this.upstream = upstream;
    this.nth = Integer.MAX_VALUE;
    threads.execute(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (++taken % nth == 0) {
          client.close();
          continue;
        }
        Socket behind = new Socket(upstream.getHost(), upstream.getPort());
        threads.execute(() -> pump(client, behind));
        threads.execute(() -> pump(behind, client));
      } catch (IOException | RejectedExecutionException e) {
        // A handshake that fails is what some scenarios are about; after the end nobody is served.
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      int count;
      while ((count = in.read(buffer)) >= 0) {
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // Either side may hang up.
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tls-front");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
