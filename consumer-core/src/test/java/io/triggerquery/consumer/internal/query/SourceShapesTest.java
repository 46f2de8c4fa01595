package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Param;
import feign.RequestLine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.id.IdConversion;
import io.triggerquery.consumer.internal.query.SourceSettings.Protection;
import io.triggerquery.consumer.spi.SourceQuery;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The forms in which a method or a query may return states. */
class SourceShapesTest {

    record Thing(String id, String name) {}

    private final Map<String, Thing> things = new HashMap<>(Map.of("a", new Thing("a", "A"), "b", new Thing("b", "B")));
    private Sources sources = sources();

    private static Sources sources(FailureRule... rules) {
        return new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of(rules)));
    }

    @AfterEach
    void stop() {
        sources.close();
    }

    private static Map<String, Snapshot<Object>> ask(Query<Object> query, String... ids) throws Exception {
        return ((Answer.Given<Object>)
                        query.ask(List.of(ids), 1).toCompletableFuture().join())
                .snapshots();
    }

    private Query<Object> bean(Class<?> type, Object bean) {
        return sources.query(SourceMethods.of(type), bean, Protection.DEFAULT);
    }

    private Snapshot<Object> found(String id) {
        return new Snapshot.Found<>(id, things.get(id), OptionalLong.empty());
    }

    private static Snapshot<Object> absent(String id) {
        return new Snapshot.Absent<>(id, OptionalLong.empty());
    }

    @Source(value = "things", absence = Absence.NOT_FOUND)
    interface Optionals {
        Optional<Thing> byId(String id);
    }

    @Source("things")
    interface WithoutAbsence {
        Optional<Thing> byId(String id);
    }

    @Source(value = "things", absence = Absence.HEADER)
    interface ByHeader {
        Optional<Thing> byId(String id);
    }

    @Test
    void emptyOptionalIsAbsenceIfConfigured() throws Exception {
        assertThat(ask(bean(Optionals.class, (Optionals) id -> Optional.ofNullable(things.get(id))), "a"))
                .isEqualTo(Map.of("a", found("a")));
        assertThat(ask(bean(Optionals.class, (Optionals) id -> Optional.empty()), "c"))
                .isEqualTo(Map.of("c", absent("c")));
    }

    @Test
    void emptyOptionalIsAFailureByDefault() throws Exception {
        for (Class<?> type : List.of(WithoutAbsence.class, ByHeader.class)) {
            stop();
            sources = sources();
            Query<Object> query = type == ByHeader.class
                    ? bean(type, (ByHeader) id -> Optional.empty())
                    : bean(type, (WithoutAbsence) id -> Optional.empty());
            assertThatThrownBy(() -> ask(query, "c"))
                    .hasCauseInstanceOf(MissingStateException.class)
                    .hasMessageContaining("@Source(value = \"things\", absence = Absence.NOT_FOUND)");
        }
    }

    @Test
    void nullIsAlwaysAFailure() throws Exception {
        assertThatThrownBy(() -> ask(bean(Optionals.class, (Optionals) id -> null), "c"))
                .hasMessageContaining("an empty body");
    }

    @Source("things")
    interface Futures {
        CompletionStage<Optional<Thing>> byId(String id);

        CompletableFuture<Map<String, Thing>> byIds(List<String> ids);
    }

    private final class LaterThings implements Futures {

        @Override
        public CompletionStage<Optional<Thing>> byId(String id) {
            return CompletableFuture.supplyAsync(() -> Optional.of(things.get(id)));
        }

        @Override
        public CompletableFuture<Map<String, Thing>> byIds(List<String> ids) {
            return CompletableFuture.supplyAsync(() -> things);
        }
    }

    @Test
    void futuresAndMapsOfStates() throws Exception {
        Query<Object> query = bean(Futures.class, new LaterThings());
        assertThat(ask(query, "a")).isEqualTo(Map.of("a", found("a")));
        assertThat(ask(query, "a", "b", "c")).isEqualTo(Map.of("a", found("a"), "b", found("b")));
    }

    @Source(
            value = "things",
            id = "id",
            method = {"find", "findAll"},
            absence = Absence.NOT_FOUND)
    static class Repository {

        private final Map<String, Thing> things;

        Repository(Map<String, Thing> things) {
            this.things = things;
        }

        public ResponseEntity<Thing> find(String id) {
            return things.containsKey(id)
                    ? ResponseEntity.ok(things.get(id))
                    : ResponseEntity.status(HttpStatus.NOT_FOUND).build();
        }

        public ResponseEntity<Set<Thing>> findAll(List<String> ids) {
            return ResponseEntity.ok(Set.copyOf(things.values()));
        }

        public String nameOf(String id) {
            return things.get(id).name();
        }
    }

    @Test
    void classWithNamedMethodsAndResponseEntities() throws Exception {
        Query<Object> query = bean(Repository.class, new Repository(things));
        assertThat(ask(query, "a")).isEqualTo(Map.of("a", found("a")));
        assertThat(ask(query, "c")).isEqualTo(Map.of("c", absent("c")));
        assertThat(ask(query, "a", "b")).isEqualTo(Map.of("a", found("a"), "b", found("b")));
    }

    @Source("things")
    interface Entities {
        @RequestLine("GET /things/{id}")
        ResponseEntity<Thing> byId(@Param("id") String id);
    }

    @Test
    void feignClientsHaveNoResponseEntities() throws Exception {
        var settings = new SourceSettings(
                null,
                new SourceSettings.Limits(java.time.Duration.ofSeconds(30), java.time.Duration.ofSeconds(30), 1024),
                Protection.DEFAULT);
        assertThatThrownBy(() -> sources.query(SourceMethods.of(Entities.class), URI.create("http://host"), settings))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("Feign cannot return a ResponseEntity");
    }

    private Query<Object> query(SourceQuery<Thing> query) {
        return query(query, Optionals.class.getAnnotation(Source.class));
    }

    private Query<Object> query(SourceQuery<Thing> query, Source declared) {
        return sources.query(QueryBean.of("thingQuery", declared, Thing.class), query, Protection.DEFAULT);
    }

    @Test
    void applicationQueries() throws Exception {
        assertThat(ask(query(SourceQuery.one(things::get)), "a")).isEqualTo(Map.of("a", found("a")));
        assertThat(ask(query(SourceQuery.async(id -> CompletableFuture.supplyAsync(() -> things.get(id)))), "a"))
                .isEqualTo(Map.of("a", found("a")));
        Query<Object> optional = query(SourceQuery.optional(id -> Optional.ofNullable(things.get(id))));
        assertThat(optional.maxIds()).isEqualTo(1);
        assertThat(ask(optional, "c")).isEqualTo(Map.of("c", absent("c")));
    }

    @Test
    void queryForSeveralIdsOmitsMissingOnes() throws Exception {
        for (SourceQuery<Thing> many :
                List.of(SourceQuery.<Thing>many(ids -> things), SourceQuery.many(ids -> things.values(), Thing::id))) {
            Query<Object> query = query(many);
            assertThat(query.maxIds()).isEqualTo(100);
            assertThat(ask(query, "a", "c")).as("c is queried again, alone").doesNotContainKey("c");
            assertThat(ask(query, "c")).isEqualTo(Map.of("c", absent("c")));
        }
    }

    @Test
    void beanNameIsSourceNameWithoutAnnotation() throws Exception {
        QueryBean bean = QueryBean.of("thingQuery", null, Thing.class);
        assertThat(bean.sourceName()).isEqualTo("thingQuery");
        Query<Object> query = sources.query(bean, SourceQuery.<Thing>many(ids -> things), Protection.DEFAULT);
        assertThatThrownBy(() -> ask(query, "c")).hasMessageContaining("answered for c that it has no state");
    }

    @Test
    void nullFailureExplainsHowToReportAbsence() {
        for (SourceQuery<Thing> nothing : List.of(
                SourceQuery.<Thing>one(id -> null),
                SourceQuery.<Thing>async(id -> CompletableFuture.completedFuture(null)))) {
            assertThatThrownBy(() -> ask(query(nothing), "c"))
                    .hasMessageContaining(
                            "The query of the source things returned null for c, which is a failure and not an absence.")
                    .hasMessageContaining("SourceQuery.optional instead of SourceQuery.one");
        }
    }

    /** Stands for io.grpc.StatusRuntimeException. */
    static final class StatusException extends RuntimeException {

        enum Code {
            NOT_FOUND,
            UNAVAILABLE,
            INVALID_ARGUMENT
        }

        final Code code;

        StatusException(Code code) {
            super(code.name());
            this.code = code;
        }
    }

    private static Optional<FailureKind> grpc(Throwable failure) {
        return failure instanceof StatusException status
                ? switch (status.code) {
                    case NOT_FOUND -> Optional.of(FailureKind.ABSENT);
                    case UNAVAILABLE -> Optional.of(FailureKind.UNAVAILABLE);
                    case INVALID_ARGUMENT -> Optional.of(FailureKind.REJECTED);
                }
                : Optional.empty();
    }

    @Test
    void failureRuleClassifiesCodesOfOtherProtocols() throws Exception {
        sources.close();
        var failures = new Failures(List.of(SourceShapesTest::grpc));
        sources = sources(SourceShapesTest::grpc);
        Query<Object> query = query(SourceQuery.one(id -> {
            throw new StatusException(StatusException.Code.valueOf(id));
        }));
        assertThat(ask(query, "NOT_FOUND")).isEqualTo(Map.of("NOT_FOUND", absent("NOT_FOUND")));
        assertThat(failures.kindOf(new StatusException(StatusException.Code.UNAVAILABLE)))
                .isEqualTo(FailureKind.UNAVAILABLE);
        for (int i = 0; i < 80; i++) {
            ask(query, "NOT_FOUND");
        }
        assertThat(sources.circuitState("things")).isEqualTo("CLOSED");
    }

    record Numbered(long number) {}

    @Source("numbered")
    interface Numbers {

        Numbered byId(Long number);

        Map<Long, Numbered> byIds(List<Long> numbers);
    }

    @Test
    void listIdsAreConvertedAndMapKeysAreIds() throws Exception {
        Numbers numbers = new Numbers() {

            @Override
            public Numbered byId(Long number) {
                return new Numbered(number);
            }

            @Override
            public Map<Long, Numbered> byIds(List<Long> ids) {
                Map<Long, Numbered> found = new HashMap<>();
                for (Long number : ids) {
                    found.put(number, byId(number));
                }
                return found;
            }
        };
        assertThat(ask(bean(Numbers.class, numbers), "7", "8")).containsOnlyKeys("7", "8");
        assertThat(SourceMethods.of(Numbers.class).idsConversion()).isEqualTo(IdConversion.LONG);
    }
}
