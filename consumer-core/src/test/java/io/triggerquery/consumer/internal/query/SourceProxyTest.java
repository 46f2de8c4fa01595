package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import feign.Param;
import feign.RequestLine;
import feign.RetryableException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A source behind a proxy, with and without TLS. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SourceProxyTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);

    @Source(value = "things", absence = Absence.NOT_FOUND)
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    private static DefaultSslBundleRegistry bundles;
    private static RawServer plain;
    private static RawServer secure;
    private TestProxy proxy;
    private Duration timeout = LONG;

    @BeforeAll
    static void serve(@TempDir Path directory) throws Exception {
        var certificates = new TestCertificates(directory);
        String client = certificates.signed("client", "dns:client");
        String own = certificates.signed("server", "ip:127.0.0.1");
        bundles = new DefaultSslBundleRegistry("mutual", certificates.bundle(client));
        plain = new RawServer();
        var socket = (SSLServerSocket) certificates
                .bundle(own)
                .createSslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        secure = new RawServer("https", socket);
    }

    @AfterAll
    static void stopServing() {
        plain.close();
        secure.close();
    }

    @BeforeEach
    void start() throws Exception {
        proxy = new TestProxy();
        plain.requests.clear();
        secure.requests.clear();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private Answer<Object> ask(RawServer source, String user, int calls) throws Exception {
        try (var sources = new Sources(
                CircuitBreakerRegistry.ofDefaults(),
                Sources.Feign.plain(),
                new HttpParts(bundles, List.of()),
                new Failures(List.of()))) {
            var access = new SourceAccess(
                    Map.of("Authorization", "Bearer of-the-source"),
                    null,
                    source == secure ? "mutual" : null,
                    new SourceAccess.Proxy("127.0.0.1", proxy.port(), user, user == null ? null : "s3cr3t"),
                    List.of("proxy"));
            Query<Object> query = sources.query(
                    SourceMethods.of(Things.class),
                    source.url(),
                    new SourceSettings(
                            source.url(),
                            new SourceSettings.Limits(timeout, timeout, 10_000),
                            new SourceSettings.Protection(LONG, 4, 10),
                            false,
                            access));
            Answer<Object> answer = null;
            for (int call = 0; call < calls; call++) {
                answer = query.ask(List.of("a"), 1).toCompletableFuture().get();
            }
            return answer;
        }
    }

    @Test
    void keepsOneTunnelToSourceWithMutualTls() throws Exception {
        int before = secure.connections.get();
        assertThat(ask(secure, null, 5)).isInstanceOf(Answer.Given.class);
        assertThat(proxy.requests)
                .singleElement()
                .asString()
                .startsWith("CONNECT " + secure.url().getAuthority() + " HTTP/1.1")
                .doesNotContain("Authorization");
        assertThat(secure.connections.get() - before).isOne();
        assertThat(secure.requests)
                .hasSize(5)
                .allSatisfy(request -> assertThat(request)
                        .startsWith("GET /things/a HTTP/1.1")
                        .contains("Authorization: Bearer of-the-source"));
    }

    @Test
    void proxyCredentialsAreSentToProxyOnly() throws Exception {
        assertThat(ask(secure, "alice", 2)).isInstanceOf(Answer.Given.class);
        assertThat(proxy.requests)
                .singleElement()
                .asString()
                .contains("Proxy-Authorization: Basic YWxpY2U6czNjcjN0")
                .doesNotContain("of-the-source");
        assertThat(secure.requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request).doesNotContain("Proxy-Authorization"));
    }

    @Test
    void forwardsCallsWithoutTls() throws Exception {
        assertThat(ask(plain, "alice", 1)).isInstanceOf(Answer.Given.class);
        assertThat(proxy.requests)
                .singleElement()
                .asString()
                .startsWith("GET " + plain.url() + "/things/a HTTP/1.1")
                .contains("Proxy-Authorization: Basic YWxpY2U6czNjcjN0");
    }

    /** For example, a 404 of the proxy is not an absence. */
    @ParameterizedTest
    @ValueSource(strings = {"407 Proxy Authentication Required", "403 Forbidden", "404 Not Found", "502 Bad Gateway"})
    void refusedTunnelIsNotAFailureOfAnId(String status) {
        proxy.refusal = "HTTP/1.1 " + status + "\r\nContent-Length: 4\r\n\r\nbusy";
        Throwable failure = catchThrowable(() -> ask(secure, "alice", 1)).getCause();
        assertThat(failure)
                .isInstanceOf(RetryableException.class)
                .hasMessageStartingWith("The proxy refuses the connection: " + status);
        assertThat(new Failures(List.of()).kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(secure.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void wrongProxyCredentialsAreNotAFailureOfAnId(boolean tls) {
        proxy.refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                + "Content-Length: 0\r\n\r\n";
        Throwable failure =
                catchThrowable(() -> ask(tls ? secure : plain, "alice", 1)).getCause();
        assertThat(new Failures(List.of()).kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("407").hasMessageNotContaining("s3cr3t");
        assertThat(proxy.requests).hasSize(1);
    }

    @Test
    void closesConnectionOfSilentProxy() throws Exception {
        proxy.silent = true;
        timeout = SHORT;
        Throwable failure = catchThrowable(() -> ask(secure, null, 1)).getCause();
        assertThat(new Failures(List.of()).kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
        proxy.hungUp.await();
    }

    @Test
    void proxyOfSystemPropertiesIsLoggedAndNotUsed(CapturedOutput output) throws Exception {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
        System.setProperty("http.nonProxyHosts", "");
        try (var sources =
                new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()))) {
            var limits = new SourceSettings.Limits(timeout, timeout, 10_000);
            var protection = new SourceSettings.Protection(LONG, 4, 10);
            Query<Object> query = sources.query(
                    SourceMethods.of(Things.class), plain.url(), new SourceSettings(plain.url(), limits, protection));
            query.ask(List.of("a"), 1).toCompletableFuture().get();
        } finally {
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts").forEach(System::clearProperty);
        }
        assertThat(proxy.requests).isEmpty();
        assertThat(output)
                .containsOnlyOnce("System properties name the proxy ")
                .contains("It is not used. Set triggerquery.sources.things.proxy.host");
    }
}
