package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.FeignException;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Found, absent and missing ids, in calls for one id and for several, with versions. */
class SourceClientTest {

    private static final Request REQUEST =
            Request.create(HttpMethod.GET, "/things/a", Map.of(), null, StandardCharsets.UTF_8, null);

    record Thing(String id, int version) {}

    @Source(value = "things", id = "id", version = "version")
    interface Things {
        Thing byId(String id);

        List<Thing> byIds(List<String> ids);
    }

    @Source(value = "things", id = "id", version = "version", absence = Absence.NOT_FOUND)
    interface Disappearing extends Things {}

    @Source(value = "things", id = "id", version = "version", absence = Absence.HEADER)
    interface Explicit extends Things {}

    @Source(value = "things", version = "revision")
    interface WrongVersion {
        Thing byId(String id);
    }

    record Named(String id, String name) {}

    @Source(value = "things", id = "id")
    interface WithoutVersion {
        Named byId(String id);

        List<Named> byIds(List<String> ids);
    }

    @Source("things")
    interface WithoutId {
        Thing byId(String id);

        Collection<Thing> byIds(Collection<String> ids);
    }

    private final Map<String, Thing> source = new HashMap<>();
    private final Map<String, Collection<String>> headers = new HashMap<>();
    private List<?> many = List.of();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private final class Client implements Disappearing, Explicit {

        @Override
        public Thing byId(String id) {
            if (source.containsKey(id)) {
                return source.get(id);
            }
            throw FeignException.errorStatus(
                    "byId",
                    Response.builder()
                            .status(404)
                            .request(REQUEST)
                            .headers(headers)
                            .build());
        }

        @Override
        public List<Thing> byIds(List<String> ids) {
            return ids.stream().filter(source::containsKey).map(source::get).toList();
        }
    }

    private Map<String, Snapshot<Object>> call(Class<?> type, String... ids) throws Exception {
        return result(client(type, new Failures(List.of())).call(List.of(ids)));
    }

    private static <T> T result(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    private SourceClient client(Class<?> type, Failures failures) {
        SourceMethods methods = SourceMethods.of(type);
        var deadline = new CallDeadline("things", Duration.ofMinutes(1), timer);
        MethodCalls calls = many.isEmpty()
                ? new BeanApi(new Client(), deadline)
                : (method, argument) -> CompletableFuture.completedFuture(many);
        return new SourceClient(MethodApi.of(calls, methods), methods, failures);
    }

    private static Snapshot<Object> found(String id, int version) {
        return new Snapshot.Found<>(id, new Thing(id, version), OptionalLong.of(version));
    }

    private static Snapshot<Object> absent(String id, OptionalLong version) {
        return new Snapshot.Absent<>(id, version);
    }

    @Test
    void findsStatesWithVersions() throws Exception {
        source.put("a", new Thing("a", 3));
        source.put("b", new Thing("b", 4));
        assertThat(call(Things.class, "a")).isEqualTo(Map.of("a", found("a", 3)));
        assertThat(call(Things.class, "a", "b", "c"))
                .as("c is missing, which does not mean absent")
                .isEqualTo(Map.of("a", found("a", 3), "b", found("b", 4)));
    }

    @Test
    void onlyCallForASingleIdReportsAbsence() throws Exception {
        source.put("a", new Thing("a", 3));
        assertThat(call(Disappearing.class, "a", "c")).isEqualTo(Map.of("a", found("a", 3)));
        assertThat(call(Disappearing.class, "c")).isEqualTo(Map.of("c", absent("c", OptionalLong.empty())));
    }

    @Test
    void notFoundOfGatewayIsNotAnAbsence() throws Exception {
        assertThatThrownBy(() -> call(Explicit.class, "c")).isInstanceOf(FeignException.NotFound.class);
        assertThatThrownBy(() -> call(Things.class, "c")).isInstanceOf(FeignException.NotFound.class);
        assertThat(call(Explicit.class, "c", "d")).isEmpty();
        headers.put("trigger-query-absent", List.of(" 17 "));
        assertThat(call(Explicit.class, "c")).isEqualTo(Map.of("c", absent("c", OptionalLong.of(17))));
        assertThatThrownBy(() -> call(Things.class, "c")).isInstanceOf(FeignException.NotFound.class);
        headers.put("trigger-query-absent", List.of(""));
        assertThat(call(Explicit.class, "c")).isEqualTo(Map.of("c", absent("c", OptionalLong.empty())));
    }

    /** A replica may answer besides the primary, or a join may return an id twice. */
    @Test
    void newerOfTwoStatesOfAnIdCountsInAnyOrder() throws Exception {
        for (List<Thing> answer : List.of(
                List.of(new Thing("a", 3), new Thing("a", 5), new Thing("a", 4)),
                List.of(new Thing("a", 5), new Thing("a", 3)))) {
            source.clear();
            many = answer;
            assertThat(call(Things.class, "a", "b")).isEqualTo(Map.of("a", found("a", 5)));
        }
    }

    @Test
    void differentStatesOfAnIdWithoutVersionsAreAFailure() throws Exception {
        var one = new Named("a", "one");
        many = List.of(one, new Named("b", "b"), new Named("a", "two"), one);
        assertThat(call(WithoutVersion.class, "a", "b"))
                .isEqualTo(Map.of("b", new Snapshot.Found<>("b", new Named("b", "b"), OptionalLong.empty())));
        many = List.of(one, new Named("a", "one"));
        assertThat(call(WithoutVersion.class, "a", "b"))
                .as("a duplicate state counts once")
                .isEqualTo(Map.of("a", new Snapshot.Found<>("a", one, OptionalLong.empty())));
    }

    @Test
    void applicationRuleCanDefineAbsence() throws Exception {
        var failures = new Failures(List.of(failure -> Optional.of(FailureKind.ABSENT)));
        assertThat(result(client(Things.class, failures).call(List.of("c"))))
                .isEqualTo(Map.of("c", absent("c", OptionalLong.empty())));
    }

    @Test
    void emptyAnswerIsAFailure() {
        source.put("a", null);
        assertThatThrownBy(() -> call(Things.class, "a"))
                .isInstanceOf(MissingStateException.class)
                .hasMessageContaining("things");
    }

    @Test
    void invalidPropertyIsNamedAtStart() {
        assertThatThrownBy(() -> SourceMethods.of(WrongVersion.class))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("@Source(version = \"revision\")")
                .hasMessageContaining("Thing");
        assertThatThrownBy(() -> SourceMethods.of(WithoutId.class))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("does not name the property");
    }
}
