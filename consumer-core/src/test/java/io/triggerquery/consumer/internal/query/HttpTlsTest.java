package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Param;
import feign.RequestLine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source behind TLS. */
@Timeout(60)
class HttpTlsTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Source("things")
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    @TempDir
    Path directory;

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    /** A key store with a certificate of its own for a name. */
    private Path keysFor(String name) throws Exception {
        Path file = directory.resolve(name.replace(':', '-') + ".p12");
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + name,
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString());
        assertThat(new ProcessBuilder(keytool).inheritIO().start().waitFor()).isZero();
        return file;
    }

    private static void trust(Path file) {
        System.setProperty(TRUST_STORE, file.toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    }

    private static RawServer serve(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return new RawServer(
                "https", context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    private static void ask(RawServer server, int calls) throws Exception {
        try (var sources =
                new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()))) {
            var query = sources.query(
                    SourceMethods.of(Things.class),
                    server.url(),
                    new SourceSettings(
                            server.url(),
                            new SourceSettings.Limits(LIMIT, LIMIT, 10_000),
                            new SourceSettings.Protection(LIMIT, 1, 1)));
            for (int call = 0; call < calls; call++) {
                assertThat(query.ask(List.of("a"), 1).toCompletableFuture().get())
                        .isInstanceOf(Answer.Given.class);
            }
        }
    }

    @Test
    void usesTrustStoreOfTheProcess() throws Exception {
        Path keys = keysFor("ip:127.0.0.1");
        try (RawServer server = serve(keys)) {
            assertThatThrownBy(() -> ask(server, 1))
                    .hasRootCauseInstanceOf(Exception.class)
                    .hasStackTraceContaining("PKIX");
            trust(keys);
            ask(server, 5);
            assertThat(server.connections).as("one refused, one kept").hasValue(2);
        }
    }

    @Test
    void rejectsCertificateOfAnotherHost() throws Exception {
        Path keys = keysFor("dns:elsewhere");
        trust(keys);
        try (RawServer server = serve(keys)) {
            assertThatThrownBy(() -> ask(server, 1))
                    .hasStackTraceContaining("127.0.0.1")
                    .hasStackTraceContaining(SSLException.class.getPackageName());
        }
    }
}
