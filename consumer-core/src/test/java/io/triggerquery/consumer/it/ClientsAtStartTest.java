package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.spi.SourceQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** The clients that a listener can have, and the errors at the start for others. */
@ExtendWith(OutputCaptureExtension.class)
class ClientsAtStartTest {

    record Thing(String id, long version) {}

    record Other(String id) {}

    /** Without an address, which the application's own client knows. */
    private static StartUp start(Class<?>... beans) {
        return StartUp.of(beans).withoutUrl();
    }

    @Source("things")
    interface ExchangeThings {

        @GetExchange("/api/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    static class ExchangeProjection {

        @TriggerQueryListener(topics = "exchange", source = ExchangeThings.class)
        void project(Thing thing) {}
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "things", types = ExchangeThings.class)
    static class HttpServices {

        @Bean
        RestClientHttpServiceGroupConfigurer address() {
            return groups -> groups.forEachClient((group, client) -> client.baseUrl("http://127.0.0.1:9"));
        }
    }

    @Test
    void httpExchangeInterfaceImplementedBySpring() {
        assertThat(start(ExchangeProjection.class, HttpServices.class).listeners())
                .containsExactly("exchange");
    }

    @Test
    void httpExchangeInterfaceWithoutBean(CapturedOutput output) {
        assertThat(StartUp.of(ExchangeProjection.class).fails(output))
                .contains(
                        "There is no bean of the source",
                        "@ImportHttpServices(group = \"things\", types = ExchangeThings.class)",
                        "is then the property spring.http.serviceclient.things.base-url",
                        "Without a group it is spring.http.serviceclient.default.base-url");
    }

    @Test
    void protectionSettingsApplyToAnyClient() {
        for (StartUp application : List.of(
                start(ExchangeProjection.class, HttpServices.class),
                start(ClassProjection.class, Repository.class),
                start(QueryProjection.class, Queries.class))) {
            assertThat(application
                            .with(
                                    "triggerquery.sources.things.max-calls=3",
                                    "triggerquery.sources.things.circuit-open-for=2s",
                                    "triggerquery.sources.things.max-retry-after=20s")
                            .listeners())
                    .hasSize(1);
        }
    }

    @Test
    void httpClientSettingsFailStartWithApplicationClient(CapturedOutput output) {
        String[] settings = Stream.of(
                        "url=http://127.0.0.1:9",
                        "connect-timeout=2s",
                        "read-timeout=5s",
                        "max-answer-size=2MB",
                        "max-buffered-size=64MB",
                        "follow-redirects=true",
                        "bearer-token=abc")
                .map(setting -> "triggerquery.sources.things." + setting)
                .toArray(String[]::new);
        String named = Arrays.stream(settings)
                .map(setting -> setting.substring(0, setting.indexOf('=')))
                .collect(Collectors.joining(", "));
        assertThat(start(ExchangeProjection.class, HttpServices.class)
                        .with(settings)
                        .fails(output))
                .contains(
                        named + " would have no effect, because the application has a bean of type",
                        "spring.http.serviceclient.GROUP");
        assertThat(start(ClassProjection.class, Repository.class).with(settings).fails(output))
                .contains(named + " would have no effect", "Configure the client that it uses");
        assertThat(start(QueryProjection.class, Queries.class).with(settings).fails(output))
                .contains(named + " would have no effect", "SourceQuery, which is the source's client");
    }

    @Test
    void settingWithoutEffectIsFoundInVariable(CapturedOutput output) {
        assertThat(start(ClassProjection.class, Repository.class)
                        .in(Map.of("TRIGGERQUERY_SOURCES_THINGS_READTIMEOUT", "5s"))
                        .fails(output))
                .contains("triggerquery.sources.things.read-timeout would have no effect");
    }

    @Test
    void maxBatchWithoutBatchMethodHasNoEffect(CapturedOutput output) {
        String setting = "triggerquery.sources.things.max-ids=10";
        assertThat(StartUp.of(ChosenProjection.class).with(setting).fails(output))
                .contains(
                        "triggerquery.sources.things.max-ids would have no effect",
                        "is asked for one id at a time",
                        "Add a method that takes a list of ids");
        assertThat(start(QueryProjection.class, Queries.class).with(setting).fails(output))
                .contains("max-ids would have no effect, because the bean 'thingQuery' is asked for one id at a time");
        assertThat(start(QueryProjection.class, ManyQueries.class).with(setting).listeners())
                .containsExactly("query");
    }

    @Source(value = "things", shared = true)
    static class SharedById {

        public Thing find(String id) {
            return new Thing(id, 1);
        }
    }

    @Source(value = "things", id = "id", shared = true)
    interface SharedByIds {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine("GET /api/things?ids={ids}")
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    static class SharedByIdProjection {

        @TriggerQueryListener(topics = "by-id", source = SharedById.class)
        void project(Thing thing) {}
    }

    static class SharedByIdsProjection {

        @TriggerQueryListener(topics = "by-ids", source = SharedByIds.class)
        void project(Thing thing) {}
    }

    @Test
    void settingOfSharedSourceIsUsedIfOneClientUsesIt(CapturedOutput output) {
        String[] settings = {"triggerquery.sources.things.max-ids=10", "triggerquery.sources.things.read-timeout=2s"};
        assertThat(StartUp.of(SharedByIdProjection.class, SharedByIdsProjection.class, SharedById.class)
                        .with(settings)
                        .listeners())
                .containsExactlyInAnyOrder("by-id", "by-ids");
        assertThat(start(SharedByIdProjection.class, SharedById.class)
                        .with(settings)
                        .fails(output))
                .contains("triggerquery.sources.things.read-timeout would have no effect");
    }

