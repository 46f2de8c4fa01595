package io.triggerquery.consumer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Answer;
import io.triggerquery.consumer.Projection;
import io.triggerquery.consumer.Query;
import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {

    private static final Work WORK = EngineHarness.refresh("a");

    private final List<String> seen = new ArrayList<>();
    private final EngineListener listener = new EngineListener() {
        @Override
        public void queried(Trigger trigger) {
            seen.add("queried " + trigger.id());
        }
    };

    private Outcome run(Query<String> query, Projection<String> projection) {
        return new Round<>(query, projection, listener).run(WORK, 0);
    }

    @Test
    void projectsWhatTheQueryFound() {
        Outcome outcome = run((id, unanswered) -> new Answer.Found<>("state of " + id), seen::add);
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        assertThat(seen).containsExactly("queried a", "state of a");
    }

    @Test
    void projectsNothingWhenTheSourceRefuses() {
        Outcome outcome = run((id, unanswered) -> new Answer.Refused<>(Duration.ofSeconds(1)), seen::add);
        assertThat(outcome).isEqualTo(new Outcome.Refused(Duration.ofSeconds(1)));
        assertThat(seen).isEmpty();
    }

    @Test
    void projectsNothingWhenTheQueryFails() {
        var failure = new IllegalStateException("no");
        Outcome outcome = run(
                (id, unanswered) -> {
                    throw failure;
                },
                seen::add);
        assertThat(outcome).isEqualTo(new Outcome.Failed(failure, false));
        assertThat(seen).containsExactly("queried a");
    }

    @Test
    void survivesErrorsOfTheProjection() {
        var failure = new StackOverflowError();
        Outcome outcome = run((id, unanswered) -> new Answer.Found<>("state"), state -> {
            throw failure;
        });
        assertThat(outcome).isEqualTo(new Outcome.Failed(failure, true));
    }

    @Test
    void leavesNoInterruptToTheWorkersNextRound() {
        run(
                (id, unanswered) -> new Answer.Found<>("state"),
                state -> Thread.currentThread().interrupt());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void sendsADeadLetterWithoutAskingTheSource() {
        Work bury = new Work.Bury("triggers-0@0", "empty", () -> seen.add("sent"));
        Outcome outcome =
                new Round<String>((id, unanswered) -> new Answer.Found<>("state"), seen::add, listener).run(bury, 0);
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        assertThat(seen).containsExactly("sent");
    }
}
