package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.actuate.GroupStory.InstanceStory;
import io.triggerquery.consumer.internal.control.CommandResult;
import io.triggerquery.consumer.internal.control.ControlValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupStoryTest {

    private static final Map<String, Object> UNKNOWN = ended("unknown", "2026-11-30T03:00:00Z");

    private static Map<String, Object> ended(String state, String asOf, String... roundsAt) {
        return Map.of(
                "state",
                state,
                "asOf",
                asOf,
                "rounds",
                List.of(roundsAt).stream().map(at -> Map.of("at", at)).toList());
    }

    private static String best(Map<String, Object> here, Map<String, ControlValue.Answer> others) {
        return GroupStory.best(new InstanceStory("here", false, here), new CommandResult(others, Set.of(), null))
                .instance();
    }

    private static ControlValue.Answer answer(boolean open, Map<String, Object> story) {
        return new ControlValue.Answer(open, "state", story);
    }

    @Test
    void instanceWithOpenWorkAnswers() {
        var applied = ended("applied", "2026-11-30T03:00:00Z", "2026-11-30T03:00:00Z");
        assertThat(best(applied, Map.of("a", answer(false, applied), "b", answer(true, UNKNOWN))))
                .isEqualTo("b");
        assertThat(best(applied, Map.of("c", new ControlValue.Answer(true, "waiting"))))
                .as("its report is too large to be sent")
                .isEqualTo("c");
    }

    @Test
    void latestRoundAnswersWithoutOpenWork() {
        var minuteAgo = ended("applied", "2026-11-30T03:00:00Z", "2026-11-30T02:59:00Z");
        var secondAgoAnHourBehind = ended("dead-lettered", "2026-11-30T02:00:00Z", "2026-11-30T01:59:59Z");
        assertThat(best(minuteAgo, Map.of("a", answer(false, secondAgoAnHourBehind), "b", answer(false, UNKNOWN))))
                .isEqualTo("a");
        assertThat(best(UNKNOWN, Map.of("b", answer(false, minuteAgo)))).isEqualTo("b");
    }

    @Test
    void unknownOrUnreadableIdIsAnsweredHere() {
        var foreign = ended("applied", "yesterday", "today");
        var old = new ControlValue.Answer(false, "This version has no operation story.");
        assertThat(best(UNKNOWN, Map.of("a", answer(false, UNKNOWN), "b", answer(false, foreign), "c", old)))
                .isEqualTo("here");
    }

    @Test
    void namesInstanceAndWhyOthersWereNotAsked() {
        assertThat(new GroupStory(new FakeListener("bills"), new Shown(false, true)).of("p-1"))
                .containsEntry("instance", "here")
                .containsEntry("state", "held")
                .containsEntry("failingFor", "PT3S")
                .doesNotContainKey("missing");
        var finished = new FakeListener("bills");
        finished.state = "applied";
        assertThat(new GroupStory(finished, new Shown(false, true)).of("p-1"))
                .containsEntry("state", "applied")
                .containsEntry("missing", "No other instance was asked: it is switched off.");
    }
}