    @Configuration(proxyBeanMethods = false)
    static class ManyQueries {

        @Bean
        @Source("things")
        SourceQuery<Thing> thingQuery() {
            return SourceQuery.many(ids -> Map.of());
        }
    }

    @Test
    void startLogSaysWhetherCallsBlockAThread(CapturedOutput output) {
        assertThat(start(ExchangeProjection.class, HttpServices.class).listeners())
                .hasSize(1);
        assertThat(start(FutureProjection.class, Futures.class).listeners()).hasSize(1);
        assertThat(output)
                .contains("ClientsAtStartTest$ExchangeThings; a thread waits for each call) and projects with")
                .contains("ClientsAtStartTest$Futures) and projects with");
    }

    @Source("futures")
    static class Futures {

        public CompletableFuture<Thing> find(String id) {
            return CompletableFuture.completedFuture(new Thing(id, 1));
        }
    }

    static class FutureProjection {

        @TriggerQueryListener(topics = "futures", source = Futures.class)
        void project(Thing thing) {}
    }

    @Source("things")
    interface MvcThings {

        @GetMapping("/api/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    static class MvcProjection {

        @TriggerQueryListener(topics = "mvc", source = MvcThings.class)
        void project(Thing thing) {}
    }

    @Test
    void springMvcAnnotationsWithoutBean(CapturedOutput output) {
        assertThat(StartUp.of(MvcProjection.class).fails(output))
                .contains("There is no bean of the source", "@FeignClient", "@EnableFeignClients", "@HttpExchange");
    }

    @Source("things")
    static class Repository {

        public Optional<Thing> find(String id) {
            return Optional.empty();
        }
    }

    static class ClassProjection {

        @TriggerQueryListener(topics = "class", source = Repository.class)
        void project(Thing thing) {}
    }

    @Test
    void applicationClass(CapturedOutput output) {
        assertThat(start(ClassProjection.class, Repository.class).listeners()).containsExactly("class");
        assertThat(start(ClassProjection.class).fails(output)).contains("Declare Repository as a bean");
    }

    static class QueryProjection {

        @TriggerQueryListener(topics = "query", query = "thingQuery")
        void project(Snapshot<Thing> thing) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Queries {

        @Bean
        @Source(value = "things", version = "version", absence = Absence.NOT_FOUND)
        SourceQuery<Thing> thingQuery() {
            return SourceQuery.optional(id -> Optional.empty());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherQueries {

        @Bean
        SourceQuery<Other> thingQuery() {
            return SourceQuery.one(Other::new);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WrongVersion {

        @Bean
        @Source(value = "things", version = "revision")
        SourceQuery<Thing> thingQuery() {
            return SourceQuery.one(id -> new Thing(id, 1));
        }
    }

    @Test
    void applicationQueryWithSettings() {
        assertThat(start(QueryProjection.class, Queries.class)
                        .with("triggerquery.sources.things.max-calls=3")
                        .listeners())
                .containsExactly("query");
    }

    @Test
    void mismatchedQuery(CapturedOutput output) {
        assertThat(start(QueryProjection.class).fails(output))
                .contains("names the query 'thingQuery', and there is no bean of that name", "SourceQuery.one(");
        assertThat(start(QueryProjection.class, OtherQueries.class).fails(output))
                .contains("unsupported signature", "Snapshot<Other>");
        assertThat(start(QueryProjection.class, WrongVersion.class).fails(output))
                .contains("@Source(version = \"revision\") does not name a property");
    }

    static class Both {

        @TriggerQueryListener(topics = "both", query = "thingQuery", source = ExchangeThings.class)
        void project(Thing thing) {}
    }

    static class Neither {

        @TriggerQueryListener(topics = "neither")
        void project(Thing thing) {}
    }

    @Test
    void exactlyOneSourceIsRequired(CapturedOutput output) {
        assertThat(start(Both.class, Queries.class).fails(output)).contains("has a source and a query");
        assertThat(start(Neither.class).fails(output)).contains("has no source.", "query = \"billingQuery\"");
    }

    @Source("things")
    interface Several {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine("GET /api/names/{name}")
        Thing byName(@Param("name") String name);
    }

    @Source(value = "things", method = "byName")
    interface Chosen extends Several {}

    @Source(value = "things", method = "byNam")
    interface Misspelt extends Several {}

    static class SeveralProjection {

        @TriggerQueryListener(topics = "several", source = Several.class)
        void project(Thing thing) {}
    }

    static class ChosenProjection {

        @TriggerQueryListener(topics = "chosen", source = Chosen.class)
        void project(Thing thing) {}
    }

    static class MisspeltProjection {

        @TriggerQueryListener(topics = "misspelt", source = Misspelt.class)
        void project(Thing thing) {}
    }

    @Test
    void ambiguousMethods(CapturedOutput output) {
        assertThat(StartUp.of(ChosenProjection.class).listeners()).containsExactly("chosen");
        assertThat(StartUp.of(SeveralProjection.class).fails(output))
                .contains("has 2 methods that take one String", "Found: byId, byName.", "method = \"byId\"");
        assertThat(StartUp.of(MisspeltProjection.class).fails(output))
                .contains("@Source(method = \"byNam\")", "names a method that it does not have");
    }
}
