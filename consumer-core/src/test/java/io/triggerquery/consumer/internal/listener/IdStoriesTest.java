package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.metrics.SmallEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IdStoriesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");

    private final SmallEngine small = new SmallEngine(new EngineListener() {});
    private Asking asking = ids -> CompletableFuture.completedFuture(new Answer.Given<>(Map.of()));

    private static final class Lazy {

        public String getPart() {
            throw new IllegalStateException("not loaded");
        }
    }

    private interface Asking {

        CompletionStage<Answer<Object>> ask(List<String> ids) throws Exception;
    }

    private final class Scripted implements Query<Object> {

        @Override
        public int maxIds() {
            return 1;
        }

        @Override
        public CompletionStage<Answer<Object>> ask(List<String> ids, int unanswered) throws Exception {
            return asking.ask(ids);
        }
    }

    private IdStories stories(ProjectedVersions.Lookup projected) {
        return stories(projected, IdStories.SOURCE_LIMIT);
    }

    private IdStories stories(ProjectedVersions.Lookup projected, Duration sourceLimit) {
        return new IdStories(
                "bills",
                new IdStories.Engine(small.engine, () -> new ListenerReport.Source("billing", "CLOSED")),
                new Scripted(),
                projected == null ? null : ProjectedVersions.of("bills", projected),
                InstantSource.fixed(NOW),
                sourceLimit);
    }

    private static JsonNode json(Object answer) {
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(answer));
    }

    private void answers(Snapshot<Object> snapshot) {
        asking = ids -> CompletableFuture.completedFuture(new Answer.Given<>(Map.of(ids.get(0), snapshot)));
    }

    @Test
    void reportsFailingIdAsFlatJson() {
        small.failing.put("a", new IllegalStateException("503"));
        small.deliver("a", 7);
        small.run();
        small.advance(Duration.ofMillis(200));
        JsonNode story = json(stories(ids -> Map.of("a", 5L)).story("a"));
        assertThat(story.at("/listener").stringValue()).isEqualTo("bills");
        assertThat(story.at("/id").stringValue()).isEqualTo("a");
        assertThat(story.at("/state").stringValue()).isEqualTo("waiting");
        assertThat(story.at("/reason").stringValue()).isEqualTo("back-off");
        assertThat(story.at("/nextTryIn").stringValue()).isEqualTo("PT0.8S");
        assertThat(story.at("/failures").intValue()).isEqualTo(1);
        assertThat(story.at("/failingFor").stringValue()).isEqualTo("PT0.2S");
        assertThat(story.at("/lastError").stringValue()).contains("503");
        assertThat(story.at("/trigger/version").longValue()).isEqualTo(7);
        assertThat(story.at("/deliveries/0/topic").stringValue()).isEqualTo("things");
        assertThat(story.at("/deliveries/0/partition").intValue()).isZero();
        assertThat(story.at("/deliveries/0/offset").longValue()).isZero();
        assertThat(story.at("/projection/version").longValue()).isEqualTo(5);
        assertThat(story.at("/source/circuit").stringValue()).isEqualTo("CLOSED");
        JsonNode round = story.at("/rounds/0");
        assertThat(round.at("/at").stringValue()).isEqualTo("2026-11-30T02:59:59.800Z");
        assertThat(round.at("/outcome").stringValue()).isEqualTo("failed");
        assertThat(round.at("/failedStep").stringValue()).isEqualTo("query");
        assertThat(round.at("/error").stringValue()).contains("503");
        assertThat(json(stories(null).stuck(1)).at("/ids/0/reason").stringValue())
                .isEqualTo("back-off");
    }

    @Test
    void reportsIdThatIsNotHere() {
        IdStory story = stories(null).story("never");
        assertThat(story.state()).isEqualTo(new StateOfId("unknown", null, null, null, null));
        assertThat(story.projection()).isNull();
        small.versions.put("a", 8L);
        small.deliver("a", 7);
        small.run();
        IdStory done = stories(null).story("a");
        assertThat(done.state().state()).isEqualTo("applied");
        assertThat(done.appliedVersion()).isEqualTo(8);
    }

    @Test
    void unreadableProjectionDoesNotFailReport() {
        IdStory.Projection failed = stories(ids -> {
                    throw new IllegalStateException("no\ntable");
                })
                .story("a")
                .projection();
        assertThat(failed).isEqualTo(new IdStory.Projection(null, "java.lang.IllegalStateException: no table"));
        assertThat(stories(ids -> Map.of()).story("a").projection()).isEqualTo(new IdStory.Projection(null, null));
    }

    @Test
    void queriesSourceAndHidesState() {
        answers(Snapshot.found("a", Map.of("iban", "DE00"), 9));
        SourceAnswer hidden = stories(ids -> Map.of("a", 5L)).ask("a", false);
        assertThat(hidden.answer()).isEqualTo("found");
        assertThat(hidden.version()).isEqualTo(9);
        assertThat(hidden.state()).isNull();
        assertThat(hidden.projection().version()).isEqualTo(5);
        assertThat(stories(null).ask("a", true).state()).isEqualTo("{\"iban\":\"DE00\"}");
        answers(Snapshot.found("a", "x".repeat(100_000)));
        assertThat(stories(null).ask("a", true).state()).hasSize(10_001);
        answers(Snapshot.found("a", new Lazy()));
        assertThat(stories(null).ask("a", true).state()).startsWith("not shown, because");
        answers(Snapshot.absent("a", 4));
        assertThat(stories(null).ask("a", true).answer()).isEqualTo("absent");
        assertThat(small.engine.find("a").rounds()).as("nothing was projected").isEmpty();
    }

    @Test
    void reportsReasonOfMissingAnswer() {
        assertThat(stories(null).ask("a", true).error()).isEqualTo("the source's answer does not contain this id");
        asking = ids -> CompletableFuture.completedFuture(new Answer.Refused<>(Duration.ofSeconds(1)));
        SourceAnswer refused = stories(null).ask("a", true);
        assertThat(refused.answer()).isEqualTo("refused");
        assertThat(refused.error()).contains("its circuit breaker is open: CLOSED");
        asking = ids -> CompletableFuture.failedFuture(new IllegalStateException("503"));
        assertThat(stories(null).ask("a", true).error()).isEqualTo("java.lang.IllegalStateException: 503");
        asking = ids -> {
            throw new IllegalArgumentException("not an id");
        };
        assertThat(stories(null).ask("a", true).error()).contains("not an id");
    }

    @Test
    void p2_hangingSourceTimesOut() {
        asking = ids -> new CompletableFuture<>();
        SourceAnswer answer = stories(null, Duration.ofMillis(20)).ask("a", true);
        assertThat(answer.answer()).isEqualTo("failed");
        assertThat(answer.error()).isEqualTo("no result within 20 ms");
    }
}
