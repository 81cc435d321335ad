package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.pipeline.RecordedProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who sends half a request would keep a thread for ever. The JDK's server reads its limits once in
 * a process, so that this is one of its own.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowClientsTest {
  private Process process;
  private RawClient client;

  /** Serves until it is killed, and says where. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) {
      WebServer web =
          WebServer.start(
              new Address("127.0.0.1", 0, List.of()),
              Map.of("/", Reply.of("text/plain", new byte[] {'a'})),
              Map.of("/api/size", (query, body) -> Reply.json(body.length)),
              new Faults(new RecordedProgress()));
      System.out.println(web.port() + " " + web.address());
    }
  }

  @BeforeEach
  void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsun.net.httpserver.maxReqTime=1",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String[] said = out.readLine().split(" ", -1);
    client = RawClient.of(Integer.parseInt(said[0]), said[1]);
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void whoSendsHalfAHeadIsCutOff() throws IOException {
    assertThat(endOf("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")).isEmpty();
    assertThat(client.send("GET / HTTP/1.1").status()).isEqualTo(200);
  }

  @Test
  void whoSendsHalfABodyIsCutOff() throws IOException {
    String head =
        "POST /api/size HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nX-Fmviz: 1\r\nContent-Length: 100\r\n\r\n"
            .formatted(client.cookie());
    assertThat(endOf(head + "half")).isEmpty();
    assertThat(client.send("GET / HTTP/1.1").status()).isEqualTo(200);
  }

  /** What comes until the other side ends, without ending ourselves. */
  private String endOf(String sent) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }
}
