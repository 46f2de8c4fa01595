package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.CommandResult;
import io.triggerquery.consumer.internal.control.ControlValue;
import io.triggerquery.consumer.internal.control.Operation;
import io.triggerquery.consumer.internal.listener.IdStory;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a group knows of one id: the story of the instance that has open work for it; without one, of the instance in
 * which its last round ended most recently. Other instances are asked only if there is no open work here.
 *
 * <p>Threads: any. Bounds: a few seconds for the projection, and as many for the other instances.
 *
 * @param listener the listener in this instance
 * @param shown what is shown
 */
record GroupStory(ListenerOperations listener, Shown shown) {

    private static final Duration NEVER = Duration.ofDays(365_000);

    /**
     * A story.
     *
     * @param instance the instance whose story it is
     * @param open whether that has open work for the id
     * @param json the story
     */
    record InstanceStory(String instance, boolean open, Map<String, Object> json) {

        /** Returns how long ago the last round ended, by the clock of its instance, since clocks differ. */
        private Duration age() {
            try {
                return json.get("rounds") instanceof List<?> rounds
                                && !rounds.isEmpty()
                                && rounds.get(0) instanceof Map<?, ?> last
                        ? Duration.between(time(last.get("at")), time(json.get("asOf")))
                        : NEVER;
            } catch (DateTimeParseException foreign) {
                return NEVER;
            }
        }

        private static Instant time(@Nullable Object text) {
            return Instant.parse(String.valueOf(text));
        }
    }

    /** Returns what is known of an id, as JSON. */
    Map<String, Object> of(String id) {
        IdStory story = listener.story(id);
        Map<String, Object> here = (shown.errors() ? story : story.withoutErrors()).toJson();
        var own = new InstanceStory(listener.fleet().instance(), story.hasOpenWork(), here);
        if (own.open()) {
            return answer(own, here, null);
        }
        CommandResult others = new GroupOperations(listener, TriggerQueryEndpoint.UNKNOWN_USER)
                .command(shown.errors() ? Operation.STORY : Operation.STORY_WITHOUT_ERRORS, id);
        InstanceStory best = best(own, others);
        return answer(best, here, best.open() ? null : GroupOperations.missing(others));
    }

    /** Returns the story of an instance that has open work, otherwise the one with the latest round. */
    static InstanceStory best(InstanceStory here, CommandResult others) {
        return Stream.concat(
                        Stream.of(here),
                        others.answers().entrySet().stream().map(other -> storyOf(other.getKey(), other.getValue())))
                .min(Comparator.comparing(InstanceStory::open).reversed().thenComparing(InstanceStory::age))
                .orElse(here);
    }

    private static InstanceStory storyOf(String instance, ControlValue.Answer answer) {
        Map<String, Object> story = answer.story();
        return new InstanceStory(
                instance, answer.executed(), story == null ? Map.of("state", answer.outcome()) : story);
    }

    /** The projection is the one of the group, so this instance has read it. */
    private static Map<String, Object> answer(InstanceStory story, Map<String, Object> here, @Nullable String missing) {
        Map<String, Object> answer = new LinkedHashMap<>();
        for (String name : List.of("listener", "id")) {
            answer.put(name, here.get(name));
        }
        answer.put("instance", story.instance());
        if (missing != null) {
            answer.put("missing", missing);
        }
        answer.putAll(story.json());
        if (here.containsKey("projection")) {
            answer.put("projection", here.get("projection"));
        }
        return answer;
    }
}
