package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import feign.RequestInterceptor;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.it.StartUp.Thing;
import io.triggerquery.consumer.it.StartUp.Things;
import io.triggerquery.consumer.spi.HttpClientCustomizer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The credentials of sources in an application, by properties and by beans. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SourceAccessAtStartTest {

    private static final String SECRET = "s3cr3t";
    private static final String THINGS = "triggerquery.sources.things.";

    static class Listener {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    private final Queue<Headers> requests = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestHeaders());
                byte[] thing = "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, thing.length);
                exchange.getResponseBody().write(thing);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void ask(ApplicationContext application) throws Exception {
        SourceSettings settings =
                application.getBean(ConsumerSettings.class).sources().get("things");
        application
                .getBean(Sources.class)
                .query(
                        SourceMethods.of(Things.class),
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        settings)
                .ask(List.of("a"), 0)
                .toCompletableFuture()
                .get();
    }

    @Test
    void propertiesApplyToEachCallAndNoEndpointShowsThem() throws Exception {
        try (var application = StartUp.of(Listener.class)
                .with(
                        THINGS + "url=http://127.0.0.1:9?key=" + SECRET,
                        THINGS + "bearer-token=" + SECRET,
                        THINGS + "headers.X-Api-Key=${billing.key}",
                        THINGS + "proxy.host=127.0.0.1",
                        THINGS + "proxy.port=" + server.getAddress().getPort(),
                        THINGS + "proxy.username=" + SECRET,
                        THINGS + "proxy.password=" + SECRET,
                        "billing.key=of-a-variable",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.configprops.show-values=always",
                        "management.endpoint.env.show-values=always")
                .in(Map.of("TRIGGERQUERY_SOURCES_THINGS_BEARERTOKEN", SECRET))
                .run()) {
            ask(application);
            assertThat(requests.remove())
                    .containsEntry("Authorization", List.of("Bearer " + SECRET))
                    .containsEntry("X-api-key", List.of("of-a-variable"))
                    .containsEntry("Proxy-authorization", List.of("Basic czNjcjN0OnMzY3IzdA=="));
            var json = JsonMapper.shared();
            String properties = json.writeValueAsString(application
                    .getBean(ConfigurationPropertiesReportEndpoint.class)
                    .configurationPropertiesWithPrefix("triggerquery"));
            String environment = json.writeValueAsString(
                    application.getBean(EnvironmentEndpoint.class).environment("triggerquery"));
            assertThat(properties)
                    .contains("bearerToken", "http://127.0.0.1:9?******")
                    .doesNotContain(SECRET, "of-a-variable");
            assertThat(environment)
                    .contains(THINGS + "bearer-token", "http://127.0.0.1:9?******")
                    .doesNotContain(SECRET, "of-a-variable");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Interceptors {

        @Bean
        RequestInterceptor forAll() {
            return template -> template.header("X-For", "all");
        }

        @Bean
        @Qualifier("things")
        RequestInterceptor forThings() {
            return template -> template.header("X-For", "things");
        }

        @Bean(autowireCandidate = false)
        @Qualifier("elsewhere")
        RequestInterceptor forOtherClients() {
            return template -> template.header("X-For", "other clients");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Others {

        @TriggerQueryListener(topics = "others", source = OtherThings.class)
        void project(Thing thing) {}

        @Bean
        @Qualifier("others")
        RequestInterceptor forOthers() {
            return template -> template.header("X-For", "others");
        }
    }

    @io.triggerquery.consumer.Source("others")
    interface OtherThings {

        @feign.RequestLine("GET /others/{id}")
        Thing byId(@feign.Param("id") String id);
    }

    @Test
    void qualifiedInterceptorAppliesToItsSource() throws Exception {
        try (var application = StartUp.of(Listener.class, Others.class, Interceptors.class)
                .with("triggerquery.sources.others.url=http://127.0.0.1:9")
                .run()) {
            ask(application);
        }
        assertThat(requests.remove()).containsEntry("X-for", List.of("all", "things"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Misspelt {

        @Bean
        @Qualifier("thigns")
        RequestInterceptor credentials() {
            return template -> {};
        }
    }

    @Test
    void interceptorForUnknownSourceFailsStart(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class, Misspelt.class).fails(output))
                .contains("The bean 'credentials' of type feign.RequestInterceptor has the qualifier 'thigns'")
                .contains("Name one of the sources in use: things.");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        @Bean
        Things things() {
            return Thing::new;
        }
    }

    @Test
    void settingsOfApplicationClientFailStart(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class, OwnClient.class)
                        .with(
                                THINGS + "bearer-token=" + SECRET,
                                THINGS + "headers.X-Tenant=" + SECRET,
                                THINGS + "proxy.host=p",
                                THINGS + "proxy.port=1")
                        .fails(output))
                .contains(THINGS + "headers.X-Tenant, " + THINGS + "bearer-token, " + THINGS
                        + "proxy would have no effect")
                .contains(Things.class.getName())
                .doesNotContain(SECRET);
    }

    @Test
    void valueOfMisspelledSettingIsNotShown(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .with(THINGS + "basic.pasword=" + SECRET)
                        .fails(output))
                .contains("Did you mean " + THINGS + "basic.password?")
                .doesNotContain(SECRET);
    }

    @Configuration(proxyBeanMethods = false)
    static class Customized {

        @Bean
        HttpClientCustomizer userAgent() {
            return (source, client) -> client.setUserAgent("asks-" + source)
                    .addRequestInterceptorLast((request, entity, context) -> request.addHeader("X-Custom", "yes"));
        }
    }

    @Test
    void customizerConfiguresHttpClient() throws Exception {
        try (var application = StartUp.of(Listener.class, Customized.class).run()) {
            ask(application);
        }
        assertThat(requests.remove())
                .containsEntry("User-agent", List.of("asks-things"))
                .containsEntry("X-custom", List.of("yes"));
    }
}
