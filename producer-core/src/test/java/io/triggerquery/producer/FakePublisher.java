package io.triggerquery.producer;

import java.util.function.BiFunction;

/** A publisher whose answer depends on destination and id alone. */
public final class FakePublisher implements TriggerPublisher {

    private final BiFunction<String, String, Receipt> answer;

    public FakePublisher(BiFunction<String, String, Receipt> answer) {
        this.answer = answer;
    }

    @Override
    public Receipt tryPublish(String destination, String id) {
        return answer.apply(destination, id);
    }

    @Override
    public Receipt tryPublish(String destination, String id, long version) {
        return answer.apply(destination, id + "@" + version);
    }
}
