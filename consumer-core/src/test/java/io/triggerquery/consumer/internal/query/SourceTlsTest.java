package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import feign.Param;
import feign.RequestLine;
import feign.RetryableException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A source with an SSL bundle, and what fails before the first byte of HTTP. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SourceTlsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);

    @Source("things")
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    private static TestCertificates certificates;
    private static String server;
    private static String client;

    private Duration timeout = LONG;

    @BeforeAll
    static void sign(@TempDir Path directory) {
        certificates = new TestCertificates(directory);
        server = certificates.signed("server", "ip:127.0.0.1");
        client = certificates.signed("client", "dns:client");
    }

    private static RawServer serve(String keys, boolean mutual) throws Exception {
        var socket = (SSLServerSocket) certificates
                .bundle(keys)
                .createSslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(mutual);
        return new RawServer("https", socket);
    }

    private static Sources sources(DefaultSslBundleRegistry bundles) {
        return new Sources(
                CircuitBreakerRegistry.ofDefaults(),
                Sources.Feign.plain(),
                new HttpParts(bundles, List.of()),
                new Failures(List.of()));
    }

    private Query<Object> query(Sources sources, URI url, String bundle) {
        return sources.query(
                SourceMethods.of(Things.class),
                url,
                new SourceSettings(
                        url,
                        new SourceSettings.Limits(timeout, timeout, 10_000),
                        new SourceSettings.Protection(LONG, 4, 10),
                        false,
                        new SourceAccess(Map.of(), null, bundle, null, List.of("ssl-bundle"))));
    }

    private static Answer<Object> ask(Query<Object> query) throws Exception {
        return query.ask(List.of("a"), 1).toCompletableFuture().get();
    }

    /** Apache's client reuses a connection with a client certificate only for calls that name its owner. */
    @Test
    void keepsConnectionWithMutualTls() throws Exception {
        try (RawServer source = serve(server, true);
                Sources sources = sources(new DefaultSslBundleRegistry("mutual", certificates.bundle(client)))) {
            Query<Object> query = query(sources, source.url(), "mutual");
            for (int call = 0; call < 5; call++) {
                assertThat(ask(query)).isInstanceOf(Answer.Given.class);
            }
            assertThat(source.connections).hasValue(1);
        }
    }

    @Test
    void reloadedBundleAppliesToNewCallsOnly(CapturedOutput output) throws Exception {
        var bundles = new DefaultSslBundleRegistry("mutual", certificates.bundle(client));
        String renewed = certificates.signed("renewed", "dns:renewed");
        var asked = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (RawServer source = serve(server, true);
                Sources sources = sources(bundles)) {
            source.on("/things/slow", (request, connection) -> {
                asked.countDown();
                goOn.await();
                RawServer.write(connection, RawServer.answer("200 OK", RawServer.thing("slow")));
                return true;
            });
            source.on("/things/a", (request, connection) -> {
                String name =
                        ((SSLSocket) connection).getSession().getPeerPrincipal().getName();
                RawServer.write(connection, RawServer.answer("200 OK", RawServer.thing(name)));
                return true;
            });
            Query<Object> query = query(sources, source.url(), "mutual");
            assertThat(ask(query).toString()).contains("CN=client");
            var slow = query.ask(List.of("slow"), 1).toCompletableFuture();
            asked.await();
            bundles.updateBundle("mutual", certificates.bundle(renewed));
            assertThat(ask(query).toString()).contains("CN=renewed");
            goOn.countDown();
            assertThat(slow.get()).isInstanceOf(Answer.Given.class);
            bundles.updateBundle("mutual", broken());
            assertThat(ask(query).toString()).contains("CN=renewed");
        }
        assertThat(output)
                .contains("The SSL bundle 'mutual' has changed: new calls of the source things use a new HTTP client.")
                .contains("no new HTTP client of the source things can be created");
    }

    private static SslBundle broken() {
        return SslBundle.of(new SslStoreBundle() {
            @Override
            public KeyStore getKeyStore() {
                throw new IllegalStateException("half written");
            }

            @Override
            public String getKeyStorePassword() {
                return null;
            }

            @Override
            public KeyStore getTrustStore() {
                return null;
            }
        });
    }

    @Test
    void missingBundleFailsStart() throws Exception {
        URI url = URI.create("https://127.0.0.1:9");
        try (Sources sources = sources(new DefaultSslBundleRegistry("mutual", certificates.bundle(client)))) {
            assertThatThrownBy(() -> query(sources, url, "mutal"))
                    .isInstanceOfSatisfying(
                            FailureAnalyzedException.class,
                            failure ->
                                    assertThat(failure.analysis().getAction()).contains("name one of those: mutual"))
                    .hasMessageContaining("triggerquery.sources.things.ssl-bundle is 'mutal'");
        }
        try (Sources sources = sources(null)) {
            assertThatThrownBy(() -> query(sources, url, "mutual")).isInstanceOf(FailureAnalyzedException.class);
        }
    }

    private Throwable failure(URI url, SslBundle bundle) throws Exception {
        try (Sources sources = sources(new DefaultSslBundleRegistry("trust", bundle))) {
            Query<Object> query = query(sources, url, "trust");
            Throwable failure = catchThrowable(() -> ask(query)).getCause();
            assertThat(failure).isInstanceOf(RetryableException.class).hasMessageEndingWith("GET " + url + "/things/a");
            assertThat(new Failures(List.of()).kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
            return failure;
        }
    }

    private void fails(String keys, boolean mutual, SslBundle bundle, String said) throws Exception {
        try (RawServer source = serve(keys, mutual)) {
            assertThat(failure(source.url(), bundle))
                    .hasMessageContaining(source.url().getAuthority())
                    .hasMessageContaining(said);
        }
    }

    @Test
    void untrustedCertificateIsNamedInOneSentence() throws Exception {
        SslBundle trust = certificates.bundle(null);
        String expired = certificates.signed("expired", "ip:127.0.0.1", "-startdate", "-3d", "-validity", "1");
        fails(expired, false, trust, " has expired (NotAfter: ");
        String early = certificates.signed("early", "ip:127.0.0.1", "-startdate", "+2d");
        fails(early, false, trust, " is not valid yet (NotBefore: ");
        String elsewhere = certificates.signed("elsewhere", "dns:elsewhere");
        fails(elsewhere, false, trust, " is for another host (");
        fails(server, false, SslBundle.systemDefault(), " is not signed by an authority that this process trusts");
    }

    @Test
    void missingClientCertificateIsNamedInOneSentence() throws Exception {
        fails(server, true, certificates.bundle(null), " does not accept the client certificate, or requires one (");
    }

    @Test
    void sourceWithoutTlsIsNamedInOneSentence() throws Exception {
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> answerInPlainText(socket));
            URI url = URI.create("https://127.0.0.1:" + socket.getLocalPort());
            assertThat(failure(url, certificates.bundle(null))).hasMessageContaining("TLS with " + url.getAuthority());
        }
    }

    private static void answerInPlainText(ServerSocket socket) {
        try (Socket connection = socket.accept()) {
            RawServer.write(connection, RawServer.answer("400 Bad Request", "TLS?"));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // the test is over
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesConnectionOfEndlessHandshake(boolean trickles) throws Exception {
        timeout = SHORT;
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hungUp = CompletableFuture.runAsync(() -> stall(socket, trickles));
            URI url = URI.create("https://127.0.0.1:" + socket.getLocalPort());
            failure(url, certificates.bundle(null));
            hungUp.get(30, TimeUnit.SECONDS);
        }
    }

    private static void stall(ServerSocket socket, boolean trickles) {
        try (Socket connection = socket.accept()) {
            connection.setSoTimeout(50);
            InputStream in = connection.getInputStream();
            byte[] handshake = {22, 3, 3, 64, 0}; // the head of a record of 16 KB
            for (int sent = 0; ; sent++) {
                if (trickles) {
                    connection.getOutputStream().write(sent < handshake.length ? handshake[sent] : 0);
                }
                if (ended(in)) {
                    return;
                }
            }
        } catch (IOException reset) {
            // closed by the client
        }
    }

    private static boolean ended(InputStream in) throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException notYet) {
            return false;
        }
    }
}
